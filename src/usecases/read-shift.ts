import { businessDate, instantFromMs, type BusinessDate } from "../domain/instant.ts";
import type { MoneyEvent, Recorded, RefundEvent } from "../domain/journal-event.ts";
import type { Money } from "../domain/money.ts";
import { behindClose, channelIn, paidOutIn, type ShiftPlace } from "../domain/shift-drawer.ts";
import { sumShift, type CloseEvent, type Shift } from "../domain/shift.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "../storage/database.ts";
import { casesOfRefunds, shopAndDevice } from "../storage/queries.ts";
import { readShiftRecords } from "../storage/shift-records.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";
import { ownChains } from "./own-chains.ts";

/** The shift that runs, and the one before as its close tells it. */
export type OpenShift = Shift & {
  readonly day: BusinessDate;
  /** Refunds that were handed out in cash in this shift. */
  readonly paidOut: Money;
  /** Refunds under the keys before this one since the last close: no close counts them. */
  readonly earlier: Shift;
  readonly last: Recorded<CloseEvent> | undefined;
};

type ShiftDeps = Pick<Deps, "journal" | "device" | "calendar" | "now">;

const recordedIn = (record: SignedRecord): Recorded | undefined => {
  const stored = openRecord(record);
  return stored && toRecorded(stored, undefined);
};

const isRealRefund = (recorded: Recorded | undefined): recorded is Recorded<RefundEvent> =>
  recorded?.event.kind === "refund" && !recorded.training;

const isArrival = (recorded: Recorded | undefined): recorded is Recorded<MoneyEvent> =>
  recorded?.event.kind === "money" && recorded.event.state === "succeeded";

const isClose = (recorded: Recorded | undefined): recorded is Recorded<CloseEvent> =>
  recorded?.event.kind === "close";

/** Adds refunds up by the channel that their own chain names; one without a payment here has none. */
const sumOf = async (db: Database, records: readonly SignedRecord[]): Promise<Shift> => {
  const events = records.map(recordedIn).filter(isRealRefund);
  const ids = events.flatMap(({ event }) => event.paymentId ?? []);
  const rows = await db.payments.bulkGet([...new Set(ids)]);
  const payments = new Map(rows.map((row) => [row?.paymentId, row?.payment]));
  return sumShift(
    events.map(({ event, ref }) => ({
      amount: event.amount,
      channel: channelIn(payments.get(event.paymentId), ref.device),
    })),
  );
};

/** What left the drawer: a refund counts in the shift in which the customer had it, however long before it was recorded. */
const cashOut = async (
  db: Database,
  moneys: readonly SignedRecord[],
  place: ShiftPlace,
): Promise<Money> => {
  const refunds = moneys
    .map(recordedIn)
    .filter(isArrival)
    .flatMap(({ event }) => event.refunds);
  return paidOutIn(await casesOfRefunds(db, refunds), place);
};

/**
 * Counts what was recorded under this key since the last close, and what left the drawer since then under any key that this
 * device had.
 */
export const readShift = async (deps: ShiftDeps): Promise<OpenShift> => {
  const { journal, device, calendar, now } = deps;
  const { db } = journal;
  const chains = await ownChains(deps);
  const { close, refunds, earlier, moneys } = await readShiftRecords(db, chains);
  const { shop } = await shopAndDevice(db, device);
  const last = close && recordedIn(close);
  return {
    ...(await sumOf(db, refunds)),
    earlier: await sumOf(db, earlier),
    day: businessDate(instantFromMs(now()), calendar),
    paidOut: await cashOut(db, moneys, {
      behind: behindClose(chains, close),
      currency: shop.currency,
    }),
    last: isClose(last) ? last : undefined,
  };
};
