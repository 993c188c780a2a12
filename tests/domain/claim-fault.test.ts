import { describe, expect, it } from "vitest";

import { claimFault } from "../../src/domain/claim-fault.ts";
import { takeClaim, type ClaimEvent } from "../../src/domain/claim.ts";
import { aContext, aPartialDraft, aPayment, aRef, at, cny, faultOf } from "../support/a.ts";
import { decideRefund } from "../../src/domain/refund/decide-refund.ts";

const aClaim = (state: ClaimEvent["state"], minor = 9_000) => {
  const { paymentId } = aPayment();
  const event: ClaimEvent = { kind: "claim", paymentId, amount: cny(minor), state };
  const recorded = { ref: aRef(5), at: at("2026-11-22T05:00:00Z"), training: false };
  return takeClaim(undefined, { event, ...recorded } as Parameters<typeof takeClaim>[1]);
};

const ofExcess = {
  amount: cny(9_000),
  reason: "overpaid",
  destination: "original",
  staff: { role: "owner" },
} as const;

describe("the excess of a payment", () => {
  it("X25 that shows neither number nor time is for the owner to give, as nobody can be asked", () => {
    const { paidAt: _, ...timeless } = aPayment();
    const payment = { ...timeless, numbers: {} };
    const open = { claim: aClaim("found"), refunded: false };
    const held = { kind: "claim_unverified", free: cny(payment.amount.minor - 9_000) };
    expect(claimFault(open, payment, ofExcess)).toBeUndefined();
    expect(claimFault(open, payment, { ...ofExcess, staff: { role: "lead" } })).toEqual(held);
    expect(claimFault(open, payment, { ...ofExcess, amount: cny(9_001) })?.kind).toBe(
      "claim_excess",
    );
    expect(claimFault(open, aPayment({ numbers: {} }), ofExcess)).toEqual(held);
    expect(claimFault(open, aPayment(), ofExcess)).toEqual(held);
  });

  it("X25 of a transfer goes back by another way, as it knows no route of its own", () => {
    const verified = { claim: aClaim("verified"), refunded: false };
    const byHand = { ...ofExcess, destination: "other" } as const;
    expect(claimFault(verified, aPayment({ state: "transfer" }), byHand)).toBeUndefined();
    expect(claimFault(verified, aPayment(), byHand)).toEqual({ kind: "claim_original" });
  });

  it("X25 is held back in the very answer that a screen shows", () => {
    const excess = { claim: aClaim("notice_posted", aPayment().amount.minor), refunded: false };
    expect(faultOf(decideRefund(aContext({ excess }), aPartialDraft(1)))).toEqual({
      kind: "claim_unverified",
      free: cny(0),
    });
  });

  it.each(["dismissed", "refund_case"] as const)(
    "X25 is free again once the claim is %s and no refund of it counts",
    (state) => {
      const ended = { claim: aClaim(state), refunded: false };
      expect(claimFault(ended, aPayment(), ofExcess)).toBeUndefined();
    },
  );
});
