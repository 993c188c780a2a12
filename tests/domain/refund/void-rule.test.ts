import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { custom } from "../../../src/domain/acquirers/custom.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import {
  addSeconds,
  findZone,
  instantFromSeconds,
  secondsOf,
  type Calendar,
  type Instant,
} from "../../../src/domain/instant.ts";
import type { Payment } from "../../../src/domain/payment.ts";
import { batchEnd, voidUntil } from "../../../src/domain/refund/void-rule.ts";
import { aPayment, aPaymentWithClaims, at, shanghai, units } from "../../support/a.ts";
import { runs } from "../../support/deep.ts";

const calendarOf = (name: string): Calendar => {
  const zone = findZone(name);
  if (zone === undefined) throw new Error(`${name} is not known`);
  return { zone, cutoffMinutes: 0 };
};

/** 22:30 by the clock on the wall. */
const evening = 22 * 60 + 30;

const aVoider = (over: Partial<AcquirerProfile> = {}): AcquirerProfile => ({
  ...custom,
  voids: "yes",
  ...over,
});

const paidAt = at("2026-11-21T06:00:00Z");
const midnight = at("2026-11-21T16:00:00Z");

const until = (
  over: Partial<Payment> = {},
  profile: Partial<AcquirerProfile> = {},
  now: Instant = at("2026-11-21T07:00:00Z"),
): Instant | undefined =>
  voidUntil({
    payment: aPayment({ paidAt, ...over }),
    profile: aVoider(profile),
    calendar: shanghai,
    now,
  });

describe("batchEnd", () => {
  it.each([
    ["Asia/Shanghai", undefined, "2026-11-21T06:00:00Z", "2026-11-21T16:00:00Z"],
    ["Asia/Shanghai", undefined, "2026-11-21T15:59:59Z", "2026-11-21T16:00:00Z"],
    ["Asia/Shanghai", undefined, "2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z"],
    ["Asia/Shanghai", 1_440, "2026-11-21T06:00:00Z", "2026-11-21T16:00:00Z"],
    ["Asia/Shanghai", evening, "2026-11-21T14:29:59Z", "2026-11-21T14:30:00Z"],
    ["Asia/Shanghai", evening, "2026-11-21T14:30:00Z", "2026-11-22T14:30:00Z"],
    ["Asia/Shanghai", evening, "2026-12-31T15:00:00Z", "2027-01-01T14:30:00Z"],
    ["Asia/Kathmandu", undefined, "2028-02-28T18:15:00Z", "2028-02-29T18:15:00Z"],
    ["America/New_York", undefined, "2026-03-08T12:00:00Z", "2026-03-09T04:00:00Z"],
    ["America/New_York", undefined, "2026-11-01T05:30:00Z", "2026-11-02T05:00:00Z"],
    // the cut-off of 01:30 is shown twice: paid between the two it lies in the next batch
    ["America/New_York", 90, "2026-11-01T05:29:59Z", "2026-11-01T05:30:00Z"],
    ["America/New_York", 90, "2026-11-01T06:10:00Z", "2026-11-02T06:30:00Z"],
    ["Australia/Lord_Howe", 120, "2026-10-03T15:00:00Z", "2026-10-03T15:30:00Z"],
  ] as const)("X15 in %s, cut-off %s, paid at %s: %s", (zone, cutoff, paid, end) => {
    const profile = cutoff === undefined ? {} : { voidCutoffMinutes: cutoff };
    expect(batchEnd(at(paid), profile, calendarOf(zone))).toBe(end);
  });

  it("X15 F48 lies after the payment, at most a long day away, in any zone with any cut-off", () => {
    const zones = Intl.supportedValuesOf("timeZone").map(calendarOf);
    const anySecond = fc.integer({
      min: secondsOf(at("2015-01-01T00:00:00Z")),
      max: secondsOf(at("2040-01-01T00:00:00Z")),
    });
    fc.assert(
      fc.property(
        anySecond,
        fc.constantFrom(...zones),
        fc.nat(1_440),
        (second, calendar, cutoff) => {
          const end = batchEnd(instantFromSeconds(second), { voidCutoffMinutes: cutoff }, calendar);
          expect(secondsOf(end) - second).toBeGreaterThan(0);
          expect(secondsOf(end) - second).toBeLessThanOrEqual(50 * 3_600);
        },
      ),
      { numRuns: runs(500, 20_000) },
    );
  }, 600_000);
});

describe("voidUntil", () => {
  it("X15 invariant 8: a whole, untouched payment of the day can be voided until its batch is closed", () => {
    expect(until()).toBe(midnight);
    expect(until({}, { voidCutoffMinutes: evening })).toBe("2026-11-21T14:30:00Z");
  });

  it("X15 is open in the second before the cut-off and closed with it", () => {
    expect(until({}, {}, addSeconds(midnight, -1))).toBe(midnight);
    expect(until({}, {}, midnight)).toBeUndefined();
    expect(until({}, {}, paidAt)).toBe(midnight);
  });

  it.each(["unknown", "unpaid", "closed", "voided", "transfer"] as const)(
    "X15 nothing is voided that is %s",
    (state) => {
      expect(until({ state })).toBeUndefined();
    },
  );

  it("X15 nothing is voided of which a part was refunded, here or elsewhere", () => {
    const { claims } = aPaymentWithClaims(10_000, [1]);
    expect(until({ claims })).toBeUndefined();
    expect(until({ external: units(1) })).toBeUndefined();
    const freed = claims.map((claim) => Object.assign({}, claim, { standing: "frees" }));
    expect(until({ claims: freed })).toBe(midnight);
  });

  it("X15 X14 only where the acquirer voids, and not where settling at once blocks it", () => {
    expect(until({}, { voids: "no" })).toBeUndefined();
    expect(until({}, { voids: "unknown" })).toBeUndefined();
    expect(until({}, { settlement: "D0", d0Refund: "blocked" })).toBeUndefined();
    expect(until({}, { settlement: "D0", d0Refund: "unknown" })).toBe(midnight);
    expect(until({}, { settlement: "T1", d0Refund: "blocked" })).toBe(midnight);
  });

  it("X26 R34 X15 not on a screenshot alone, which releases no money", () => {
    expect(until({ grade: "E" })).toBeUndefined();
    expect(until({ grade: "D" })).toBe(midnight);
  });

  it("X15 F47 not while nobody knows when it was paid, nor before that", () => {
    const { paidAt: _, ...undated } = aPayment();
    const about = { profile: aVoider(), calendar: shanghai, now: paidAt };
    expect(voidUntil({ ...about, payment: undated })).toBeUndefined();
    expect(until({}, {}, addSeconds(paidAt, -1))).toBeUndefined();
  });
});
