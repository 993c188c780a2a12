import { businessDate, instantFromMs, type BusinessDate } from "../domain/instant.ts";
import type { Recorded, RefundEvent } from "../domain/journal-event.ts";
import { sumShift, type CloseEvent, type Shift } from "../domain/shift.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { readShiftRecords } from "../storage/shift-records.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";

/** The shift that runs, and the one before as its close tells it. */
export type OpenShift = Shift & {
  readonly day: BusinessDate;
  readonly last: Recorded<CloseEvent> | undefined;
};

type ShiftDeps = Pick<Deps, "journal" | "device" | "calendar" | "now">;

const recordedIn = (record: SignedRecord): Recorded | undefined => {
  const stored = openRecord(record);
  return stored && toRecorded(stored, undefined);
};

const isRealRefund = (recorded: Recorded | undefined): recorded is Recorded<RefundEvent> =>
  recorded?.event.kind === "refund" && !recorded.training;

const isClose = (recorded: Recorded | undefined): recorded is Recorded<CloseEvent> =>
  recorded?.event.kind === "close";

/** Counts what was recorded since the last close; a refund without a payment here has no channel of its own. */
export const readShift = async ({
  journal,
  device,
  calendar,
  now,
}: ShiftDeps): Promise<OpenShift> => {
  const { db } = journal;
  const { close, refunds } = await readShiftRecords(db, device);
  const events = refunds.map(recordedIn).filter(isRealRefund);
  const ids = events.flatMap(({ event }) => event.paymentId ?? []);
  const rows = await db.payments.bulkGet([...new Set(ids)]);
  const channels = new Map(rows.map((row) => [row?.paymentId, row?.payment.channel]));
  const counted = events.map(({ event }) => ({
    amount: event.amount,
    channel: channels.get(event.paymentId) ?? "other",
  }));
  const last = close && recordedIn(close);
  return {
    ...sumShift(counted),
    day: businessDate(instantFromMs(now()), calendar),
    last: isClose(last) ? last : undefined,
  };
};
