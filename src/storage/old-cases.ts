import type { CaseId, PaymentId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Refusal } from "../domain/refund/refusal.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { lowest } from "./paging.ts";
import { openRecord } from "./stored-record.ts";

const atOnce = 50;

/** Requests that were declined before a moment and are wanted, the oldest first. */
export const refusalsBefore = async (
  db: Database,
  before: Instant,
  limit: number,
  isWanted: (refusal: Refusal) => boolean,
): Promise<readonly Refusal[]> => {
  const rows = await db.refusals
    .where("[at+ref]")
    .between([lowest, lowest], [before, lowest])
    .filter(({ refusal }) => refusal.text !== undefined && refusal.reopenedAs === undefined)
    .filter(({ refusal }) => isWanted(refusal))
    .limit(limit)
    .toArray();
  return rows.map(({ refusal }) => refusal);
};

/** Every version of some payments, looked for once in all of them, some at a time. */
export async function* paymentRecords(
  db: Database,
  ids: ReadonlySet<PaymentId>,
): AsyncGenerator<readonly SignedRecord[], void, undefined> {
  const keys = ids.size === 0 ? [] : await db.records.where("kind").equals("payment").primaryKeys();
  for (let at = 0; at < keys.length; at += atOnce) {
    const rows = await db.records.bulkGet(keys.slice(at, at + atOnce));
    yield rows
      .filter((row) => row !== undefined)
      .filter((row) => ids.has(openRecord(row)?.payload["sale"] as PaymentId));
  }
}

/** The refunds of a payment under any of its ids. */
export const caseIdsOf = (db: Database, ids: readonly PaymentId[]): Promise<readonly CaseId[]> =>
  db.cases.where("paymentId").anyOf(ids).primaryKeys();
