import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addSeconds,
  businessDate,
  findZone,
  instantAt,
  instantFromMs,
  instantFromSeconds,
  isCalendarDate,
  parseBusinessDate,
  parseInstant,
  parseWallClock,
  secondsOf,
  startOfDay,
  wallClock,
  writeWithOffset,
  type BusinessDate,
  type Calendar,
  type Instant,
  type Zone,
} from "../../src/domain/instant.ts";
import { at, shanghai, valueOf } from "../support/a.ts";
import { isDeep } from "../support/deep.ts";

const zoneOf = (name: string): Zone => {
  const zone = findZone(name);
  if (zone === undefined) throw new Error(`${name} is not known`);
  return zone;
};

const newYork = zoneOf("America/New_York");
const day = (text: string): BusinessDate => text as BusinessDate;
const allZones = Intl.supportedValuesOf("timeZone").map(zoneOf);
const anyZone = fc.constantFrom(...allZones);
const yearStart = secondsOf(at("2026-01-01T00:00:00Z"));
const year2000 = secondsOf(at("2000-01-01T00:00:00Z"));
const year2100 = secondsOf(at("2100-01-01T00:00:00Z"));
const anyInstant = fc.integer({ min: year2000, max: year2100 }).map(instantFromSeconds);
const anyCutoff = fc.integer({ min: 0, max: 1439 });

describe("parseInstant", () => {
  it.each([
    ["2026-11-22T06:02:00Z", "2026-11-22T06:02:00Z"],
    ["2026-11-22T14:02:00+08:00", "2026-11-22T06:02:00Z"],
    ["2026-11-22T01:02:00-05:00", "2026-11-22T06:02:00Z"],
    ["2026-11-22T11:47:00+05:45", "2026-11-22T06:02:00Z"],
    ["2026-01-01T00:00:00+14:00", "2025-12-31T10:00:00Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
  ])("reads %s as %s", (text, instant) => {
    expect(valueOf(parseInstant(text))).toBe(instant);
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-11-22T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "2026-11-22T06:60:00Z",
    "2026-11-22 06:02:00Z",
    "2026-11-22T06:02:00",
    "2026-11-22T06:02:00.5Z",
    "2026-11-22T06:02:00+24:00",
    "2026-11-22T06:02:00+0800",
    "2569-11-22T06:02Z",
    "9999-12-31T23:59:59-01:00",
    "２０２６-11-22T06:02:00Z",
    "",
  ])("F49 refuses %j", (text) => {
    expect(parseInstant(text)).toEqual({ ok: false, fault: { kind: "bad_time" } });
  });

  it("F48 reads back what writeWithOffset writes, in every zone of this engine", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        expect(valueOf(parseInstant(writeWithOffset(instant, zone)))).toBe(instant);
        expect(valueOf(parseInstant(instant))).toBe(instant);
      }),
      { numRuns: 2_000 },
    );
  });

  it("F49 sorts as text as it sorts in time", () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (a, b) => {
        expect(a < b).toBe(secondsOf(a) < secondsOf(b));
      }),
    );
  });
});

describe("seconds", () => {
  it("cuts milliseconds off and adds seconds over midnight and year end", () => {
    expect(instantFromMs(999)).toBe("1970-01-01T00:00:00Z");
    expect(addSeconds(at("2026-12-31T23:59:59Z"), 1)).toBe("2027-01-01T00:00:00Z");
    expect(addSeconds(at("2027-01-01T00:00:00Z"), -1)).toBe("2026-12-31T23:59:59Z");
  });
});

describe("wallClock and instantAt", () => {
  it.each([
    ["Asia/Shanghai", "2026-11-22T14:02:00+08:00"],
    ["Asia/Kathmandu", "2026-11-22T11:47:00+05:45"],
    ["Pacific/Kiritimati", "2026-11-22T20:02:00+14:00"],
    ["Pacific/Niue", "2026-11-21T19:02:00-11:00"],
    ["America/St_Johns", "2026-11-22T02:32:00-03:30"],
    ["Australia/Lord_Howe", "2026-11-22T17:02:00+11:00"],
  ])("F48 shows the clock on the wall in %s", (zone, text) => {
    expect(writeWithOffset(at("2026-11-22T06:02:00Z"), zoneOf(zone))).toBe(text);
  });

  it("F48 moves a time inside the gap to the time after it", () => {
    const gap = { year: 2026, month: 3, day: 8, hour: 2, minute: 30, second: 0 };
    expect(instantAt(gap, newYork)).toBe("2026-03-08T07:30:00Z");
    expect(wallClock(at("2026-03-08T07:30:00Z"), newYork).hour).toBe(3);
  });

  it("F48 takes the first of the two times of a fold", () => {
    const fold = { year: 2026, month: 11, day: 1, hour: 1, minute: 30, second: 0 };
    expect(instantAt(fold, newYork)).toBe("2026-11-01T05:30:00Z");
    expect(wallClock(at("2026-11-01T06:30:00Z"), newYork)).toEqual(fold);
  });

  it("F48 finds the instant of any wall clock again, or an equal clock in a fold", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const shown = wallClock(instant, zone);
        const found = instantAt(shown, zone);
        expect(wallClock(found, zone)).toEqual(shown);
        expect(found <= instant).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("findZone", () => {
  it("knows the zones of this engine and no others", () => {
    expect(findZone("Asia/Shanghai")).toBe("Asia/Shanghai");
    for (const name of ["", "Asia/Peking", "北京", "+99:00"])
      expect(findZone(name)).toBeUndefined();
  });
});

describe("isCalendarDate, parseBusinessDate, addDays", () => {
  it.each([
    [2024, 2, 29, true],
    [2026, 2, 29, false],
    [2100, 2, 29, false],
    [2000, 2, 29, true],
    [2026, 0, 1, false],
    [2026, 4, 31, false],
  ])("F49 knows whether %i-%i-%i exists", (year, month, date, exists) => {
    expect(isCalendarDate(year, month, date)).toBe(exists);
  });

  it("F49 reads only days that exist", () => {
    expect(valueOf(parseBusinessDate("2024-02-29"))).toBe("2024-02-29");
    for (const text of ["2026-02-29", "2026-2-9", "26-02-09", "2026-02-09T00:00:00Z", ""])
      expect(parseBusinessDate(text).ok).toBe(false);
  });

  it("F49 counts days over leap day and year end, there and back", () => {
    expect(addDays(day("2024-02-28"), 1)).toBe("2024-02-29");
    expect(addDays(day("2026-12-31"), 1)).toBe("2027-01-01");
    expect(addDays(day("2027-01-01"), -365)).toBe("2026-01-01");
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -4_000, max: 4_000 }), (instant, days) => {
        const date = day(instant.slice(0, 10));
        expect(addDays(addDays(date, days), -days)).toBe(date);
      }),
    );
  });
});

describe("parseWallClock", () => {
  it.each([
    ["2026-11-22 14:02:00", "2026-11-22T06:02:00Z"],
    ["2026-11-22  14：02：00", "2026-11-22T06:02:00Z"],
    [" 2026-11-22 14:02 ", "2026-11-22T06:02:00Z"],
  ])("reads %j of a channel's file", (text, instant) => {
    expect(valueOf(parseWallClock(text, shanghai.zone))).toBe(instant);
  });

  it.each([
    "2026-11-22",
    "2026-11-22 24:00:00",
    "2026-02-30 10:00",
    "22/11/2026 14:02",
    "2026-11-22T14:02:00",
  ])("refuses %j", (text) => {
    expect(parseWallClock(text, shanghai.zone).ok).toBe(false);
  });
});

/** The day of an instant, and whether it lies between the beginnings of that day and the next. */
const belongs = (instant: Instant, calendar: Calendar): boolean => {
  const date = businessDate(instant, calendar);
  return startOfDay(date, calendar) <= instant && instant < startOfDay(addDays(date, 1), calendar);
};

const offsetAt = (seconds: number, zone: Zone): string =>
  writeWithOffset(instantFromSeconds(seconds), zone).slice(-6);

/** The second at which the zone's offset changes, between two instants with different offsets. */
const transitionBetween = (from: number, to: number, zone: Zone): number => {
  let before = from;
  let after = to;
  const known = offsetAt(from, zone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, zone) === known) before = middle;
    else after = middle;
  }
  return after;
};

const transitionsOf2026 = (zone: Zone): readonly number[] => {
  const step = 15 * 86_400;
  const starts = Array.from({ length: 25 }, (_, index) => yearStart + index * step);
  return starts
    .filter((start) => offsetAt(start, zone) !== offsetAt(start + step, zone))
    .map((start) => transitionBetween(start, start + step, zone));
};

describe("businessDate", () => {
  it.each([
    ["2026-11-22T15:59:59Z", 0, "2026-11-22"],
    ["2026-11-22T16:00:00Z", 0, "2026-11-23"],
    ["2026-11-22T19:59:59Z", 240, "2026-11-22"],
    ["2026-11-22T20:00:00Z", 240, "2026-11-23"],
    ["2026-12-31T19:59:59Z", 240, "2026-12-31"],
    ["2026-12-31T20:00:00Z", 240, "2027-01-01"],
    ["2024-02-29T10:00:00Z", 0, "2024-02-29"],
  ])("R43 puts %s with a cut-off of %i minutes on %s", (instant, cutoffMinutes, date) => {
    expect(businessDate(at(instant), { zone: shanghai.zone, cutoffMinutes })).toBe(date);
  });

  it("F48 counts a day of 23 and a day of 25 hours once", () => {
    const calendar = { zone: newYork, cutoffMinutes: 0 };
    const hours = (date: string): number =>
      (secondsOf(startOfDay(addDays(day(date), 1), calendar)) -
        secondsOf(startOfDay(day(date), calendar))) /
      3_600;
    expect(hours("2026-03-08")).toBe(23);
    expect(hours("2026-11-01")).toBe(25);
    expect(hours("2026-11-02")).toBe(24);
  });

  it("F48 never goes back to the day before when a fold repeats the cut-off", () => {
    const calendar = { zone: newYork, cutoffMinutes: 90 };
    expect(businessDate(at("2026-11-01T05:29:59Z"), calendar)).toBe("2026-10-31");
    expect(businessDate(at("2026-11-01T05:30:00Z"), calendar)).toBe("2026-11-01");
    expect(businessDate(at("2026-11-01T06:10:00Z"), calendar)).toBe("2026-11-01");
  });

  it("F48 begins the day after the gap when the gap swallows the cut-off", () => {
    const calendar = { zone: newYork, cutoffMinutes: 150 };
    expect(businessDate(at("2026-03-08T07:29:59Z"), calendar)).toBe("2026-03-07");
    expect(businessDate(at("2026-03-08T07:30:00Z"), calendar)).toBe("2026-03-08");
    expect(startOfDay(day("2026-03-08"), calendar)).toBe("2026-03-08T07:30:00Z");
  });

  it("F48 gives every second around every change of clocks in 2026, in all zones, exactly one day", () => {
    const changes = allZones.flatMap((zone) =>
      transitionsOf2026(zone).map((second) => ({ zone, second })),
    );
    expect(changes.length).toBeGreaterThan(100);
    const offsets = [-86_400, -7_200, -3_601, -1_800, -1, 0, 1, 600, 1_800, 3_599, 3_600, 7_200];
    const wrong = changes.flatMap(({ zone, second }) =>
      (isDeep ? [0, 30, 90, 150, 240] : [0, 150]).flatMap((cutoffMinutes) =>
        offsets
          .map((offset) => instantFromSeconds(second + offset))
          .filter((instant) => !belongs(instant, { zone, cutoffMinutes }))
          .map((instant) => `${zone} ${cutoffMinutes} ${instant}`),
      ),
    );
    expect(wrong).toEqual([]);
  }, 30_000);

  it("F48 gives any instant exactly one day, whatever zone and cut-off", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, anyCutoff, (instant, zone, cutoffMinutes) => {
        expect(belongs(instant, { zone, cutoffMinutes })).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("F48 keeps days apart where the calendar jumped over one: Samoa had no 30 December 2011", () => {
    const calendar = { zone: zoneOf("Pacific/Apia"), cutoffMinutes: 0 };
    expect(businessDate(at("2011-12-30T09:59:59Z"), calendar)).toBe("2011-12-29");
    expect(businessDate(at("2011-12-30T10:00:00Z"), calendar)).toBe("2011-12-31");
    expect(startOfDay(day("2011-12-31"), calendar)).toBe("2011-12-30T10:00:00Z");
  });

  it("R43 never goes back a day while time goes on", () => {
    const later = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(
        anyInstant,
        later,
        anyZone,
        anyCutoff,
        (instant, seconds, zone, cutoffMinutes) => {
          const calendar = { zone, cutoffMinutes };
          const next = addSeconds(instant, seconds);
          expect(businessDate(instant, calendar) <= businessDate(next, calendar)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
