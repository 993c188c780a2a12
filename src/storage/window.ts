import { putPayment } from "../domain/post-payment.ts";
import type { Batch } from "../domain/batch.ts";
import { emptyBooks, formersOf, post, type Books } from "../domain/books.ts";
import { copyBooks } from "../domain/copy-books.ts";
import { writeRef, type CaseId, type DeviceId, type PaymentId } from "../domain/ids.ts";
import type { Recorded } from "../domain/journal-event.ts";
import { isToldByMany } from "../domain/refund/case-tale.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { CaseEvent } from "../domain/refund/history.ts";
import { touchedBy, type Touched } from "../domain/touched.ts";
import type { Database } from "./database.ts";
import type { CaseRow, PaymentRow } from "./rows.ts";
import { openRecord, toRecorded } from "./stored-record.ts";

/** The rows that some records touch, as books, before and after those records. */
export type Window = { readonly before: Books; readonly after: Books };

const union = (events: readonly Recorded[]): Touched => {
  const all = events.map((recorded) => touchedBy(recorded.event));
  return {
    payments: [...new Set(all.flatMap((touched) => touched.payments))],
    cases: [...new Set(all.flatMap((touched) => touched.cases))],
    refunds: all.flatMap((touched) => touched.refunds),
    refusals: all.flatMap((touched) => touched.refusals),
    batches: [...new Set(all.flatMap((touched) => touched.batches))],
    staff: [...new Set(all.flatMap((touched) => touched.staff))],
    imports: [...new Set(all.flatMap((touched) => touched.imports))],
    claims: [...new Set(all.flatMap((touched) => touched.claims))],
  };
};

const there = <T>(rows: readonly (T | undefined)[]): readonly T[] =>
  rows.filter((row) => row !== undefined);

const devicesIn = (recorded: readonly Recorded[]): ReadonlySet<DeviceId> =>
  new Set(recorded.map(({ ref }) => ref.device));

/** Records and cases of other devices that are spoken of: more may wait for them. */
const foreignTo = ({ event, ref }: Recorded): readonly string[] => [
  ...touchedBy(event)
    .refunds.filter(({ device }) => device !== ref.device)
    .map(writeRef),
  ...(event.kind === "erase" ? (event.cases ?? []) : []),
];

/** What comes now, and what is spoken of: something may have waited for it. */
const awaitedBy = (recorded: Recorded): readonly string[] => {
  const { event, ref } = recorded;
  if (event.kind === "refund") return [writeRef(ref), event.caseId, ...foreignTo(recorded)];
  if (event.kind === "decide" && event.refund === undefined) return [writeRef(ref)];
  return foreignTo(recorded);
};

const loadWaiting = async (
  db: Database,
  recorded: readonly Recorded[],
): Promise<Books["waiting"]> => {
  const rows = await db.waiting.bulkGet([...new Set(recorded.flatMap(awaitedBy))]);
  return new Map(there(rows).map(({ ref, records }) => [ref, records]));
};

const loadCases = async (db: Database, touched: Touched): Promise<readonly CaseRow[]> => {
  const byId = there(await db.cases.bulkGet([...touched.cases]));
  const refs = [...new Set(touched.refunds.map(writeRef))];
  const byRef = refs.length === 0 ? [] : await db.cases.where("refs").anyOf(refs).toArray();
  return [...byId, ...byRef];
};

/** Payments that were called one with others before those were here. */
const loadNaming = async (
  db: Database,
  missing: readonly PaymentId[],
): Promise<readonly PaymentRow[]> =>
  missing.length === 0 ? [] : db.payments.where("same").anyOf(missing).toArray();

const loadPayments = async (
  db: Database,
  touched: Touched,
  cases: readonly CaseRow[],
): Promise<readonly PaymentRow[]> => {
  const ids = [...new Set([...touched.payments, ...there(cases.map((row) => row.paymentId))])];
  const found = await db.payments.bulkGet(ids);
  const naming = await loadNaming(
    db,
    ids.filter((_, index) => found[index] === undefined),
  );
  const rows = [...there(found), ...naming];
  const others = new Set<PaymentId>(rows.flatMap(({ payment }) => payment.same));
  for (const { paymentId } of rows) others.delete(paymentId);
  return others.size === 0 ? rows : [...rows, ...there(await db.payments.bulkGet([...others]))];
};

/** Every case of a payment that more than one device refunds: which of them waits depends on all. */
const loadRivals = async (
  db: Database,
  payments: readonly PaymentRow[],
  devices: ReadonlySet<DeviceId>,
): Promise<readonly CaseRow[]> => {
  const contested = payments.filter(
    ({ payment: { shared, versions } }) =>
      shared || versions.some(({ record }) => devices.size > 1 || !devices.has(record.device)),
  );
  const ids = new Set(contested.flatMap(({ payment }) => payment.claims.map((one) => one.caseId)));
  return ids.size === 0 ? [] : there(await db.cases.bulkGet([...ids]));
};

const loadBatches = async (
  db: Database,
  touched: Touched,
  cases: readonly CaseRow[],
): Promise<readonly Batch[]> => {
  const named = cases.flatMap((row) => row.refundCase.attempts.map((attempt) => attempt.batchId));
  const ids = new Set([...touched.batches, ...there(named)]);
  return there(await db.batches.bulkGet([...ids]));
};

/** Puts a case and the places of its attempts into books. */
export const enterCase = (books: Books, refundCase: RefundCase): void => {
  books.cases.set(refundCase.caseId, refundCase);
  for (const attempt of refundCase.attempts)
    books.caseOf.set(writeRef(attempt.record), refundCase.caseId);
};

/** Every record of a case, read back from the journal. */
const readTale = async (
  db: Database,
  { history }: RefundCase,
): Promise<readonly Recorded<CaseEvent>[]> => {
  const keys = history.flatMap(({ ref: { device, seq } }): [DeviceId, number][] => [
    [device, seq],
    [device, seq - 1],
  ]);
  const rows = (await db.records.bulkGet(keys)).map((row) => row && openRecord(row));
  return history.flatMap((_, index) => {
    const stored = rows[2 * index];
    const told = stored && toRecorded(stored, rows[2 * index + 1]?.iat);
    return told === undefined ? [] : [told as Recorded<CaseEvent>];
  });
};

/** The records of cases that another device speaks of, or may now. */
const loadTales = async (
  db: Database,
  cases: readonly CaseRow[],
  devices: ReadonlySet<DeviceId>,
): Promise<Books["tales"]> => {
  const tales = new Map<CaseId, readonly Recorded<CaseEvent>[]>();
  for (const { caseId, refundCase } of cases) {
    const isPlain = [...devices].every((device) => device === refundCase.device);
    if (!isPlain || isToldByMany(refundCase)) tales.set(caseId, await readTale(db, refundCase));
  }
  return tales;
};

const enterMoney = async (
  db: Database,
  books: Books,
  { touched, devices }: { readonly touched: Touched; readonly devices: ReadonlySet<DeviceId> },
): Promise<void> => {
  const cases = await loadCases(db, touched);
  const payments = await loadPayments(db, touched, cases);
  for (const { refundCase } of await loadRivals(db, payments, devices))
    enterCase(books, refundCase);
  for (const { refundCase } of cases) enterCase(books, refundCase);
  for (const { payment } of payments) putPayment(books, payment);
  for (const batch of await loadBatches(db, touched, cases))
    books.batches.set(batch.batchId, batch);
  for (const [caseId, tale] of await loadTales(db, cases, devices)) books.tales.set(caseId, tale);
};

const load = async (
  db: Database,
  recorded: readonly Recorded[],
  home: DeviceId | undefined,
): Promise<Books> => {
  const formers = formersOf(await db.devices.toArray(), home);
  const books = emptyBooks(home, formers);
  for (const [ref, records] of await loadWaiting(db, recorded)) books.waiting.set(ref, records);
  const all = [...recorded, ...[...books.waiting.values()].flat()];
  const [touched, devices] = [union(all), devicesIn(all)];
  await enterMoney(db, books, { touched, devices });
  for (const { ref, refusal } of there(await db.refusals.bulkGet(touched.refusals.map(writeRef))))
    books.refusals.set(ref, refusal);
  for (const staff of there(await db.staff.bulkGet([...touched.staff])))
    books.staff.set(staff.staff, staff);
  for (const one of there(await db.imports.bulkGet([...touched.imports])))
    books.imports.set(one.file, one);
  for (const { claim } of there(await db.claims.bulkGet([...touched.claims])))
    books.claims.set(claim.paymentId, claim);
  for (const device of there(await db.devices.bulkGet([...devices])))
    books.devices.set(device.device, device);
  return books;
};

/**
 * Loads what the records touch and posts them by the same code as the fold; nothing is written yet. `home` is the device
 * whose books these are.
 */
export const openWindow = async (
  db: Database,
  recorded: readonly Recorded[],
  home: DeviceId | undefined,
): Promise<Window> => {
  const before = await load(db, recorded, home);
  const after = copyBooks(before);
  for (const one of recorded) post(after, one);
  return { before, after };
};
