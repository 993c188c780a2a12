import Dexie from "dexie";
import type { DeviceId } from "../domain/ids.ts";
import { ok, type Result } from "../domain/result.ts";
import { hashText } from "../ledger/base64url.ts";
import { erasedBy, erasuresIn, withoutErased } from "../ledger/erasure.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { recordRow } from "./append-record.ts";
import { permitRepair } from "./append-only.ts";
import type { Database } from "./database.ts";
import { countsFor, erasableTables, erasuresAbout, forgetErased } from "./forget-erased.ts";
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

/** Puts whole records where damaged ones stand, which are kept aside; to be called inside a transaction. */
export const putInPlace = async (db: Database, rows: readonly RecordRow[]): Promise<void> => {
  permitRepair(Dexie.currentTransaction);
  await quarantine(db, rows);
  await db.records.bulkPut(rows);
};

const restoreBatch = async (db: Database, records: readonly SignedRecord[]): Promise<void> => {
  const rows = records.map(rowOf);
  await writing(db, [db.records, db.quarantine], () => putInPlace(db, rows));
};

/** A copy may still tell what was erased: it never comes back. */
const stripped = async (
  db: Database,
  records: readonly SignedRecord[],
  home: DeviceId | undefined,
): Promise<readonly SignedRecord[]> => {
  const known = await erasuresAbout(db, new Set(records.map(({ device }) => device)));
  const erased = erasedBy([...erasuresIn(records), ...known].filter(countsFor(home)));
  return records.map((record) => withoutErased(record, erased));
};

/** What was rolled back, or kept aside as damaged, may still tell what the restored records erase. */
const forgetAgain = async (
  db: Database,
  records: readonly SignedRecord[],
  home: DeviceId | undefined,
): Promise<void> => {
  const erasing = erasuresIn(records).filter(countsFor(home));
  if (erasing.length === 0) return;
  await writing(db, erasableTables(db), () => forgetErased(db, erasing));
};

/**
 * Puts records of the copy where the database has none or a damaged one, which is kept aside as it was found; without
 * what was erased of them. `home` is the device whose journal this is.
 */
export const restoreRecords = async (
  db: Database,
  records: readonly SignedRecord[],
  home: DeviceId | undefined,
): Promise<Result<undefined, StorageFault>> =>
  withReopening(db, async () => {
    const kept = await stripped(db, records, home);
    for (let first = 0; first < kept.length; first += batch)
      await restoreBatch(db, kept.slice(first, first + batch));
    await forgetAgain(db, kept, home);
    return ok(undefined);
  });
