import type { DeviceId } from "./ids.ts";

/** The last backup of this device that left it, as it is noted beside the journal. */
export type BackupNote = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The chain of this device then, and its last record in it. */
  readonly device: DeviceId;
  readonly seq: number;
  readonly records: number;
  readonly bytes: number;
};

/** What has come since the last backup, and when it was; `openedAt` is when the chain began, in milliseconds. */
export type SinceBackup = {
  readonly refunds: number;
  /** This device's own chain now: under another key it counts anew. */
  readonly device: DeviceId;
  /** The last record of this device's own chain. */
  readonly seq: number;
  readonly nowMs: number;
  readonly openedAt: number;
};

/** How badly a backup is missed: `over` keeps batches back until there is one (refund-model.md §3.4, G6). */
export type BackupDue = {
  readonly level: "fresh" | "due" | "over";
  /** Refunds and records since the last one. */
  readonly refunds: number;
  readonly records: number;
  /** Whole hours since the last one, or since the shop was opened here. */
  readonly hours: number;
};

const hourMs = 3_600_000;
const dueHours = 24;
const dueRefunds = 20;

/** Signing in is recorded too: so few records alone are no reason. */
const fewRecords = 10;

/** Days after which batches wait for a backup. */
export const backupLimitDays = 7;

/** The first records of every chain: nothing is lost with them. */
const openingRecords = 2;

/**
 * Whether a backup is due (reliability.md S14, R49): 24 hours after the last one where refunds or many records came since, or
 * after 20 refunds at once; over after a week.
 */
export const backupDue = (
  note: BackupNote | undefined,
  { refunds, device, seq, nowMs, openedAt }: SinceBackup,
): BackupDue => {
  const last = note?.device === device ? note.seq : openingRecords;
  const records = Math.max(0, seq - last);
  const hours = Math.max(0, Math.floor((nowMs - (note?.at ?? openedAt)) / hourMs));
  const matters = refunds > 0 || records >= fewRecords;
  const level =
    matters && hours >= backupLimitDays * 24
      ? "over"
      : refunds >= dueRefunds || (matters && hours >= dueHours)
        ? "due"
        : "fresh";
  return { level, refunds, records, hours };
};
