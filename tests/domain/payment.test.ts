import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaymentEvent } from "../../src/domain/journal-event.ts";
import {
  countedClaims,
  remaining,
  reserved,
  spent,
  takePayment,
  withClaim,
  type BalanceClaim,
  type Payment,
} from "../../src/domain/payment.ts";
import {
  aCaseId,
  aPayment,
  aPaymentEvent,
  aPaymentWithClaims,
  aRecorded,
  aRef,
  at,
  claimFacts,
  cny,
  units,
} from "../support/a.ts";

const versions = (...events: readonly Partial<PaymentEvent>[]): Payment =>
  events.reduce<Payment | undefined>(
    (known, event, index) => takePayment(known, aRecorded(aPaymentEvent(event), 1 + index)),
    undefined,
  ) ?? aPayment();

const aClaim = (over: Partial<BalanceClaim> = {}): BalanceClaim => ({
  caseId: aCaseId(),
  attempt: 1,
  amount: cny(1_000),
  standing: "reserves",
  ...claimFacts,
  ...over,
});

describe("remaining", () => {
  it("X2 X11 is what was paid without what is on its way, arrived or was refunded elsewhere", () => {
    const payment = aPayment({
      external: units(500),
      claims: [
        aClaim(),
        aClaim({ caseId: aCaseId(2), amount: cny(2_000), standing: "spends" }),
        aClaim({ caseId: aCaseId(3), amount: cny(4_000), standing: "frees" }),
      ],
    });
    expect([reserved(payment), spent(payment), remaining(payment)]).toEqual([
      cny(1_000),
      cny(2_000),
      cny(6_500),
    ]);
    expect(countedClaims(payment).map((claim) => claim.caseId)).toEqual([aCaseId(1), aCaseId(2)]);
  });

  it("X2 is never negative, whatever evidence says was refunded", () => {
    const parts = fc.array(fc.nat(20_000), { maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.nat(20_000), (claims, external) => {
        const payment = { ...aPaymentWithClaims(10_000, claims), external: units(external) };
        const total = claims.reduce((a, b) => a + b, external);
        expect(remaining(payment).minor).toBe(Math.max(0, 10_000 - total));
      }),
    );
  });
});

describe("takePayment", () => {
  it.each<readonly [string, readonly Partial<PaymentEvent>[], number]>([
    [
      "a statement row above a typed amount",
      [{ source: "manual", amount: cny(900) }, { amount: cny(1_000) }],
      1_000,
    ],
    [
      "a statement row below a typed amount",
      [{ source: "manual", amount: cny(1_100) }, { amount: cny(1_000) }],
      1_000,
    ],
    [
      "a statement row, whatever is typed later",
      [{ amount: cny(1_000) }, { source: "manual", amount: cny(10) }],
      1_000,
    ],
    ["the newest statement row", [{ amount: cny(1_000) }, { amount: cny(1_200) }], 1_200],
    [
      "the lowest of typed amounts",
      [
        { source: "manual", amount: cny(900) },
        { source: "scan", amount: cny(950) },
      ],
      900,
    ],
    [
      "the lowest of typed amounts, when it comes last",
      [
        { source: "scan", amount: cny(950) },
        { source: "manual", amount: cny(900) },
      ],
      900,
    ],
  ])("takes %s for the amount", (_, events, minor) => {
    expect(versions(...events).amount).toEqual(cny(minor));
  });

  it("X11 remembers the most that was refunded elsewhere", () => {
    expect(versions({ external: units(300) }, { external: units(200) }).external).toBe(300);
    expect(versions({ external: units(300) }, {}).external).toBe(300);
    expect(versions({}, { external: units(300) }).external).toBe(300);
  });

  it("X8 keeps every refund when a late message says once more that it was paid", () => {
    const refunded = withClaim(aPayment(), aClaim({ amount: cny(10_000) }));
    const again = takePayment(refunded, aRecorded(aPaymentEvent({ state: "paid" }), 9));
    expect(remaining(again)).toEqual(cny(0));
    expect(again.record).toEqual(aRef(9));
  });

  it("keeps facts that a newer version leaves out, takes those it brings, and the first key", () => {
    const payment = versions(
      {
        merchantNo: "M1",
        terminalNo: "T1",
        numbers: { transaction_id: "42" },
        key: { name: "transaction_id", number: "42" },
      },
      {
        terminalNo: "T2",
        paidAt: at("2026-11-20T00:00:00Z"),
        numbers: { out_trade_no: "43" },
        key: { name: "out_trade_no", number: "/43" },
      },
    );
    expect(payment).toMatchObject({
      merchantNo: "M1",
      terminalNo: "T2",
      paidAt: "2026-11-20T00:00:00Z",
      numbers: { transaction_id: "42", out_trade_no: "43" },
      key: { name: "transaction_id", number: "42" },
    });
  });

  it("stands where its newest record stands and dates from its first", () => {
    const first = takePayment(undefined, aRecorded(aPaymentEvent(), 1));
    const later = aRecorded(aPaymentEvent(), 5, { at: at("2027-01-01T00:00:00Z") });
    const payment = takePayment(first, later);
    expect([payment.record.seq, payment.recordedAt]).toEqual([5, first.recordedAt]);
  });
});

describe("withClaim", () => {
  it("X1 X4 puts a claim in place of its earlier state and keeps other attempts", () => {
    const payment = [
      aClaim(),
      aClaim({ attempt: 2 }),
      aClaim({ standing: "frees" }),
      aClaim({ caseId: aCaseId(2) }),
    ].reduce(withClaim, aPayment());
    expect(payment.claims.map((claim) => [claim.caseId, claim.attempt, claim.standing])).toEqual([
      [aCaseId(1), 1, "frees"],
      [aCaseId(1), 2, "reserves"],
      [aCaseId(2), 1, "reserves"],
    ]);
  });
});
