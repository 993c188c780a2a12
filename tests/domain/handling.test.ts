import { describe, expect, it } from "vitest";

import { readHandling } from "../../src/domain/handling.ts";
import { ulid, ulidMs, type CaseId } from "../../src/domain/ids.ts";
import { addSeconds, instantFromMs } from "../../src/domain/instant.ts";
import { aCase } from "../support/a.ts";

const opened = Date.parse("2026-11-22T06:02:00.700Z");
const id = ulid(opened, new Uint8Array(10)) as CaseId;

const took = (seconds: number, caseId = id) => ({
  ...aCase(),
  caseId,
  createdAt: addSeconds(instantFromMs(opened), seconds),
});

describe("R56 the time at the till", () => {
  it("reads the moment at which the form was opened from the case's own number", () => {
    expect(ulidMs(id)).toBe(opened);
    expect(ulidMs("01ILO")).toBeUndefined();
    expect(ulidMs("U".repeat(26))).toBeUndefined();
  });

  it("is the middle one: one that took long moves it little", () => {
    expect(readHandling([took(40), took(12), took(900)])).toEqual({
      median: 40,
      counted: 3,
      setAside: 0,
    });
    expect(readHandling([took(40), took(12)]).median).toBe(12);
  });

  it("leaves out what was put aside, or begun under another clock, and says how many", () => {
    const strange = took(5, "U".repeat(26) as CaseId);
    expect(readHandling([took(20), took(3601), took(-5), took(0), strange])).toEqual({
      median: 20,
      counted: 1,
      setAside: 4,
    });
  });

  it("is not known where nothing was recorded", () => {
    expect(readHandling([])).toEqual({ median: undefined, counted: 0, setAside: 0 });
  });
});
