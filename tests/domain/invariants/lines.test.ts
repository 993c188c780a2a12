import { describe, expect, it } from "vitest";
import type { GoodsLine } from "../../../src/domain/journal-event.ts";
import { withClaim, type Payment } from "../../../src/domain/payment.ts";
import type { Quantity } from "../../../src/domain/quantity.ts";
import { evolve, type RefundCase } from "../../../src/domain/refund/case.ts";
import { decideReopen } from "../../../src/domain/refund/decide-approval.ts";
import { decideGoods, type GoodsReport } from "../../../src/domain/refund/decide-goods.ts";
import { decideRefund } from "../../../src/domain/refund/decide-refund.ts";
import { decideRetry } from "../../../src/domain/refund/decide-retry.ts";
import type { CaseEvent } from "../../../src/domain/refund/history.ts";
import {
  aCase,
  aCaseId,
  claimFacts,
  aContext,
  aFullDraft,
  aMoneyEvent,
  aPayment,
  aRecorded,
  aStaff,
  cny,
  faultOf,
  refundRef,
  units,
  valueOf,
} from "../../support/a.ts";

const three: readonly GoodsLine[] = [1, 2, 3].map((index) => ({
  index,
  quantity: "1",
  amount: units(333),
}));

const payment: Payment = aPayment({ amount: cny(999), lines: three });

const first = three.slice(0, 1);

/** The payment after somebody else's refund of its first line. */
const taken: Payment = withClaim(payment, {
  caseId: aCaseId(8),
  attempt: 1,
  amount: cny(333),
  standing: "reserves",
  lines: first,
  ...claimFacts,
});

const failed = [aMoneyEvent("exported"), aMoneyEvent("failed")];

const ofFirst = (events: readonly CaseEvent[], over = {}): RefundCase =>
  aCase(events, { lines: first, amount: cny(333), ...over });

describe("goods are refunded once", () => {
  it("invariant 2: R17 X21 goods typed by hand take nothing of the lines that the payment lists", () => {
    const price = cny(2);
    const typed = { name: "茶", price, quantity: "9" as Quantity };
    const draft = aFullDraft({ amount: { kind: "free_lines", lines: [typed] } });
    const { lines } = valueOf(decideRefund(aContext({ payment }), draft));
    expect(lines?.map(({ index, quantity }) => [index, quantity])).toEqual([[4, "9"]]);
    const bare = valueOf(decideRefund(aContext(), draft));
    expect(bare.lines?.map(({ index }) => index)).toEqual([1]);
  });

  it("invariant 2: X4 X21 M21 asks not again for a line that another refund has taken meanwhile", () => {
    expect(decideRetry(aContext({ payment }), ofFirst(failed)).ok).toBe(true);
    expect(faultOf(decideRetry(aContext({ payment: taken }), ofFirst(failed)))).toEqual({
      kind: "line_over",
      left: "0",
    });
  });

  it("invariant 2: X21 M21 nor for more money of a line than is left of it", () => {
    const lines = [{ index: 1, quantity: "1", amount: units(34) }];
    const whole = aPayment({ amount: cny(100), lines: [{ index: 1, quantity: "3" }] });
    const others = withClaim(whole, {
      caseId: aCaseId(8),
      attempt: 1,
      amount: cny(67),
      standing: "spends",
      lines: [{ index: 1, quantity: "2", amount: units(67) }],
      ...claimFacts,
    });
    const refundCase = aCase(failed, { lines, amount: cny(33) });
    expect(faultOf(decideRetry(aContext({ payment: others }), refundCase)).kind).toBe("line_over");
  });

  it("invariant 2: R24 X21 M5 opens no rejected refund again whose goods are gone", () => {
    const no = { kind: "decide", about: "refund", result: "reject", refund: refundRef } as const;
    const rejected = ofFirst([{ ...no, reason: "no_proof" }], {
      need: { by: "other", why: ["role_limit"] },
    });
    const approver = { staff: aStaff({ staff: "o2" as never }), limits: {} };
    const open = (now: Payment) =>
      decideReopen(approver, rejected, { payment: now, newEvidence: 1 });
    expect(open(payment).ok).toBe(true);
    expect(faultOf(open(taken))).toEqual({ kind: "line_over", left: "0" });
    expect(faultOf(open({ ...payment, external: units(700) })).kind).toBe("over_remaining");
  });
});

const about = { staff: aStaff(), limits: {}, unusedRequired: true };

const received = (lines: readonly GoodsLine[]): GoodsReport => ({
  state: "received",
  lines,
  check: { unused: true, complete: true },
});

describe("goods that come back", () => {
  const back = ofFirst([], { type: "return" });
  const [line] = first;
  if (line === undefined) throw new Error("there is a line");

  it("invariant 11: R19 X21 are the signed ones: other numbers or other money are refused", () => {
    const good = received([{ ...line, condition: "damaged" }]);
    expect(decideGoods(back, good, about).ok).toBe(true);
    const wrong = [
      [{ ...line, quantity: "9" }],
      [{ ...line, amount: units(1) }],
      [{ ...line, index: 2 }],
      [line, line],
    ];
    for (const lines of wrong)
      expect(faultOf(decideGoods(back, received(lines), about))).toEqual({ kind: "goods_differ" });
    const unnamed = aCase([], { type: "return" });
    expect(faultOf(decideGoods(unnamed, received(first), about))).toEqual({ kind: "goods_differ" });
    expect(decideGoods(unnamed, received([]), about).ok).toBe(true);
  });

  it("invariant 11: X21 keep their numbers and money in the books, whatever a record of goods says", () => {
    const lines = [{ ...line, quantity: "9", amount: units(1), condition: "resell" as const }];
    const event = { kind: "goods", refund: refundRef, state: "received", lines } as const;
    const after = evolve(back, aRecorded(event, 9));
    expect(after.lines).toEqual([{ ...line, condition: "resell" }]);
    const lost = { kind: "goods", refund: refundRef, state: "lost" } as const;
    expect(evolve(after, aRecorded(lost, 10)).lines).toEqual(after.lines);
  });

  it("invariant 22: X4 X28 M21 are named by the next attempt as they were signed, so that the consent stays good", () => {
    const lines = [{ ...line, condition: "resell" as const }];
    const goods = { kind: "goods", refund: refundRef, state: "received", lines } as const;
    const yes = { kind: "decide", about: "refund", result: "approve", refund: refundRef } as const;
    const refundCase = ofFirst([goods, yes, ...failed], {
      type: "return",
      need: { by: "other", why: ["role_limit"] },
    });
    const { refund } = valueOf(decideRetry(aContext({ payment }), refundCase));
    expect(refund.lines).toEqual(first);
    expect(refund.approval).toEqual({ ...refundRef, seq: 4 });
  });
});
