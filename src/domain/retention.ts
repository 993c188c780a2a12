import { addDays, isCalendarDate, type BusinessDate, type Instant } from "./instant.ts";
import type { BackupNote } from "./backup-due.ts";
import type { DeviceId, RecordRef } from "./ids.ts";
import { caseState } from "./refund/case-state.ts";
import type { RefundCase } from "./refund/case.ts";

/** After how many months what is known of customers may go; never before 90 days (reliability.md I4). */
export const retentionMonths = [3, 6, 12, 24] as const;

export type RetentionMonths = (typeof retentionMonths)[number];

const leastDays = 90;

const pad = (value: number): string => String(value).padStart(2, "0");

/** The same day some months ago, or the last one of that month where it has no such day. */
const monthsBefore = (date: BusinessDate, months: number): BusinessDate => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const count = year * 12 + (month - 1) - months;
  const [thenYear, thenMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const thenDay = [day, 30, 29, 28].find((one) => isCalendarDate(thenYear, thenMonth, one)) ?? day;
  return `${thenYear}-${pad(thenMonth)}-${pad(thenDay)}` as BusinessDate;
};

/** What happened before this day may go. */
export const keptFrom = (today: BusinessDate, months: RetentionMonths): BusinessDate => {
  const [byMonth, byLaw] = [monthsBefore(today, months), addDays(today, -leastDays)];
  return byMonth < byLaw ? byMonth : byLaw;
};

/** Up to which record each chain of this device has left it; the chains of others came in a file. */
export type LeftUntil = ReadonlyMap<DeviceId, number>;

/**
 * How far the chains of this device, the newest first, are known to have left it: the newest in a signed package, each in a
 * backup, which holds the ones before wholly.
 */
export const leftUntil = (
  chains: readonly DeviceId[],
  handedOut: number | undefined,
  backup: Pick<BackupNote, "device" | "seq"> | undefined,
): LeftUntil => {
  const newest = chains.findIndex((chain) => chain === backup?.device);
  const backedUp = (at: number): number => {
    if (backup === undefined || newest < 0 || at < newest) return -1;
    return at === newest ? backup.seq : Infinity;
  };
  return new Map(
    chains.map((chain, at) => [chain, Math.max(backedUp(at), at === 0 ? (handedOut ?? -1) : -1)]),
  );
};

/** Whether a record lies in a file that left this device, or came from one. */
export const hasLeft = ({ device, seq }: RecordRef, left: LeftUntil): boolean =>
  seq <= (left.get(device) ?? Infinity);

/**
 * Whether what a refund says of its customer may go by age: the case is closed, nothing was told of it since, nobody promised
 * to call again, and what was recorded here has left this device in a file that others can verify.
 */
export const mayForget = (
  refundCase: RefundCase,
  { before, left }: { readonly before: Instant; readonly left: LeftUntil },
): "yes" | "young" | "open" | "not_out" => {
  const { history, nextContact } = refundCase;
  if (history.some(({ at }) => at >= before)) return "young";
  const state = caseState(refundCase);
  if (nextContact !== undefined || (state !== "done" && state !== "reconciled")) return "open";
  return history.every(({ ref }) => hasLeft(ref, left)) ? "yes" : "not_out";
};
