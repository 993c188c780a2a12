import { backupDue, type BackupDue, type BackupNote } from "../domain/backup-due.ts";
import { findEnvelope } from "../storage/envelopes.ts";
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

/** A backup from the future was made while the clock was wrong: it says nothing of how old it is. */
const believable = (note: BackupNote | undefined, nowMs: number): BackupNote | undefined =>
  note === undefined || note.at > nowMs ? undefined : note;

/** Without the shop's wrapped root no backup can be made here: nothing is kept back for want of one. */
const levelHere = async ({ journal, training }: Deps, level: BackupDue["level"]) => {
  if (training) return "fresh";
  if (level !== "over") return level;
  return (await findEnvelope(journal.db, "root")) === undefined ? "due" : level;
};

/** How this device stands with its backups; practice needs none. */
export const readBackupDue = async (
  deps: Deps,
): Promise<BackupDue & { readonly note: BackupNote | undefined }> => {
  const { db } = deps.journal;
  const note = believable(await findBackupNote(db), deps.now());
  const opened = await openedAt(deps);
  const due = backupDue(note, {
    refunds: await refundsSince(db, instantFromMs(note?.at ?? opened)),
    device: deps.device,
    seq: (await lastOfChain(db, deps.device)) ?? 0,
    nowMs: deps.now(),
    openedAt: opened,
  });
  return { ...due, level: await levelHere(deps, due.level), note };
};
