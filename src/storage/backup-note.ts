import type { BackupNote } from "../domain/backup-due.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { JsonObject } from "../domain/journal-event.ts";
import type { Database } from "./database.ts";
import { findEnvelope, saveEnvelope } from "./envelopes.ts";
import { highest } from "./paging.ts";

const noteName = "backup";
const keyName = "backup_key";

export const findBackupNote = async (db: Database): Promise<BackupNote | undefined> =>
  (await findEnvelope(db, noteName)) as BackupNote | undefined;

export const saveBackupNote = (db: Database, note: BackupNote): Promise<void> =>
  saveEnvelope(db, noteName, note);

/** The key of this device's backups as it was kept; plain data. */
export const findBackupKey = (db: Database): Promise<JsonObject | undefined> =>
  findEnvelope(db, keyName);

export const saveBackupKey = (db: Database, key: JsonObject): Promise<void> =>
  saveEnvelope(db, keyName, key);

/** More are not counted: it is a reminder. */
const enough = 100;

/** How many refunds were recorded here since a time, at most a hundred. */
export const refundsSince = (db: Database, since: Instant): Promise<number> =>
  db.cases
    .where("[createdAt+caseId]")
    .between([since, highest], [highest, highest], false, true)
    .limit(enough)
    .count();

/** The last record of a chain; undefined before its first. */
export const lastOfChain = async (db: Database, device: DeviceId): Promise<number | undefined> =>
  (await db.heads.get(device))?.seq;
