import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { addDays, type BusinessDate, type Instant } from "../../src/domain/instant.ts";
import { keptFrom, leftUntil, mayForget, retentionMonths } from "../../src/domain/retention.ts";
import { aCase, aMoneyEvent, device } from "../support/a.ts";

const day = (text: string) => text as BusinessDate;

describe("R55 how long a customer is remembered", () => {
  it.each([
    ["2026-11-30", 12, "2025-11-30"],
    ["2026-05-31", 6, "2025-11-30"],
    ["2028-02-29", 12, "2027-02-28"],
    ["2026-01-15", 24, "2024-01-15"],
    ["2026-05-30", 3, "2026-02-28"],
  ] as const)("from %s for %i months is from %s on", (today, months, from) => {
    expect(keptFrom(day(today), months)).toBe(from);
  });

  it("is never shorter than 90 days, and longer for more months", () => {
    fc.assert(
      fc.property(fc.nat(20_000), (days) => {
        const today = addDays(day("2000-01-01"), days);
        const froms = retentionMonths.map((months) => keptFrom(today, months));
        expect(froms.every((from) => from <= addDays(today, -90))).toBe(true);
        expect(froms.toSorted().toReversed()).toEqual(froms);
      }),
    );
  });

  it("ends for what is closed, quiet since, and has left the device", () => {
    const terms = { before: "2027-11-22T00:00:00Z" as Instant, left: new Map([[device, 100]]) };
    const done = aCase([aMoneyEvent("succeeded")]);
    expect(mayForget(done, terms)).toBe("yes");
    expect(mayForget(aCase(), terms)).toBe("open");
    expect(mayForget(done, { ...terms, left: new Map([[device, 2]]) })).toBe("not_out");
    expect(mayForget(done, { ...terms, before: "2026-11-22T06:00:00Z" as Instant })).toBe("young");
  });

  it("does not end while somebody has promised to call", () => {
    const terms = { before: "2027-11-22T00:00:00Z" as Instant, left: new Map() };
    const nextContact = "2028-01-01T00:00:00Z" as Instant;
    const done = aCase([aMoneyEvent("succeeded")]);
    expect(mayForget({ ...done, nextContact }, terms)).toBe("open");
  });

  it("knows of a former key's chain only by a backup", () => {
    const chains = ["c", "b", "a"] as unknown as readonly DeviceId[];
    const left = (out?: number, at?: string) =>
      [...leftUntil(chains, out, at === undefined ? at : { device: at as DeviceId, seq: 7 })].map(
        ([, until]) => until,
      );
    expect(left()).toEqual([-1, -1, -1]);
    expect(left(9)).toEqual([9, -1, -1]);
    expect(left(9, "elsewhere")).toEqual([9, -1, -1]);
    expect(left(5, "c")).toEqual([7, Infinity, Infinity]);
    expect(left(9, "b")).toEqual([9, 7, Infinity]);
  });
});
