import type { BackupHeaderFault, WrappedContentKey } from "../domain/backup-file.ts";
import type { Result } from "../domain/result.ts";

/** The key of this device's backups, as it is kept, and the same wrapped under the recovery code. */
export type BackupKey = { readonly secret: string; readonly wrapped: WrappedContentKey };

export type OpenBackupFault =
  | BackupHeaderFault
  /** The code is another one, or a byte of the file is; which of both cannot be told. */
  | { readonly kind: "backup_wrong_code" }
  /** It opens and breaks off, or grows beyond all measure. */
  | { readonly kind: "backup_damaged" };

/** Seals and opens backup files; built from the browser's own cryptography. */
export type BackupCrypto = {
  /** A new key, wrapped under the recovery code. */
  readonly newKey: (recoveryCode: string) => Promise<BackupKey>;
  /** The lines of a backup, made small and sealed, as one file. */
  readonly seal: (key: BackupKey, lines: AsyncIterable<string>) => Promise<Uint8Array<ArrayBuffer>>;
  /** Every line of a file, by its recovery code or by the key itself; nothing is given of a file that does not open whole. */
  readonly open: (
    file: Blob,
    by: { readonly recoveryCode: string } | { readonly key: BackupKey },
  ) => Promise<Result<readonly string[], OpenBackupFault>>;
};
