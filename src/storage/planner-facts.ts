import type { DeviceId, RecordRef } from "../domain/ids.ts";
import { secondsOf, type BusinessDate, type Instant } from "../domain/instant.ts";
import { money, type Money } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { lowest } from "./paging.ts";
import { importsHere } from "./reconcile-facts.ts";
import { casesOfRefunds, listCases } from "./queries.ts";
import type { HeadRow } from "./rows.ts";
import { openRecord, toRecorded } from "./stored-record.ts";

const chunk = 200;

/** So far back is looked; behind it nothing is promised. */
const mostRecords = 2000;

const mostCases = 1000;

const mostPayments = 1000;

/** A moment of the journal: by place in the chain that was there, by clock in the others. */
export type Moment = { readonly at: Instant; readonly ref?: RecordRef };

/** Cases of which the acquirer was told since a moment, and from which record on that is. */
export type TakenSince = {
  readonly since: ReadonlyMap<DeviceId, number>;
  readonly cases: readonly RefundCase[];
  /** Nothing of that time was left out. */
  readonly whole: boolean;
};

/** Opening so many takes less than the page has between two frames. */
const atOnce = 25;

type Pause = () => Promise<void>;

const refundsIn = (record: SignedRecord): readonly RecordRef[] => {
  const stored = record.kind === "money" ? openRecord(record) : undefined;
  const event = stored && toRecorded(stored, undefined)?.event;
  return event?.kind === "money" ? event.refunds : [];
};

const refundsOf = async (
  records: readonly SignedRecord[],
  pause: Pause,
): Promise<readonly RecordRef[]> => {
  const refs: RecordRef[] = [];
  for (const [index, record] of records.entries()) {
    if (index % atOnce === atOnce - 1) await pause();
    refs.push(...refundsIn(record));
  }
  return refs;
};

type Tail = {
  readonly first: number;
  readonly records: readonly SignedRecord[];
  readonly whole: boolean;
};

const readBack = (
  db: Database,
  device: DeviceId,
  [first, last]: readonly [number, number],
): Promise<readonly SignedRecord[]> =>
  db.records
    .where("[device+seq]")
    .between([device, Math.max(first, last - chunk + 1)], [device, last], true, true)
    .toArray();

/** The first of some records that its clock puts at a moment or behind it. */
const firstFrom = async (
  records: readonly SignedRecord[],
  seconds: number,
  pause: Pause,
): Promise<number | undefined> => {
  for (const [index, record] of records.entries()) {
    if (index % atOnce === atOnce - 1) await pause();
    if ((openRecord(record)?.iat ?? seconds) >= seconds) return record.seq;
  }
  return undefined;
};

/**
 * The end of a chain since a moment. Where only clocks tell, it is read back until a whole part lies before: a clock that
 * was set back for a while hides nothing.
 */
const tailOf = async (
  db: Database,
  { device, seq }: HeadRow,
  { moment, pause }: { readonly moment: Moment; readonly pause: Pause },
): Promise<Tail> => {
  const known = moment.ref?.device === device ? moment.ref.seq + 1 : undefined;
  const seconds = secondsOf(moment.at);
  let tail: Tail = { first: seq + 1, records: [], whole: true };
  for (let last = seq; last >= (known ?? 0); last -= chunk) {
    if (seq - last >= mostRecords) return { ...tail, whole: false };
    const rows = await readBack(db, device, [known ?? 0, last]);
    const first = known === undefined ? await firstFrom(rows, seconds, pause) : rows[0]?.seq;
    if (first === undefined) return tail;
    const records = [...rows.filter((row) => row.seq >= first), ...tail.records];
    tail = { first, records, whole: true };
  }
  return tail;
};

/** What the acquirers were told of since a moment, read from the ends of the chains; the page has its turns between. */
export const takenSince = async (
  db: Database,
  moment: Moment,
  pause: Pause,
): Promise<TakenSince> => {
  const since = new Map<DeviceId, number>();
  const refs: RecordRef[] = [];
  let whole = true;
  for (const head of await db.heads.toArray()) {
    const tail = await tailOf(db, head, { moment, pause });
    since.set(head.device, tail.first);
    refs.push(...(await refundsOf(tail.records, pause)));
    whole &&= tail.whole;
  }
  return { since, cases: await casesOfRefunds(db, refs), whole };
};

/** Refunds that the acquirers will be asked for: in files that left, refused but curable, or waiting at another till. */
export const openClaims = async (
  db: Database,
): Promise<{ readonly cases: readonly RefundCase[]; readonly whole: boolean }> => {
  const states = ["ready", "exported", "needs_action"] as const;
  const cases = await listCases(db, { states, limit: mostCases });
  return { cases, whole: cases.length < mostCases };
};

/** Payments of a time, at most so many: fewer only promise less. */
export const paymentsBetween = async (
  db: Database,
  [from, before]: readonly [from: Instant, before: Instant],
): Promise<readonly Payment[]> => {
  const range = db.payments.where("[seenAt+paymentId]").between([from, lowest], [before, lowest]);
  return (await range.limit(mostPayments).toArray()).map((row) => row.payment);
};

/** What each statement of one day and acquirer says came in, refunds taken off. */
export const statementsOfDay = async (
  db: Database,
  { acquirer, currency, day }: { acquirer: string; currency: Money["currency"]; day: BusinessDate },
): Promise<readonly Money[]> =>
  (await importsHere(db)).flatMap(({ event }) => {
    const [paid, refunded] = event.sums[currency] ?? [0, 0];
    const isOfDay = event.period?.[0] === day && event.period[1] === day;
    return isOfDay && event.acquirer === acquirer
      ? [money(Math.max(0, paid - refunded), currency)]
      : [];
  });

/** Where the own chain stands now. */
export const standsAt = async (db: Database, device: DeviceId): Promise<RecordRef> => ({
  device,
  seq: (await db.heads.get(device))?.seq ?? -1,
});
