import { backupCrypto } from "../../src/platform/backup-crypto.ts";
import type { BackupCrypto } from "../../src/usecases/backup-crypto.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { makeBackup, prepareBackups, type Backup } from "../../src/usecases/make-backup.ts";
import { valueOf } from "./a.ts";

/** The browser's own cryptography, as it is. */
export const crypto: BackupCrypto = backupCrypto;

export const quietly = () => ({
  onProgress: () => undefined,
  signal: new AbortController().signal,
});

/** A backup of a till as it would be handed out. */
export const backupOf = async (
  deps: Deps,
  recoveryCode: string,
  by: BackupCrypto = crypto,
): Promise<Backup> => {
  valueOf(await prepareBackups(deps, by, recoveryCode));
  return valueOf(await makeBackup(deps, by, quietly()));
};

/** The lines of a backup sealed again after somebody changed them. */
export const sealedLines = async (
  deps: Deps,
  lines: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> => {
  const row = await deps.journal.db.envelopes.get("backup_key");
  const key = row?.content as unknown as Awaited<ReturnType<BackupCrypto["newKey"]>>;
  const all = async function* () {
    yield* lines;
  };
  return backupCrypto.seal(key, all());
};
