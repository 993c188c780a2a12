import { describe, expect, it } from "vitest";

import type { DeviceId } from "../../src/domain/ids.ts";
import { backupDue } from "../../src/domain/backup-due.ts";

const hour = 3_600_000;
const device = "one" as DeviceId;
const note = { at: 0, device, seq: 10, records: 11, bytes: 1 };

const levelOf = (refunds: number, hours: number, records = refunds): string =>
  backupDue(note, { refunds, device, seq: 10 + records, nowMs: hours * hour, openedAt: 0 }).level;

describe("when a backup is due", () => {
  it.each([
    [0, 1000, 3, "fresh"],
    [0, 24, 9, "fresh"],
    [0, 24, 10, "due"],
    [1, 23, 1, "fresh"],
    [1, 24, 1, "due"],
    [19, 1, 19, "fresh"],
    [20, 0, 20, "due"],
    [1, 167, 1, "due"],
    [1, 168, 1, "over"],
    [0, 168, 10, "over"],
    [0, 168, 9, "fresh"],
  ] as const)(
    "R49 %d refunds, %d hours and %d records after the last one: %s",
    (refunds, hours, records, level) => {
      expect(levelOf(refunds, hours, records)).toBe(level);
    },
  );

  it("R49 counts from the opening of the shop while there was none, and never below nothing", () => {
    const since = { refunds: 1, device, seq: 4, nowMs: 25 * hour, openedAt: hour };
    expect(backupDue(undefined, since)).toEqual({
      level: "due",
      refunds: 1,
      records: 2,
      hours: 24,
    });
    expect(backupDue(note, { ...since, seq: 3, nowMs: -hour })).toMatchObject({
      records: 0,
      hours: 0,
    });
  });

  it("R49 counts anew under another key of this device", () => {
    const since = {
      refunds: 0,
      device: "two" as DeviceId,
      seq: 400,
      nowMs: 30 * hour,
      openedAt: 0,
    };
    expect(backupDue({ ...note, seq: 900 }, since)).toMatchObject({ records: 398, level: "due" });
  });
});
