import { describe, expect, it } from "vitest";
import { gate, type Gate } from "../../../src/domain/refund/gate.ts";
import type { PaymentState } from "../../../src/domain/journal-event.ts";
import { aPayment, aPaymentWithClaims, cny, units } from "../../support/a.ts";

describe("gate", () => {
  const states: readonly (readonly [PaymentState, Gate])[] = [
    ["paid", { kind: "refund", remaining: cny(10_000) }],
    ["unknown", { kind: "query_first" }],
    ["unpaid", { kind: "blocked", why: "unpaid" }],
    ["closed", { kind: "blocked", why: "closed" }],
    ["voided", { kind: "blocked", why: "voided" }],
    ["transfer", { kind: "transfer", remaining: cny(10_000) }],
  ];

  it.each(states)(
    "R1 X22 answers a payment that is %s before any amount is asked for",
    (state, open) => {
      expect(gate(aPayment({ state }))).toEqual(open);
    },
  );

  it.each(["paid", "transfer"] as const)(
    "R1 X11 X22 of a %s is open down to the last minor unit and closed after it",
    (state) => {
      const payment = { ...aPaymentWithClaims(10_000, [4_000, 5_000]), state };
      const kind = state === "paid" ? "refund" : "transfer";
      expect(gate({ ...payment, external: units(999) })).toEqual({ kind, remaining: cny(1) });
      expect(gate({ ...payment, external: units(1_000) })).toEqual({
        kind: "blocked",
        why: "fully_refunded",
      });
    },
  );

  it("X2 a freed refund opens the gate again, more than was paid does not", () => {
    const whole = aPaymentWithClaims(10_000, [10_000]);
    expect(gate(whole).kind).toBe("blocked");
    const claims = whole.claims.map((claim) => Object.assign({}, claim, { standing: "frees" }));
    expect(gate({ ...whole, claims })).toEqual({ kind: "refund", remaining: cny(10_000) });
    expect(gate(aPaymentWithClaims(10_000, [10_000, 1])).kind).toBe("blocked");
  });
});
