import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceId } from "../../../src/domain/ids.ts";
import { remaining, type BalanceClaim } from "../../../src/domain/payment.ts";
import { decideRefund } from "../../../src/domain/refund/decide-refund.ts";
import { leftFault, leftHere, shareLeft } from "../../../src/domain/refund/own-share.ts";
import { voidUntil } from "../../../src/domain/refund/void-rule.ts";
import {
  aCaseId,
  aContext,
  aFullDraft,
  aPartialDraft,
  aPayment,
  at,
  claimFacts,
  cny,
  faultOf,
  shanghai,
  valueOf,
} from "../../support/a.ts";
import { aProfile } from "../policy/facts.ts";

const one = "one" as DeviceId;
const other = "other" as DeviceId;

const claim = (device: DeviceId, minor: number, n: number): BalanceClaim => ({
  ...claimFacts,
  caseId: aCaseId(n),
  attempt: 1,
  amount: cny(minor),
  standing: "reserves",
  record: { device, seq: n },
});

/** A payment of ¥100.00 of which this device may give half. */
const half = (minor = 5_000) =>
  aContext({ payment: aPayment({ amount: cny(10_000) }), shareLeft: cny(minor) });

describe("what a device may give of a payment", () => {
  it("X10 two devices that never meet promise no more together than was paid, whatever is asked of them", () => {
    const asks = fc.array(fc.tuple(fc.boolean(), fc.nat(20_000)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(100), asks, (paid, percent, wanted) => {
        const given = { one: [] as BalanceClaim[], other: [] as BalanceClaim[] };
        for (const [n, [isOne, minor]] of wanted.entries()) {
          const [device, claims, share] = isOne
            ? [one, given.one, percent]
            : [other, given.other, 100 - percent];
          const alone = aPayment({ amount: cny(paid), claims });
          const here = leftHere(remaining(alone), shareLeft(alone, share, [device]));
          if (minor > 0 && minor <= here.minor) claims.push(claim(device, minor, n));
        }
        const total = [...given.one, ...given.other].reduce(
          (sum, { amount }) => sum + amount.minor,
          0,
        );
        expect(total).toBeLessThanOrEqual(paid);
      }),
    );
  });

  it("X10 what other devices gave takes nothing of it, what it gave under an earlier key does", () => {
    const claims = [claim(one, 1_000, 1), claim(other, 2_000, 2)];
    const payment = aPayment({ amount: cny(10_000), claims });
    expect(shareLeft(payment, 50, [one])).toEqual(cny(4_000));
    expect(shareLeft(payment, 50, [one, other])).toEqual(cny(2_000));
    expect(shareLeft(payment, 0, [one])).toEqual(cny(0));
    expect(shareLeft(payment, 100, [one])).toEqual(cny(9_000));
  });

  it("X10 refuses one unit more, and says how much is left here", () => {
    expect(valueOf(decideRefund(half(), aPartialDraft(5_000))).amount).toEqual(cny(5_000));
    expect(faultOf(decideRefund(half(), aPartialDraft(5_001)))).toEqual({
      kind: "over_share",
      left: cny(5_000),
    });
    expect(faultOf(decideRefund(half(), aPartialDraft(10_001))).kind).toBe("over_share");
    expect(faultOf(decideRefund(half(0), aFullDraft()))).toEqual({
      kind: "over_share",
      left: cny(0),
    });
  });

  it("X10 everything that is left here is a part of the payment, whose true balance is recorded", () => {
    expect(valueOf(decideRefund(half(), aFullDraft()))).toMatchObject({
      type: "partial",
      amount: cny(5_000),
      remaining: [10_000, 5_000],
    });
  });

  it("X10 a share that is larger than what is left bounds nothing", () => {
    expect(faultOf(decideRefund(half(20_000), aPartialDraft(10_001))).kind).toBe("over_remaining");
    expect(valueOf(decideRefund(half(10_000), aFullDraft())).type).toBe("full");
  });

  it("X10 X15 nothing is voided whole where only a part may go back", () => {
    const payment = aPayment({ paidAt: at("2026-11-22T05:00:00Z") });
    const about = { payment, profile: aProfile({ voids: "yes" }), calendar: shanghai };
    const now = at("2026-11-22T06:00:00Z");
    expect(voidUntil({ ...about, now })).toBeDefined();
    expect(voidUntil({ ...about, now, shareLeft: payment.amount })).toBeDefined();
    expect(voidUntil({ ...about, now, shareLeft: cny(payment.amount.minor - 1) })).toBeUndefined();
  });

  it("X10 what is asked once more is bound by it as well", () => {
    const payment = aPayment({ amount: cny(10_000) });
    expect(leftFault(payment, { amount: cny(5_001) }, cny(5_000))?.kind).toBe("over_share");
    expect(leftFault(payment, { amount: cny(5_000) }, cny(5_000))).toBeUndefined();
    expect(leftFault(payment, { amount: cny(10_001) }, cny(5_000))?.kind).toBe("over_remaining");
  });
});
