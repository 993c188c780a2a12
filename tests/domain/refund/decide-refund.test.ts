import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wechatpay } from "../../../src/domain/acquirers/wechatpay.ts";
import { findCurrency } from "../../../src/domain/currency.ts";
import { addSeconds, instantFromSeconds } from "../../../src/domain/instant.ts";
import { maxRecordMinor, money } from "../../../src/domain/money.ts";
import { defaultPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { ruleNames } from "../../../src/domain/policy/index.ts";
import { decideRefund, judgeDraft } from "../../../src/domain/refund/decide-refund.ts";
import type { RefundContext } from "../../../src/domain/refund/draft.ts";
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
  it.each(["unpaid", "closed", "voided"] as const)(
    "R1 stops a payment that is %s before any amount is looked at",
    (state) => {
      const context = aContext({ payment: aPayment({ state }) });
      for (const draft of [aFullDraft(), aPartialDraft(1), aPartialDraft(0, { reason: "" })])
        expect(faultOf(decideRefund(context, draft))).toEqual({
          kind: "gate_closed",
          gate: { kind: "blocked", why: state },
        });
    },
  );

  it("X22 sends a transfer back only by another way, with words and the owner's consent", () => {
    const context = aContext({ payment: aPayment({ state: "transfer" }) });
    expect(faultOf(decideRefund(context, aFullDraft()))).toMatchObject({
      kind: "gate_closed",
      gate: { kind: "transfer" },
    });
    const back = aFullDraft({ destination: "other", note: "转回微信零钱" });
    expect(valueOf(decideRefund(context, back)).destination).toBe("other");
  });

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

const needOf = (grade: "D" | "E", role: "clerk" | "lead" | "owner") => {
  const context = aContext({ payment: aPayment({ grade }), staff: aStaff({ role }) });
  const evidence = [{ kind: "voucher", sha256: aHash(5), size: 1, type: "image/jpeg" }] as const;
  return valueOf(decideRefund(context, aFullDraft({ evidence }))).need?.why;
};

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

  it("R10 R43 makes a clerk's refund after the shop's window wait for a lead, the owner's passes", () => {
    const now = at("2026-11-28T16:00:00Z");
    const inTime = at("2026-11-28T15:59:59Z");
    const clerk = aStaff({ role: "clerk" });
    const early = valueOf(decideRefund(aContext({ now: inTime, staff: clerk }), aFullDraft()));
    expect(early.need).toBeUndefined();
    const asked = valueOf(decideRefund(aContext({ now, staff: clerk }), aFullDraft()));
    expect(asked.need).toEqual({ by: "other", why: ["shop_window", "role_window"] });
    const event = valueOf(decideRefund(aContext({ now }), aFullDraft()));
    expect([event.need, event.rules?.["shop_window"]]).toEqual([undefined, "lead"]);
    expect(event.window).toBe("2026-11-28");
  });

  it("R34 X26 makes grade D wait for a lead and grade E for the owner", () => {
    expect([needOf("D", "clerk"), needOf("D", "lead")]).toEqual([["payment_grade"], undefined]);
    expect([needOf("E", "clerk"), needOf("E", "lead"), needOf("E", "owner")]).toEqual([
      ["payment_grade"],
      ["payment_grade"],
      undefined,
    ]);
  });

  it("an auditor reads and never refunds", () => {
    const context = aContext({ staff: aStaff({ role: "auditor" }) });
    expect(faultOf(decideRefund(context, aFullDraft()))).toEqual({
      kind: "not_entitled",
      action: "refund",
    });
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
    const { rules = {} } = valueOf(decideRefund(aContext(), aFullDraft()));
    expect(Object.keys(rules)).toEqual(ruleNames);
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
      rules: Object.fromEntries(ruleNames.map((rule) => [rule, "pass"])),
    });
  });

  it("R40 R41 signs what the review of the same draft shows: amount, balances, every rule", () => {
    const minor = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(minor, fc.array(fc.nat(4_000), { maxLength: 4 }), (asked, parts) => {
        const context = aContext({ payment: aPaymentWithClaims(10_000, parts) });
        const decided = decideRefund(context, aPartialDraft(asked));
        const shown = judgeDraft(context, aPartialDraft(asked));
        expect(shown.ok).toBe(decided.ok);
        if (!shown.ok || !decided.ok) return;
        const { left, terms, verdict } = shown.value;
        expect([left?.minor, terms.amount]).toEqual([
          decided.value.remaining?.[0],
          decided.value.amount,
        ]);
        expect(Object.fromEntries(verdict.results.map((one) => [one.rule, one.outcome]))).toEqual(
          decided.value.rules,
        );
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
