import type { BackupNote } from "../domain/backup-due.ts";
import type { BackupTitle } from "../domain/backup-lines.ts";
import type { JsonObject, Shop } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { newDigest } from "../ledger/sha256.ts";
import { findBackupKey, saveBackupKey, saveBackupNote } from "../storage/backup-note.ts";
import { backupLines, headsHere } from "../storage/backup-rows.ts";
import { shopAndDevice } from "../storage/queries.ts";
import type { HeadRow } from "../storage/rows.ts";
import type { BackupCrypto, BackupKey } from "./backup-crypto.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import { openRoot, type RootFault } from "./own-root.ts";
import { headsAgree, readLines } from "./read-backup.ts";

export type BackupJob = {
  readonly onProgress: (lines: number) => void;
  readonly signal: AbortSignal;
};

export type MakeBackupFault =
  | LockedFault
  | NotEntitled
  | BackupInPractice
  /** Nobody has given the recovery code on this device yet. */
  | { readonly kind: "backup_no_key" }
  /** It was read back and is not what was written: it is not handed out. */
  | { readonly kind: "backup_not_written" }
  | { readonly kind: "cancelled" };

/** Practice and the real shop never meet, nor do their files (rel-S19). */
export type BackupInPractice = { readonly kind: "backup_in_practice" };

/** A backup that was read back and found whole; nothing has left yet. */
export type Backup = { readonly file: OutFile; readonly note: BackupNote };

/** Whether the recovery code was given on this device, so that a backup is one tap. */
export const hasBackupKey = async ({ journal }: Pick<Deps, "journal">): Promise<boolean> =>
  (await findBackupKey(journal.db)) !== undefined;

/**
 * Takes the shop's recovery code once: every backup of this device can be opened with it, and only with it. A code that does
 * not open the shop's root is refused, so that no backup is sealed under a mistyped one.
 */
export const prepareBackups = async (
  deps: Deps,
  crypto: BackupCrypto,
  recoveryCode: string,
): Promise<Result<undefined, LockedFault | NotEntitled | RootFault>> => {
  const staff = whoMay(deps, "back_up");
  if (!staff.ok) return staff;
  const root = await openRoot(deps, recoveryCode);
  if (!root.ok) return root;
  const key: JsonObject = { ...(await crypto.newKey(recoveryCode)) };
  await saveBackupKey(deps.journal.db, key);
  return ok(undefined);
};

const shopOf = ({ name, currency, zone }: Shop) => ({ name, currency, zone });

const titleOf = async (deps: Deps, heads: readonly HeadRow[]): Promise<BackupTitle> => {
  const { shop, device } = await shopAndDevice(deps.journal.db, deps.device);
  return {
    t: "backup",
    v: 1,
    app: deps.app,
    at: deps.now(),
    device: deps.device,
    label: device.label,
    shop: shopOf(shop),
    heads: heads.map(({ device: kid, seq, hash }) => ({ device: kid, seq, hash })),
  };
};

const pauseEvery = 200;

async function* withTitleAndEnd(
  deps: Deps,
  title: BackupTitle,
  { onProgress, signal }: BackupJob,
): AsyncGenerator<string> {
  const digest = newDigest();
  const sum = (line: string): string => {
    digest.update(toBytes(`${line}\n`));
    return line;
  };
  yield sum(JSON.stringify(title));
  let count = 0;
  for await (const line of backupLines(deps.journal.db, title.heads)) {
    if (signal.aborted) return;
    yield sum(line);
    if (++count % pauseEvery !== 0) continue;
    onProgress(count);
    await deps.pause();
  }
  yield JSON.stringify({ t: "end", n: count, sha256: encodeBase64url(digest.finish()) });
}

const noteOf = (title: BackupTitle, own: HeadRow, file: OutFile): BackupNote => ({
  at: title.at,
  device: own.device,
  seq: own.seq,
  records: title.heads.reduce((sum, { seq }) => sum + seq + 1, 0),
  bytes: file.bytes.length,
});

const readBack = async (
  crypto: BackupCrypto,
  key: BackupKey,
  { file, pause }: { readonly file: OutFile; readonly pause: Deps["pause"] },
): Promise<boolean> => {
  const opened = await crypto.open(new Blob([file.bytes]), { key });
  const read = opened.ok ? await readLines(opened.value, pause) : opened;
  return read.ok && headsAgree(read.value);
};

/**
 * Writes everything that this device cannot make again into one sealed file, and reads the file back before it is offered
 * (reliability.md S14). This device's private key is not in it: it cannot be read.
 */
export const makeBackup = async (
  deps: Deps,
  crypto: BackupCrypto,
  job: BackupJob,
): Promise<Result<Backup, MakeBackupFault>> => {
  const staff = whoMay(deps, "back_up");
  if (!staff.ok) return staff;
  if (deps.training) return fail({ kind: "backup_in_practice" });
  const kept = await findBackupKey(deps.journal.db);
  if (kept === undefined) return fail({ kind: "backup_no_key" });
  const key = kept as unknown as BackupKey;
  const heads = await headsHere(deps.journal.db);
  const own = heads.find(({ device }) => device === deps.device);
  if (own === undefined) throw new Error("an open shop has a chain");
  const title = await titleOf(deps, heads);
  const bytes = await crypto.seal(key, withTitleAndEnd(deps, title, job));
  if (job.signal.aborted) return fail({ kind: "cancelled" });
  const name = fileName(deps, "backup", "refundbackup");
  const file = { name, type: "application/octet-stream", bytes };
  const isWhole = await readBack(crypto, key, { file, pause: deps.pause });
  return isWhole
    ? ok({ file, note: noteOf(title, own, file) })
    : fail({ kind: "backup_not_written" });
};

/** The file was shared or saved: from now on the reminder counts from it. */
export const backupHandedOut = (deps: Deps, { note }: Backup): Promise<void> =>
  saveBackupNote(deps.journal.db, note);
