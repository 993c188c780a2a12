import type { Batch } from "../domain/batch.ts";
import type { Device, ExportedFile, PolicyDocument, StatementImport } from "../domain/books.ts";
import {
  writeRef,
  type BatchId,
  type CaseId,
  type DeviceId,
  type Hash,
  type PaymentId,
  type RecordRef,
} from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Shop } from "../domain/journal-event.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { namingNumbers } from "../domain/same-payment.ts";
import type { MoneyState } from "../domain/refund/money-track.ts";
import type { Refusal } from "../domain/refund/refusal.ts";
import { taskKinds, type TaskKind } from "../domain/tasks.ts";
import type { Staff } from "../domain/staff.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { reversedKey } from "./number-index.ts";
import { highest, lowest, newestBelow, type Cursor } from "./paging.ts";
import type { CaseRow, PaymentRow, RefusalRow } from "./rows.ts";

/** One screenful of a list. */
export const pageSize = 50;

const caseCursor = (row: CaseRow): Cursor => [row.createdAt, row.caseId];

const newestFirst = (a: CaseRow, b: CaseRow): number => {
  const [one, other] = [caseCursor(a).join(), caseCursor(b).join()];
  if (one === other) return 0;
  return one < other ? 1 : -1;
};

/** A page of a list, newest first: what lies before the last row of the page above it. */
export type CasePage = {
  readonly before?: Pick<RefundCase, "createdAt" | "caseId">;
  readonly limit?: number;
  /** Only cases whose money stands in one of these. */
  readonly states?: readonly MoneyState[];
};

const cursorOf = (page: CasePage): Cursor | undefined =>
  page.before === undefined ? undefined : [page.before.createdAt, page.before.caseId];

const pageOfState = (db: Database, state: MoneyState, page: CasePage) =>
  newestBelow<CaseRow>(db.cases, "[money+createdAt+caseId]", {
    within: [state],
    before: cursorOf(page),
    limit: page.limit ?? pageSize,
  });

/** Cases, newest first, by key range: as fast at the end of the list as at its beginning. */
export const listCases = async (db: Database, page: CasePage): Promise<readonly RefundCase[]> => {
  const limit = page.limit ?? pageSize;
  if (page.states === undefined) {
    const options = { within: [], before: cursorOf(page), limit };
    const rows = await newestBelow<CaseRow>(db.cases, "[createdAt+caseId]", options);
    return rows.map((row) => row.refundCase);
  }
  const pages = await Promise.all(page.states.map((state) => pageOfState(db, state, page)));
  const rows = pages.flat().sort(newestFirst).slice(0, limit);
  return rows.map((row) => row.refundCase);
};

export const getCase = async (db: Database, caseId: CaseId): Promise<RefundCase | undefined> =>
  (await db.cases.get(caseId))?.refundCase;

/** The cases that some refund records belong to, each once. */
export const casesOfRefunds = async (
  db: Database,
  refunds: readonly RecordRef[],
): Promise<readonly RefundCase[]> => {
  if (refunds.length === 0) return [];
  const rows = await db.cases.where("refs").anyOf(refunds.map(writeRef)).distinct().toArray();
  return rows.map((row) => row.refundCase);
};

const exactly = (refundCase: RefundCase, refundNo: string): boolean =>
  refundCase.attempts.some((attempt) => attempt.refundNo === refundNo);

/** The case that a refund number belongs to, also when O and 0 or I and 1 were confused. */
export const findCaseByRefundNo = async (
  db: Database,
  refundNo: string,
): Promise<RefundCase | undefined> => {
  const rows = await db.cases.where("ends").equals(reversedKey(refundNo)).limit(pageSize).toArray();
  const cases = rows.map((row) => row.refundCase);
  return cases.find((refundCase) => exactly(refundCase, refundNo)) ?? cases[0];
};

/** Every case of one payment, oldest first. */
export const casesOfPayment = async (
  db: Database,
  paymentId: PaymentId,
): Promise<readonly RefundCase[]> => {
  const rows = await db.cases.where("paymentId").equals(paymentId).toArray();
  return rows
    .sort(newestFirst)
    .reverse()
    .map((row) => row.refundCase);
};

/** Refunds of this device that wait for a batch, oldest first. */
export const unexported = async (db: Database): Promise<readonly RefundCase[]> => {
  const rows = await db.cases
    .where("[money+createdAt+caseId]")
    .between(["ready", lowest, lowest], ["ready", highest, highest])
    .toArray();
  return rows.map((row) => row.refundCase).filter(({ elsewhere }) => !elsewhere);
};

/** How many cases wait for each kind of task: kept while writing, never counted. */
export const countByTask = async (
  db: Database,
): Promise<Readonly<Partial<Record<TaskKind, number>>>> => {
  const rows = await db.counters.bulkGet(taskKinds.map((kind) => `task:${kind}`));
  return Object.fromEntries(taskKinds.map((kind, index) => [kind, rows[index]?.value ?? 0]));
};

const commandStates: ReadonlySet<RefundCase["money"]> = new Set([
  "pending_approval",
  "ready",
  "exported",
]);

const commandTasks = [
  "conflict",
  "approve",
  "terminal",
  "submit",
  "pay_out",
  "export",
  "goods",
] as const satisfies readonly TaskKind[];

/** How many refunds only the chain that recorded them can bring on: it decides, exports, submits and recalls (refundlog.md §16). */
export const countCommanded = async (db: Database, device: DeviceId): Promise<number> =>
  db.cases
    .where("tasks")
    .anyOf(commandTasks)
    .distinct()
    .filter(
      ({ refundCase }) =>
        refundCase.device === device &&
        (refundCase.conflict || commandStates.has(refundCase.money)),
    )
    .count();

/** Cases that wait for one kind of task, oldest first. */
export const casesWaitingFor = async (
  db: Database,
  task: TaskKind,
  limit = pageSize,
): Promise<readonly RefundCase[]> => {
  const rows = await db.cases.where("tasks").equals(task).limit(limit).toArray();
  return rows
    .sort(newestFirst)
    .reverse()
    .map((row) => row.refundCase);
};

/** Refunds that are late by now, the latest due last; late is what an index says, nothing is stepped through. */
export const overdueCases = async (
  db: Database,
  now: Instant,
  limit = pageSize,
): Promise<readonly RefundCase[]> => {
  const rows = await db.cases.where("due").below(now).limit(limit).toArray();
  return rows.map((row) => row.refundCase);
};

/** Declined requests, newest first, before a moment if one is given. */
export const listRefusals = async (
  db: Database,
  { before, limit = pageSize }: { readonly before?: Cursor; readonly limit?: number },
): Promise<readonly Refusal[]> => {
  const rows = await newestBelow<RefusalRow>(db.refusals, "[at+ref]", {
    within: [],
    before,
    limit,
  });
  return rows.map((row) => row.refusal);
};

export const getRefusal = async (db: Database, ref: string): Promise<Refusal | undefined> =>
  (await db.refusals.get(ref))?.refusal;

/** Every declined request of one payment, oldest first. */
export const refusalsOfPayment = async (
  db: Database,
  paymentId: PaymentId,
): Promise<readonly Refusal[]> => {
  const rows = await db.refusals.where("paymentId").equals(paymentId).sortBy("at");
  return rows.map((row) => row.refusal);
};

/** Refunds of exactly this amount that were recorded since a moment, newest first, at most a page. */
export const casesOfAmountSince = async (
  db: Database,
  minor: number,
  since: Instant,
): Promise<readonly RefundCase[]> => {
  const rows = await db.cases
    .where("[minor+createdAt+caseId]")
    .between([minor, since, lowest], [minor, highest, highest])
    .limit(pageSize)
    .toArray();
  return rows.map((row) => row.refundCase);
};

export const getPayment = async (
  db: Database,
  paymentId: PaymentId,
): Promise<Payment | undefined> => (await db.payments.get(paymentId))?.payment;

export type PaymentPage = {
  readonly before?: { readonly seenAt: Instant; readonly paymentId: PaymentId };
  readonly limit?: number;
};

/** Payments by the time they were paid, newest first. */
export const listPayments = async (
  db: Database,
  page: PaymentPage,
): Promise<readonly Payment[]> => {
  const before: Cursor | undefined = page.before && [page.before.seenAt, page.before.paymentId];
  const options = { within: [], before, limit: page.limit ?? pageSize };
  const rows = await newestBelow<PaymentRow>(db.payments, "[seenAt+paymentId]", options);
  return rows.map((row) => row.payment);
};

const bears = (payment: Payment, number: string): boolean =>
  namingNumbers(payment.numbers).includes(number);

const bearsLike = (payment: Payment, number: string): boolean =>
  namingNumbers(payment.numbers).some((one) => reversedKey(one) === reversedKey(number));

/** The payments that bear a number: as it is spelled, else with 0 and O, 1, I and L made one. */
export const paymentsBearing = async (
  db: Database,
  number: string,
): Promise<readonly Payment[]> => {
  const rows = await db.payments
    .where("ends")
    .equals(reversedKey(number))
    .limit(pageSize)
    .toArray();
  const payments = rows.map((row) => row.payment).filter((payment) => bearsLike(payment, number));
  const exact = payments.filter((payment) => bears(payment, number));
  return exact.length > 0 ? exact : payments;
};

export const getBatch = async (db: Database, batchId: BatchId): Promise<Batch | undefined> =>
  db.batches.get(batchId);

/** The newest batches first. */
export const listBatches = async (db: Database, limit = pageSize): Promise<readonly Batch[]> =>
  db.batches.orderBy("[createdAt+batchId]").reverse().limit(limit).toArray();

export const listStaff = async (db: Database): Promise<readonly Staff[]> => db.staff.toArray();

/** The document in force; a shop that was opened has one. */
export const currentPolicy = async (db: Database, key: string): Promise<PolicyDocument> => {
  const row = await db.policies.get(key);
  if (row === undefined) throw new Error(`no ${key} is recorded`);
  return row.policy;
};

/** The document in force, or undefined where nobody has written one. */
export const findPolicy = async (db: Database, key: string): Promise<PolicyDocument | undefined> =>
  (await db.policies.get(key))?.policy;

export const listDevices = async (db: Database): Promise<readonly Device[]> => db.devices.toArray();

/** This device and its shop; a shop that was opened has both. */
export const shopAndDevice = async (
  db: Database,
  id: DeviceId,
): Promise<{ readonly shop: Shop; readonly device: Device }> => {
  const device = await db.devices.get(id);
  if (device === undefined) throw new Error("this device has no genesis record");
  return { shop: device.shop, device };
};

/** The import of the file with this digest, unless it was taken back. */
export const getImport = async (db: Database, file: Hash): Promise<StatementImport | undefined> => {
  const known = await db.imports.get(file);
  return known?.takenBack === undefined ? known : undefined;
};

/** The newest imported statements first, those among them that were taken back. */
export const listImports = async (
  db: Database,
  limit = pageSize,
): Promise<readonly StatementImport[]> => db.imports.orderBy("at").reverse().limit(limit).toArray();

/** The newest exported ledger files first. */
export const listExportedFiles = async (
  db: Database,
  limit = pageSize,
): Promise<readonly ExportedFile[]> => db.exports.orderBy("at").reverse().limit(limit).toArray();

export const findRecord = async (
  db: Database,
  { device, seq }: RecordRef,
): Promise<SignedRecord | undefined> => db.records.get([device, seq]);

/** The records of a chain below a number, the last one first. */
export const recordsBelow = async (
  db: Database,
  device: DeviceId,
  below: number,
  limit: number,
): Promise<readonly SignedRecord[]> =>
  db.records
    .where("[device+seq]")
    .between([device, lowest], [device, below], true, false)
    .reverse()
    .limit(limit)
    .toArray();

const chunk = 500;

/** The records of a chain from one number to another, both included, 500 at a time; the next are read meanwhile. */
export async function* recordsFrom(
  db: Database,
  device: DeviceId,
  first: number,
  last: number,
): AsyncGenerator<readonly SignedRecord[], void, undefined> {
  const read = (from: number): Promise<readonly SignedRecord[]> => {
    const until = Math.min(from + chunk - 1, last);
    const range = db.records.where("[device+seq]");
    return range.between([device, from], [device, until], true, true).toArray();
  };
  let coming = first <= last ? read(first) : undefined;
  for (let next = first + chunk; coming !== undefined; next += chunk) {
    const records = await coming;
    coming = next <= last ? read(next) : undefined;
    coming?.catch(() => undefined); // whoever goes on hears of it; whoever has enough need not
    yield records;
  }
}
