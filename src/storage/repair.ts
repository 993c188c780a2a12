import Dexie from "dexie";
import { ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { recordRow } from "./append-record.ts";
import { permitRepair } from "./append-only.ts";
import type { Database } from "./database.ts";
import type { RecordRow } from "./rows.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { openRecord, toRecorded } from "./stored-record.ts";
import { writing } from "./writing.ts";

const batch = 500;

const rowOf = (record: SignedRecord): RecordRow => {
  const stored = openRecord(record);
  return recordRow(record, stored && toRecorded(stored, undefined));
};

const quarantine = async (db: Database, rows: readonly RecordRow[]): Promise<void> => {
  for (const row of rows) {
    const known = await db.records.get([row.device, row.seq]);
    if (known === undefined) continue;
    const id = `${row.device}:${row.seq}:${hashText(JSON.stringify(known))}`;
    await db.quarantine.put({ id, row: known });
  }
};

const restoreBatch = async (db: Database, records: readonly SignedRecord[]): Promise<void> => {
  const rows = records.map(rowOf);
  await writing(db, [db.records, db.quarantine], async () => {
    permitRepair(Dexie.currentTransaction);
    await quarantine(db, rows);
    await db.records.bulkPut(rows);
  });
};

/** Puts records of the copy where the database has none or a damaged one, which is kept aside as it was found. */
export const restoreRecords = async (
  db: Database,
  records: readonly SignedRecord[],
): Promise<Result<undefined, StorageFault>> =>
  withReopening(db, async () => {
    for (let first = 0; first < records.length; first += batch)
      await restoreBatch(db, records.slice(first, first + batch));
    return ok(undefined);
  });
