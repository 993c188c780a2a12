import type { IndexableType } from "dexie";
import type { StatementImport } from "../domain/books.ts";
import {
  writeRef,
  type BatchId,
  type CaseId,
  type PaymentId,
  type RecordRef,
} from "../domain/ids.ts";
import { addDays, secondsOf, type BusinessDate, type Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { PackedReturns } from "../domain/reconcile/comparison.ts";
import { blockFields } from "../domain/statements/statement-index.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "./database.ts";
import { rowsWithNumbers } from "./find-in-statements.ts";
import { highest, lowest } from "./paging.ts";
import { completeImports } from "./save-statement.ts";
import { blockList, indexPart, searchedImports, type BlockList } from "./statement-index.ts";

/** Where rows lie that give money back. */
export type ReturnBlocks = {
  readonly places: readonly {
    readonly importId: string;
    readonly block: number;
    readonly imported: RecordRef;
  }[];
  /** Merchant numbers that the rows of each acquirer name. */
  readonly merchants: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Blocks that hold a return, those that end before a second left out. */
const blocksWithReturns = ({ fields }: BlockList, since: number): readonly number[] => {
  const found: number[] = [];
  for (let at = 0; at < fields.length; at += blockFields)
    if (fields[at + 1] === 1 && (fields[at + 3] ?? 0) >= since) found.push(at / blockFields);
  return found;
};

/** Every block with a row that gives money back since a day, by what the indexes say: none is opened. */
export const returnsSince = async (db: Database, firstDay: BusinessDate): Promise<ReturnBlocks> => {
  const since = secondsOf(`${addDays(firstDay, -1)}T00:00:00Z` as Instant);
  const places: ReturnBlocks["places"][number][] = [];
  const merchants = new Map<string, Set<string>>();
  for (const [importId, imported] of await searchedImports(db)) {
    const list = await blockList(db, importId);
    if (!reaches(list, since)) continue;
    for (const names of await indexPart(db, importId, "merchants"))
      for (const [acquirer, name] of names)
        merchants.set(acquirer, (merchants.get(acquirer) ?? new Set()).add(name));
    for (const block of blocksWithReturns(list, since)) places.push({ importId, block, imported });
  }
  return { places, merchants };
};

/** Some of those blocks as they are stored. */
export const getReturns = async (
  db: Database,
  places: ReturnBlocks["places"],
): Promise<readonly PackedReturns[]> => {
  const blocks = await db.statementBlocks.bulkGet(
    places.map(({ importId, block }): [string, number] => [importId, block]),
  );
  return places.flatMap(({ imported }, at) => {
    const block = blocks[at];
    return block === undefined ? [] : [{ imported, block }];
  });
};

const reaches = ({ fields }: BlockList, since: number): boolean => {
  for (let at = 3; at < fields.length; at += blockFields)
    if ((fields[at] ?? 0) >= since) return true;
  return false;
};

/** The payments of these channel numbers, as far as statements show them; opens only the blocks that hold one. */
export const paymentRows = async (
  db: Database,
  transactions: ReadonlySet<string>,
): Promise<ReadonlyMap<string, StatementRow>> => {
  const found = new Map<string, StatementRow>();
  for (const { row } of await rowsWithNumbers(db, [...transactions]))
    if (row.kind === "payment" && transactions.has(row.transactionId))
      found.set(row.transactionId, row);
  return found;
};

/** The recorded imports whose rows are here: of one that was taken back nothing is left to be missed. */
export const importsHere = async (db: Database): Promise<readonly StatementImport[]> => {
  const files = [...(await completeImports(db)).values()].flatMap(({ digest }) => digest ?? []);
  const rows = await db.imports.bulkGet(files);
  return rows.flatMap((row) => row ?? []);
};

const paymentsAtOnce = 500;

/** Payments that count refunds made elsewhere, by the numbers of those refunds; read some at a time. */
export const paymentsCounting = async (
  db: Database,
): Promise<ReadonlyMap<string, readonly Payment[]>> => {
  const found = new Map<string, readonly Payment[]>();
  let last: PaymentId | undefined;
  for (;;) {
    const some =
      last === undefined ? db.payments.toCollection() : db.payments.where("paymentId").above(last);
    const rows = await some.limit(paymentsAtOnce).toArray();
    for (const { payment } of rows)
      for (const { number } of payment.versions.flatMap(({ outside }) => outside))
        found.set(number, [...(found.get(number) ?? []), payment]);
    if (rows.length < paymentsAtOnce) return found;
    last = rows.at(-1)?.paymentId;
  }
};

/** The cases whose refund records these are. */
export const casesOfRecords = async (
  db: Database,
  refs: readonly RecordRef[],
): Promise<readonly CaseId[]> => {
  const rows = await db.cases.where("refs").anyOf(refs.map(writeRef)).toArray();
  return [...new Set(rows.map(({ caseId }) => caseId))];
};

const casesAtOnce = 100;

/** Cases recorded since a moment, by key range. */
export const casesSince = async (db: Database, since: Instant): Promise<readonly RefundCase[]> => {
  const index = db.cases.where("[createdAt+caseId]");
  const range = index.between([since, lowest], [highest, highest]);
  return (await range.toArray()).map((row) => row.refundCase);
};

/** The same, the earliest first, some at a time. */
export const pagesOfCases = async function* (
  db: Database,
  since: Instant,
): AsyncGenerator<readonly RefundCase[]> {
  const index = db.cases.where("[createdAt+caseId]");
  let after: readonly [IndexableType, IndexableType] = [since, lowest];
  for (;;) {
    const range = index.between([...after], [highest, highest], false);
    const rows = await range.limit(casesAtOnce).toArray();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => row.refundCase);
    after = [last.createdAt, last.caseId];
  }
};

/** The payments of some ids, as far as they are here. */
export const getPayments = async (
  db: Database,
  ids: readonly PaymentId[],
): Promise<ReadonlyMap<PaymentId, Payment>> => {
  const rows = await db.payments.bulkGet([...ids]);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.paymentId, row.payment]])));
};

/** Which format each of some batches has. */
export const batchFormatsOf = async (
  db: Database,
  ids: readonly BatchId[],
): Promise<ReadonlyMap<BatchId, string>> => {
  const rows = await db.batches.bulkGet([...ids]);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.batchId, row.format]])));
};
