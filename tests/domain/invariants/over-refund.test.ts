import { describe, expect, it } from "vitest";
import { custom } from "../../../src/domain/acquirers/custom.ts";
import { blockOf } from "../../../src/domain/batch-choice.ts";
import type { RefundEvent } from "../../../src/domain/journal-event.ts";
import { evolve } from "../../../src/domain/refund/case.ts";
import { attentionOf, isOverRefunded } from "../../../src/domain/refund/case-state.ts";
import {
  aCase,
  aMoneyEvent,
  aPaymentWithClaims,
  aRecorded,
  aRef,
  aRefundEvent,
  aRefundNo,
  at,
  aWithdrawEvent,
  cny,
  refundRef,
  shanghai,
  units,
} from "../../support/a.ts";

const now = at("2026-11-22T07:00:00Z");

describe("more refunded than paid", () => {
  const again: RefundEvent = aRefundEvent({
    attempt: 2,
    previous: refundRef,
    refundNo: aRefundNo(40),
  });
  const second = evolve(
    aCase([aMoneyEvent("exported"), aMoneyEvent("failed")]),
    aRecorded(again, 9),
  );
  const withdrawn = evolve(second, aRecorded(aWithdrawEvent({ refund: aRef(9) }), 10));

  it("invariant 1: X7 M24 is flagged on a case whose first attempt counts again, though its second is free", () => {
    const un = aMoneyEvent("retracted", { by: "staff", retracts: aRef(4) });
    const back = evolve(withdrawn, aRecorded(un, 11));
    const over = aPaymentWithClaims(1_000, [1_000, 1_000]);
    expect(attentionOf(back, over, now)).toContain("over_refund");
    expect(attentionOf(withdrawn, over, now)).not.toContain("over_refund");
  });

  it("invariant 1: X2 is not flagged where nothing is over, nor on an exchange without money", () => {
    expect(isOverRefunded(aCase(), aPaymentWithClaims(1_000, [1_000]))).toBe(false);
    expect(isOverRefunded(aCase(), undefined)).toBe(false);
    const even = aCase([], { type: "exchange", amount: cny(0) });
    expect(isOverRefunded(even, aPaymentWithClaims(1_000, [2_000]))).toBe(false);
  });
});

describe("a file for the acquirer", () => {
  const ready = { refundCase: aCase(), profile: custom };
  const moment = { calendar: shanghai, now, gradeD: false, home: ready.refundCase.device };

  it("invariant 1: X2 X11 takes no refund of a payment that gives more than was paid, ours or elsewhere", () => {
    const payment = aPaymentWithClaims(1_000, [1_000]);
    expect(blockOf({ ...ready, payment }, moment)).toBeUndefined();
    const elsewhere = { ...payment, external: units(1) };
    expect(blockOf({ ...ready, payment: elsewhere }, moment)).toEqual({ kind: "over_refund" });
    const twice = aPaymentWithClaims(1_000, [1_000, 1]);
    expect(blockOf({ ...ready, payment: twice }, moment)).toEqual({ kind: "over_refund" });
  });
});
