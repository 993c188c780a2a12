import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceId } from "../../../src/domain/ids.ts";
import { instantFromSeconds } from "../../../src/domain/instant.ts";
import type { EvidenceGrade } from "../../../src/domain/journal-event.ts";
import type { BalanceClaim } from "../../../src/domain/payment.ts";
import { excessOf, roomFor } from "../../../src/domain/refund/conflict.ts";
import { standingOf, type MoneyState } from "../../../src/domain/refund/money-track.ts";
import { aCaseId, cny, units } from "../../support/a.ts";

const byText = (one: unknown, other: unknown): number => (String(one) < String(other) ? -1 : 1);

const devices = ["device-a", "device-b", "device-c", "device-d"] as DeviceId[];

const moving: readonly MoneyState[] = [
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
];

const states: readonly MoneyState[] = [
  "succeeded",
  ...moving,
  "exported",
  "ready",
  "pending_approval",
  "withdrawn",
  "failed",
];

const anyClaim = fc.record({
  device: fc.constantFrom(...devices),
  seq: fc.nat(20),
  money: fc.constantFrom(...states),
  minor: fc.integer({ min: 0, max: 60 }),
  second: fc.nat(5),
  kept: fc.constant(false),
});

type Drawn = typeof anyClaim extends fc.Arbitrary<infer T> ? T : never;

const claimOf = (
  { device, seq, money, minor, second, kept }: Drawn,
  number: number,
): BalanceClaim => ({
  caseId: aCaseId(number),
  attempt: 1,
  amount: cny(minor),
  standing: standingOf(money),
  record: { device, seq },
  money,
  at: instantFromSeconds(1_780_000_000 + second),
  kept,
  numbers: [`N${number}`],
});

const anyPayment = fc
  .record({
    paid: fc.integer({ min: 1, max: 150 }),
    external: fc.nat(40),
    grades: fc.tuple(...devices.map(() => fc.constantFrom<EvidenceGrade>("A", "B", "D", "E"))),
    claims: fc.uniqueArray(anyClaim, {
      maxLength: 7,
      selector: ({ device, seq }) => `${device} ${seq}`,
    }),
  })
  .map(({ paid, external, grades, claims }) => ({
    amount: cny(paid),
    external: units(external),
    shared: true,
    proofs: devices.map((device, place) => ({ device, grade: grades[place] ?? "E" })),
    claims: claims.map(claimOf),
  }));

type Drawing = typeof anyPayment extends fc.Arbitrary<infer T> ? T : never;

const progress = (money: MoneyState): number =>
  [["succeeded"], moving, ["exported"], ["ready"], ["pending_approval"]].findIndex((group) =>
    group.includes(money),
  );

/** The words of §3.5, one comparison after the other. */
const wordsOf = ({ amount, external, claims, proofs }: Drawing) => {
  const grade = (claim: BalanceClaim): string =>
    proofs.find(({ device }) => device === claim.record.device)?.grade ?? "";
  const sorted = claims
    .filter(({ standing, amount: asked }) => standing !== "frees" && asked.minor > 0)
    .sort(
      (a, b) =>
        progress(a.money) - progress(b.money) ||
        grade(a).localeCompare(grade(b)) ||
        a.at.localeCompare(b.at) ||
        a.record.device.localeCompare(b.record.device) ||
        a.record.seq - b.record.seq,
    );
  let used: number = external;
  const marks: (readonly [string, string])[] = [];
  for (const claim of sorted) {
    const fits = used + claim.amount.minor <= amount.minor;
    const stays = progress(claim.money) < 2;
    if (fits || stays) used += claim.amount.minor;
    if (!fits) marks.push([claim.caseId, stays ? "over_refund" : "conflict"]);
  }
  return marks.sort(byText);
};

const overRefundsOf = (payment: Drawing): readonly string[] =>
  [...excessOf(payment)]
    .filter(([, excess]) => excess === "over_refund")
    .map(([caseId]) => caseId)
    .sort(byText);

describe("excessOf", () => {
  it("invariant 14: X9 §3.5 marks exactly the cases that the sorted walk names", () => {
    fc.assert(
      fc.property(anyPayment, (payment) => {
        expect([...excessOf(payment)].sort(byText)).toEqual(wordsOf(payment));
      }),
      { numRuns: 2_000 },
    );
  });

  it("invariant 1: what does not wait fits, but for money that has moved", () => {
    fc.assert(
      fc.property(anyPayment, (payment) => {
        const excess = excessOf(payment);
        const going = payment.claims.filter(
          ({ caseId, standing }) => standing !== "frees" && !excess.has(caseId),
        );
        const total = going.reduce((sum, { amount }) => sum + amount.minor, 0);
        expect(total).toBeLessThanOrEqual(Math.max(0, payment.amount.minor - payment.external));
      }),
    );
  });

  it("X9 never depends on the order in which refunds are listed", () => {
    fc.assert(
      fc.property(anyPayment, fc.infiniteStream(fc.nat(6)), (payment, dice) => {
        const shuffled = [...payment.claims].sort(() => (dice.next().value ?? 0) - 3);
        const sorted = [...excessOf({ ...payment, claims: shuffled })].sort(byText);
        expect(sorted).toEqual([...excessOf(payment)].sort(byText));
      }),
    );
  });

  it("X9 a payment of one device is nobody's conflict", () => {
    fc.assert(
      fc.property(anyPayment, (payment) => {
        expect(excessOf({ ...payment, shared: false }).size).toBe(0);
      }),
    );
  });

  it("M23 a kept one goes before all that has not moved, and never before what has", () => {
    fc.assert(
      fc.property(anyPayment, fc.nat(6), (payment, which) => {
        const claim = payment.claims[which % Math.max(1, payment.claims.length)];
        if (claim === undefined || excessOf(payment).get(claim.caseId) !== "conflict") return;
        const claims = payment.claims.map((one) => (one === claim ? { ...one, kept: true } : one));
        const waits = excessOf({ ...payment, claims }).get(claim.caseId) === "conflict";
        expect(waits).toBe(claim.amount.minor > roomFor(payment, claim.caseId));
        expect(overRefundsOf({ ...payment, claims })).toEqual(overRefundsOf(payment));
      }),
      { numRuns: 2_000 },
    );
  });
});
