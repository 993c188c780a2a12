import { backupDue, type BackupDue, type BackupNote } from "../domain/backup-due.ts";
import { findBackupNote, lastOfChain, refundsSince } from "../storage/backup-note.ts";
import { instantFromMs } from "../domain/instant.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";

const openedAt = async (deps: Deps): Promise<number> => {
  const first = await findRecord(deps.journal.db, { device: deps.device, seq: 0 });
  const iat = first && openRecord(first)?.iat;
  return iat === undefined ? deps.now() : iat * 1000;
};

/** How this device stands with its backups; practice needs none. */
export const readBackupDue = async (
  deps: Deps,
): Promise<BackupDue & { readonly note: BackupNote | undefined }> => {
  const { db } = deps.journal;
  const note = await findBackupNote(db);
  const opened = await openedAt(deps);
  const due = backupDue(note, {
    refunds: await refundsSince(db, instantFromMs(note?.at ?? opened)),
    seq: (await lastOfChain(db, deps.device)) ?? 0,
    nowMs: deps.now(),
    openedAt: opened,
  });
  return { ...due, ...(deps.training ? { level: "fresh" as const } : {}), note };
};
