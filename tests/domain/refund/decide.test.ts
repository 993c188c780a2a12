import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wechatpay } from "../../../src/domain/acquirers/wechatpay.ts";
import { findCurrency } from "../../../src/domain/currency.ts";
import { addSeconds, instantFromSeconds } from "../../../src/domain/instant.ts";
import { maxRecordMinor, money } from "../../../src/domain/money.ts";
import { remaining } from "../../../src/domain/payment.ts";
import { defaultPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { balanceAfter, decideRefund } from "../../../src/domain/refund/decide.ts";
import type { RefundContext } from "../../../src/domain/refund/decide.ts";
import {
  aCaseId,
  aContext,
  aFullDraft,
  aHash,
  aPartialDraft,
  aPayment,
  aPaymentId,
  aPaymentWithClaims,
  aRef,
  aRefundNo,
  aStaff,
  at,
  cny,
  faultOf,
  units,
  valueOf,
} from "../../support/a.ts";

const HKD = findCurrency("HKD") ?? cny(0).currency;

const reasonFault = (reason: string, note?: string): string =>
  faultOf(decideRefund(aContext(), aFullDraft({ reason, ...(note === undefined ? {} : { note }) })))
    .kind;

const paidAt = at("2025-11-22T06:00:00Z");
const deadline = at("2026-11-22T06:00:00Z");
const policy = { ...aContext().policy, rules: { ...defaultPolicy, windowDays: 3_650 } };
const onWechat = (over: Partial<RefundContext>): RefundContext =>
  aContext({ profile: wechatpay, policy, payment: aPayment({ paidAt }), ...over });

const windowToldBefore = (days: number): string | undefined =>
  valueOf(decideRefund(onWechat({ now: addSeconds(deadline, -days * 86_400 + 1) }), aFullDraft()))
    .rules?.["channel_window"];

const afterParts = (count: number): RefundContext =>
  onWechat({
    now: deadline,
    payment: { ...aPaymentWithClaims(10_000, Array(count).fill(100)), paidAt },
  });

describe("decideRefund: the gate", () => {
  it.each(["unpaid", "closed", "voided", "transfer"] as const)(
    "R1 X22 stops a payment that is %s before any amount is looked at",
    (state) => {
      const context = aContext({ payment: aPayment({ state }) });
      for (const draft of [aFullDraft(), aPartialDraft(1), aPartialDraft(0, { reason: "" })])
        expect(faultOf(decideRefund(context, draft))).toEqual({
          kind: "gate_closed",
          gate: { kind: "blocked", why: state },
        });
    },
  );

  it("R1 X5 asks for a query first when it is unknown whether the payment was made", () => {
    const context = aContext({ payment: aPayment({ state: "unknown" }) });
    expect(faultOf(decideRefund(context, aFullDraft()))).toEqual({
      kind: "gate_closed",
      gate: { kind: "query_first" },
    });
  });

  it("R1 X11 stops a payment of which nothing is left, refunded here or elsewhere", () => {
    const refunded = [
      aPaymentWithClaims(10_000, [10_000]),
      aPayment({ external: units(10_000) }),
      aPayment({ ...aPaymentWithClaims(10_000, [6_000]), external: units(4_000) }),
    ];
    for (const payment of refunded)
      expect(faultOf(decideRefund(aContext({ payment }), aFullDraft()))).toEqual({
        kind: "gate_closed",
        gate: { kind: "blocked", why: "fully_refunded" },
      });
  });
});

describe("decideRefund: amount and reason", () => {
  it("R3 X2 takes the whole rest and refuses one minor unit more", () => {
    const context = aContext({ payment: aPaymentWithClaims(10_000, [4_000]) });
    expect(valueOf(decideRefund(context, aPartialDraft(6_000))).type).toBe("full");
    expect(faultOf(decideRefund(context, aPartialDraft(6_001)))).toEqual({
      kind: "over_remaining",
      remaining: cny(6_000),
    });
  });

  it.each([0, -1, -10_000])("R3 refuses an amount of %i minor units", (minor) => {
    expect(faultOf(decideRefund(aContext(), aPartialDraft(minor))).kind).toBe("amount_zero");
  });

  it("R3 R27 refuses an empty or unknown reason, and `other` without words", () => {
    expect([reasonFault(""), reasonFault(" "), reasonFault("because")]).toEqual(
      Array(3).fill("reason_missing"),
    );
    expect([reasonFault("other"), reasonFault("other", " \n")]).toEqual(
      Array(2).fill("note_missing"),
    );
    expect(decideRefund(aContext(), aFullDraft({ reason: "other", note: "老顾客" })).ok).toBe(true);
  });

  it("X47 refuses a CNY refund of a HKD payment", () => {
    const payment = aPayment({ amount: money(10_000, HKD) });
    expect(faultOf(decideRefund(aContext({ payment }), aPartialDraft(100)))).toEqual({
      kind: "amount_currency",
      currency: "HKD",
    });
    expect(valueOf(decideRefund(aContext({ payment }), aFullDraft())).amount.currency).toBe("HKD");
  });

  it("R16 refunds in full exactly what partials left, odd cents included", () => {
    const payment = aPaymentWithClaims(10_001, [3_333]);
    const event = valueOf(decideRefund(aContext({ payment }), aFullDraft()));
    expect([event.type, event.amount.minor, event.remaining]).toEqual(["full", 6_668, [6_668, 0]]);
  });

  it("R17 X2 allows three partials up to what was paid and refuses a fourth over by 0.01", () => {
    const left = aPaymentWithClaims(10_000, [3_000, 3_000]);
    expect(valueOf(decideRefund(aContext({ payment: left }), aPartialDraft(3_999))).type).toBe(
      "partial",
    );
    const payment = aPaymentWithClaims(10_000, [3_000, 3_000, 3_999]);
    expect(faultOf(decideRefund(aContext({ payment }), aPartialDraft(2))).kind).toBe(
      "over_remaining",
    );
    expect(decideRefund(aContext({ payment }), aPartialDraft(1)).ok).toBe(true);
  });

  it("refuses, in full or in part, a payment above what the record format holds", () => {
    const context = aContext({ payment: aPayment({ amount: cny(maxRecordMinor + 1) }) });
    for (const draft of [aFullDraft(), aPartialDraft(1)])
      expect(faultOf(decideRefund(context, draft)).kind).toBe("amount_above_format");
    const largest = aContext({ payment: aPayment({ amount: cny(maxRecordMinor) }) });
    expect(decideRefund(largest, aFullDraft()).ok).toBe(true);
  });
});

describe("decideRefund: rules", () => {
  it("R43 takes a refund in the last second of the acquirer's window and refuses it one second later", () => {
    expect(decideRefund(onWechat({ now: deadline }), aFullDraft()).ok).toBe(true);
    expect(faultOf(decideRefund(onWechat({ now: addSeconds(deadline, 1) }), aFullDraft()))).toEqual(
      { kind: "rule_refused", rule: "channel_window" },
    );
  });

  it("R43 warns in the last three days of the acquirer's window", () => {
    expect([windowToldBefore(4), windowToldBefore(3), windowToldBefore(1)]).toEqual([
      "pass",
      "warn",
      "warn",
    ]);
  });

  it("R10 R43 lets only the owner refund after the shop's window, and the record says so", () => {
    const now = at("2026-11-28T16:00:00Z");
    const inTime = at("2026-11-28T15:59:59Z");
    const clerk = aStaff({ role: "clerk" });
    expect(decideRefund(aContext({ now: inTime, staff: clerk }), aFullDraft()).ok).toBe(true);
    expect(faultOf(decideRefund(aContext({ now, staff: clerk }), aFullDraft()))).toEqual({
      kind: "needs_approval",
      rules: ["shop_window"],
    });
    const event = valueOf(decideRefund(aContext({ now }), aFullDraft()));
    expect(event.rules?.["shop_window"]).toBe("owner");
    expect(event.window).toBe("2026-11-28");
  });

  it("R34 X26 lets only the owner refund a payment of grade D, and warns of grade E", () => {
    const payment = aPayment({ grade: "D" });
    for (const role of ["clerk", "lead", "auditor"] as const)
      expect(
        faultOf(decideRefund(aContext({ payment, staff: aStaff({ role }) }), aFullDraft())),
      ).toEqual({ kind: "needs_approval", rules: ["payment_grade"] });
    expect(
      valueOf(decideRefund(aContext({ payment }), aFullDraft())).rules?.["payment_grade"],
    ).toBe("owner");
    const oral = aContext({ payment: aPayment({ grade: "E" }) });
    expect(valueOf(decideRefund(oral, aFullDraft())).rules?.["payment_grade"]).toBe("warn");
  });

  it("X17 refuses the 51st partial refund of a WeChat payment, not the 50th", () => {
    expect(decideRefund(afterParts(49), aPartialDraft(100)).ok).toBe(true);
    expect(faultOf(decideRefund(afterParts(50), aPartialDraft(100)))).toEqual({
      kind: "rule_refused",
      rule: "partial_count",
    });
  });

  it("X8 lets two equal partials pass with a warning", () => {
    const context = aContext({ payment: aPaymentWithClaims(10_000, [2_500]) });
    expect(valueOf(decideRefund(context, aPartialDraft(2_500))).rules?.["same_amount"]).toBe(
      "warn",
    );
    expect(valueOf(decideRefund(context, aPartialDraft(2_501))).rules?.["same_amount"]).toBe(
      "pass",
    );
  });

  it("R10 writes the outcome of every rule into the record", () => {
    expect(Object.keys(valueOf(decideRefund(aContext(), aFullDraft())).rules ?? {})).toEqual([
      "channel_window",
      "shop_window",
      "partial_count",
      "same_amount",
      "payment_grade",
    ]);
  });
});

describe("decideRefund: the record", () => {
  it("R4 X1 carries every fact the decision rested on", () => {
    const payment = aPayment({ merchantNo: "M1", numbers: { transaction_id: "42" } });
    expect(valueOf(decideRefund(aContext({ payment }), aPartialDraft(2_500)))).toEqual({
      kind: "refund",
      caseId: aCaseId(),
      refundNo: aRefundNo(),
      attempt: 1,
      type: "partial",
      mode: "referenced",
      amount: cny(2_500),
      paymentId: aPaymentId(),
      remaining: [10_000, 7_500],
      acquirer: "wechatpay",
      destination: "original",
      reason: "faulty",
      evidence: [],
      policy: { record: aRef(0), hash: aHash(0) },
      payment: aRef(1),
      original: {
        total: 10_000,
        merchantNo: "M1",
        paidAt: "2026-11-21T06:00:00Z",
        numbers: { transaction_id: "42" },
      },
      window: "2026-11-28",
      rules: {
        channel_window: "pass",
        shop_window: "pass",
        partial_count: "pass",
        same_amount: "pass",
        payment_grade: "pass",
      },
    });
  });

  it("R40 shows on the review line the balances that are signed", () => {
    const minor = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(minor, fc.array(fc.nat(4_000), { maxLength: 4 }), (asked, parts) => {
        const payment = aPaymentWithClaims(10_000, parts);
        const decided = decideRefund(aContext({ payment }), aPartialDraft(asked));
        const shown = balanceAfter(payment, aPartialDraft(asked));
        if (decided.ok)
          expect(valueOf(shown).map((amount) => amount.minor)).toEqual(decided.value.remaining);
        else expect(remaining(payment).minor).toBeLessThan(asked);
      }),
    );
  });

  it("X3 offers the same balance whatever the clock says", () => {
    const payment = aPaymentWithClaims(10_000, [1_234, 4_321]);
    const anyTime = fc.integer({ min: 0, max: 4_102_444_800 }).map(instantFromSeconds);
    fc.assert(
      fc.property(anyTime, (now) => {
        const event = valueOf(decideRefund(aContext({ payment, now }), aFullDraft()));
        expect(event.remaining).toEqual([4_445, 0]);
      }),
    );
  });
});
