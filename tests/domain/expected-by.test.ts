import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWorkingDays, endOfDate, expectedBy, walletBy } from "../../src/domain/expected-by.ts";
import {
  addDays,
  addSeconds,
  dateOf,
  findZone,
  wallClock,
  type BusinessDate,
  type Zone,
} from "../../src/domain/instant.ts";
import { at, shanghai } from "../support/a.ts";

const day = (text: string): BusinessDate => text as BusinessDate;

const zoneOf = (name: string): { readonly zone: Zone } => {
  const zone = findZone(name);
  if (zone === undefined) throw new Error(`${name} is not known`);
  return { zone };
};

/** The engine's own calendar, Monday to Friday. */
const isWorkingDay = (date: BusinessDate): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

describe("addWorkingDays", () => {
  it.each([
    ["2026-11-20", 1, "2026-11-23"],
    ["2026-11-20", 3, "2026-11-25"],
    ["2026-11-21", 1, "2026-11-23"],
    ["2026-11-22", 3, "2026-11-25"],
    ["2026-11-23", 5, "2026-11-30"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-11-21", 0, "2026-11-21"],
  ])("R5 X19 counts from %s %i working days to %s", (from, days, to) => {
    expect(addWorkingDays(day(from), days)).toBe(to);
  });

  it("R5 X19 ends on a working day with so many of them behind it, from any day until 2100", () => {
    fc.assert(
      fc.property(fc.nat(40_000), fc.integer({ min: 1, max: 30 }), (since2000, days) => {
        const from = addDays(day("2000-01-01"), since2000);
        const to = addWorkingDays(from, days);
        let counted = 0;
        for (let date = addDays(from, 1); date <= to; date = addDays(date, 1))
          if (isWorkingDay(date)) counted += 1;
        expect(counted).toBe(days);
        expect(isWorkingDay(to)).toBe(true);
      }),
    );
  });
});

describe("endOfDate", () => {
  it.each([
    ["2026-11-22", "Asia/Shanghai", "2026-11-22T15:59:59Z"],
    ["2026-12-31", "Asia/Kathmandu", "2026-12-31T18:14:59Z"],
    ["2026-11-01", "America/New_York", "2026-11-02T04:59:59Z"],
    // clocks go from midnight back to 23:00: the day ends the second time
    ["2026-04-04", "America/Santiago", "2026-04-05T03:59:59Z"],
    // clocks go from midnight on to 01:00
    ["2026-09-05", "America/Santiago", "2026-09-06T03:59:59Z"],
  ])("F48 is the last second of %s in %s", (date, zone, instant) => {
    expect(endOfDate(day(date), zoneOf(zone))).toBe(instant);
  });

  it("F48 is followed by another day in every zone", () => {
    const zones = Intl.supportedValuesOf("timeZone").map(zoneOf);
    fc.assert(
      fc.property(fc.nat(10_000), fc.constantFrom(...zones), (since2015, { zone }) => {
        const date = addDays(day("2015-01-01"), since2015);
        const end = endOfDate(date, { zone });
        expect(dateOf(wallClock(end, zone))).toBe(date);
        expect(dateOf(wallClock(addSeconds(end, 1), zone)) > date).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  }, 30_000);
});

describe("expectedBy", () => {
  const expected = { walletMinutes: 20, bankDays: 3 };

  it("R5 X19 is the end of the third working day after the day of submitting, as the stall counts it", () => {
    // Friday evening in UTC is Saturday morning in Shanghai
    expect(expectedBy({ expected }, at("2026-11-20T12:00:00Z"), shanghai)).toBe(
      "2026-11-25T15:59:59Z",
    );
    expect(expectedBy({ expected }, at("2026-11-20T17:00:00Z"), shanghai)).toBe(
      "2026-11-25T15:59:59Z",
    );
    expect(expectedBy({ expected }, at("2026-11-22T17:00:00Z"), shanghai)).toBe(
      "2026-11-26T15:59:59Z",
    );
  });

  it("R5 X19 a wallet has it within minutes", () => {
    expect(walletBy({ expected }, at("2026-12-31T23:50:00Z"))).toBe("2027-01-01T00:10:00Z");
  });
});
