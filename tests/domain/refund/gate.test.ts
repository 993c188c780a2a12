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
    ["transfer", { kind: "blocked", why: "transfer" }],
  ];

  it.each(states)(
    "R1 X22 answers a payment that is %s before any amount is asked for",
    (state, open) => {
      expect(gate(aPayment({ state }))).toEqual(open);
    },
  );

  it("R1 X11 is open down to the last minor unit and closed after it", () => {
    const payment = aPaymentWithClaims(10_000, [4_000, 5_000]);
    expect(gate({ ...payment, external: units(999) })).toEqual({
      kind: "refund",
      remaining: cny(1),
    });
    expect(gate({ ...payment, external: units(1_000) })).toEqual({
      kind: "blocked",
      why: "fully_refunded",
    });
  });
});
