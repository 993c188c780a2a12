import type { StatementImport } from "../domain/books.ts";
import type { ImportedRow } from "../domain/found-payment.ts";
import type { BatchId, PaymentId } from "../domain/ids.ts";
import type { BusinessDate, Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { numberHash } from "../domain/statements/number-hash.ts";
import { readBlock } from "../domain/statements/statement-block.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "./database.ts";
import { rowsOf, searchable } from "./find-in-statements.ts";
import { highest, lowest } from "./paging.ts";
import { completeImports } from "./save-statement.ts";

/** What the statements say of refunds since a day. */
export type Returns = {
  readonly rows: readonly ImportedRow[];
  /** Merchant numbers that the rows of each acquirer name. */
  readonly merchants: ReadonlyMap<string, ReadonlySet<string>>;
};

const givesBack = ({ kind }: StatementRow): boolean => kind === "refund" || kind === "revoked";

/** Every row that gives money back since a day; opens the blocks of that time only. */
export const returnsSince = async (db: Database, firstDay: BusinessDate): Promise<Returns> => {
  const { imports, keys } = await searchable(db);
  const rows: ImportedRow[] = [];
  const merchants = new Map<string, Set<string>>();
  for (const key of keys) {
    const imported = imports.get(key.importId)?.record;
    if (key.lastDay < firstDay || imported === undefined) continue;
    const packed = await rowsOf(db, key);
    for (const row of packed === undefined ? [] : readBlock({ rows: packed })) {
      const named = merchants.get(row.acquirer) ?? new Set();
      if (row.merchantNo !== "") merchants.set(row.acquirer, named.add(row.merchantNo));
      if (givesBack(row)) rows.push({ row, imported });
    }
  }
  return { rows, merchants };
};

/** The payments of these channel numbers, as far as statements show them; opens only the blocks that may hold one. */
export const paymentRows = async (
  db: Database,
  transactions: ReadonlySet<string>,
): Promise<ReadonlyMap<string, StatementRow>> => {
  const hashes = new Set([...transactions].map(numberHash));
  const found = new Map<string, StatementRow>();
  for (const key of (await searchable(db)).keys) {
    if (!key.keys.some((hash) => hashes.has(hash))) continue;
    const rows = await rowsOf(db, key);
    for (const row of rows === undefined ? [] : readBlock({ rows }))
      if (row.kind === "payment" && transactions.has(row.transactionId))
        found.set(row.transactionId, row);
  }
  return found;
};

/** The recorded imports whose rows are here: of one that was taken back nothing is left to be missed. */
export const importsHere = async (db: Database): Promise<readonly StatementImport[]> => {
  const files = [...(await completeImports(db)).values()].flatMap(({ digest }) => digest ?? []);
  const rows = await db.imports.bulkGet(files);
  return rows.flatMap((row) => row ?? []);
};

/** Cases recorded since a moment, by key range. */
export const casesSince = async (db: Database, since: Instant): Promise<readonly RefundCase[]> => {
  const index = db.cases.where("[createdAt+caseId]");
  const range = index.between([since, lowest], [highest, highest]);
  return (await range.toArray()).map((row) => row.refundCase);
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
