import type { Batch } from "../domain/batch.ts";
import { emptyBooks, post, type Books } from "../domain/books.ts";
import { given } from "../domain/given.ts";
import { writeRef, type CaseId, type PaymentId } from "../domain/ids.ts";
import type { Recorded } from "../domain/journal-event.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Refusal } from "../domain/refund/refusal.ts";
import { overdueSince } from "../domain/refund/case-state.ts";
import { tasksOf } from "../domain/tasks.ts";
import { touchedBy, type Touched } from "../domain/touched.ts";
import type { Database } from "./database.ts";
import { endsOf } from "./number-index.ts";
import type { CaseRow, CounterRow, PaymentRow, RefusalRow } from "./rows.ts";

/** The tables that only mirror the journal: each can be thrown away and rebuilt. */
export const projectionTables = (db: Database) => [
  db.cases,
  db.refusals,
  db.payments,
  db.batches,
  db.staff,
  db.policies,
  db.imports,
  db.exports,
  db.devices,
  db.counters,
  db.acks,
  db.witnessed,
];

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
  };
};

const there = <T>(rows: readonly (T | undefined)[]): readonly T[] =>
  rows.filter((row) => row !== undefined);

const loadCases = async (db: Database, touched: Touched): Promise<readonly CaseRow[]> => {
  const byId = there(await db.cases.bulkGet([...touched.cases]));
  const refs = [...new Set(touched.refunds.map(writeRef))];
  const byRef = refs.length === 0 ? [] : await db.cases.where("refs").anyOf(refs).toArray();
  return [...byId, ...byRef];
};

const loadPayments = async (
  db: Database,
  touched: Touched,
  cases: readonly CaseRow[],
): Promise<readonly PaymentRow[]> => {
  const ids = new Set([...touched.payments, ...there(cases.map((row) => row.paymentId))]);
  const rows = there(await db.payments.bulkGet([...ids]));
  const others = new Set<PaymentId>(rows.flatMap(({ payment }) => payment.same));
  for (const id of ids) others.delete(id);
  return others.size === 0 ? rows : [...rows, ...there(await db.payments.bulkGet([...others]))];
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

const load = async (db: Database, touched: Touched): Promise<Books> => {
  const books = emptyBooks();
  const cases = await loadCases(db, touched);
  for (const { refundCase } of cases) enterCase(books, refundCase);
  for (const { ref, refusal } of there(await db.refusals.bulkGet(touched.refusals.map(writeRef))))
    books.refusals.set(ref, refusal);
  for (const { payment } of await loadPayments(db, touched, cases))
    books.payments.set(payment.paymentId, payment);
  for (const batch of await loadBatches(db, touched, cases))
    books.batches.set(batch.batchId, batch);
  for (const staff of there(await db.staff.bulkGet([...touched.staff])))
    books.staff.set(staff.staff, staff);
  return books;
};

const copyOf = (books: Books): Books => ({
  devices: new Map(books.devices),
  payments: new Map(books.payments),
  cases: new Map(books.cases),
  caseOf: new Map(books.caseOf),
  refusals: new Map(books.refusals),
  batches: new Map(books.batches),
  staff: new Map(books.staff),
  policies: new Map(books.policies),
  imports: new Map(books.imports),
  exports: new Map(books.exports),
  acks: new Map(books.acks),
  witnessed: new Map(books.witnessed),
});

/** Loads what the records touch and posts them by the same code as the fold; nothing is written yet. */
export const openWindow = async (db: Database, recorded: readonly Recorded[]): Promise<Window> => {
  const before = await load(db, union(recorded));
  const after = copyOf(before);
  for (const one of recorded) post(after, one);
  return { before, after };
};

const changed = <K, V>(before: Map<K, V>, after: Map<K, V>): readonly (readonly [K, V])[] =>
  [...after].filter(([key, value]) => before.get(key) !== value);

const changedValues = <K, V>(before: Map<K, V>, after: Map<K, V>): readonly V[] =>
  changed(before, after).map(([, value]) => value);

/** A case as a row, with everything that finds it. */
const caseRow = (refundCase: RefundCase): CaseRow => {
  const { caseId, createdAt, amount, attempts } = refundCase;
  const numbers = attempts.flatMap((attempt) => [
    attempt.refundNo,
    ...(attempt.channelRefundNo === undefined ? [] : [attempt.channelRefundNo]),
  ]);
  return {
    caseId,
    createdAt,
    minor: amount.minor,
    ...given("money", refundCase.money),
    ...given("paymentId", refundCase.paymentId),
    refs: attempts.map((attempt) => writeRef(attempt.record)),
    ends: endsOf(numbers),
    tasks: tasksOf(refundCase),
    ...given("due", overdueSince(refundCase)),
    refundCase,
  };
};

const refusalRow = (refusal: Refusal): RefusalRow => ({
  ref: writeRef(refusal.ref),
  at: refusal.at,
  ...given("paymentId", refusal.paymentId),
  refusal,
});

/** A payment as a row, with everything that finds it. */
const paymentRow = (payment: Payment): PaymentRow => ({
  paymentId: payment.paymentId,
  seenAt: payment.paidAt ?? payment.recordedAt,
  minor: payment.amount.minor,
  ends: endsOf(Object.values(payment.numbers)),
  payment,
});

/** Names of the counters that a case counts in: the state of its money, and everything it waits for. */
const countersOf = (refundCase: RefundCase): readonly string[] => [
  `money:${refundCase.money ?? "none"}`,
  ...tasksOf(refundCase).map((task) => `task:${task}`),
];

const counterChanges = ({ before, after }: Window): ReadonlyMap<string, number> => {
  const changes = new Map<string, number>();
  const move = (name: string, by: number): unknown =>
    changes.set(name, (changes.get(name) ?? 0) + by);
  for (const [caseId, refundCase] of changed<CaseId, RefundCase>(before.cases, after.cases)) {
    const known = before.cases.get(caseId);
    if (known !== undefined) for (const name of countersOf(known)) move(name, -1);
    for (const name of countersOf(refundCase)) move(name, 1);
  }
  return changes;
};

const saveCounters = async (db: Database, window: Window): Promise<void> => {
  const changes = [...counterChanges(window)].filter(([, by]) => by !== 0);
  const rows: CounterRow[] = [];
  for (const [name, by] of changes) {
    const known = await db.counters.get(name);
    rows.push({ name, value: (known?.value ?? 0) + by });
  }
  await db.counters.bulkPut(rows);
};

const rowsByRef = <T extends object>(
  entries: readonly (readonly [string, T])[],
): readonly (T & { readonly ref: string })[] => entries.map(([ref, row]) => ({ ...row, ref }));

/** Writes the rows that the records changed; to be called inside the transaction that adds them. */
export const saveWindow = async (db: Database, window: Window): Promise<void> => {
  const { before, after } = window;
  await db.cases.bulkPut(changedValues(before.cases, after.cases).map(caseRow));
  await db.refusals.bulkPut(changedValues(before.refusals, after.refusals).map(refusalRow));
  await db.payments.bulkPut(changedValues(before.payments, after.payments).map(paymentRow));
  await db.batches.bulkPut(changedValues(before.batches, after.batches));
  await db.staff.bulkPut(changedValues(before.staff, after.staff));
  await db.policies.bulkPut(
    changed(before.policies, after.policies).map(([key, policy]) => ({ key, policy })),
  );
  await db.imports.bulkPut(changedValues(before.imports, after.imports));
  await db.exports.bulkPut(changedValues(before.exports, after.exports));
  await db.devices.bulkPut(changedValues(before.devices, after.devices));
  await db.acks.bulkPut(rowsByRef(changed(before.acks, after.acks)));
  await db.witnessed.bulkPut(rowsByRef(changed(before.witnessed, after.witnessed)));
  await saveCounters(db, window);
};
