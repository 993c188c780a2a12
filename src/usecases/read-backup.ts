import { parseBackupEnd, parseBackupTitle, type BackupTitle } from "../domain/backup-lines.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { newDigest } from "../ledger/sha256.ts";
import { chainsOf, readBackupRows, type BackupRows } from "../storage/backup-rows.ts";
import type { Deps } from "./deps.ts";

/** A backup read by its form; what its records prove is checked where it is taken in. */
export type BackupContent = { readonly title: BackupTitle; readonly rows: BackupRows };

export type BackupContentFault = { readonly kind: "backup_damaged" };

type Pause = Deps["pause"];

const digestOf = async (lines: readonly string[], pause: Pause): Promise<string> => {
  const digest = newDigest();
  for (const line of lines) {
    digest.update(toBytes(`${line}\n`));
    await pause();
  }
  return encodeBase64url(digest.finish());
};

/** Reads the lines of an opened backup: every one of a known form, none missing at the end. */
export const readLines = async (
  lines: readonly string[],
  pause: Pause,
): Promise<Result<BackupContent, BackupContentFault>> => {
  const title = parseBackupTitle(lines[0]);
  const end = parseBackupEnd(lines.at(-1));
  const isWhole =
    end?.n === lines.length - 2 && end.sha256 === (await digestOf(lines.slice(0, -1), pause));
  const rows = isWhole ? await readBackupRows(lines.slice(1, -1), pause) : undefined;
  return title === undefined || rows === undefined
    ? fail({ kind: "backup_damaged" })
    : ok({ title, rows });
};

/** Whether the records end exactly where the title says, chain by chain. */
export const headsAgree = ({ title, rows }: BackupContent): boolean => {
  const chains = chainsOf(rows.records);
  return (
    chains.size === title.heads.length &&
    title.heads.every(({ device, seq, hash: head }) => {
      const chain = chains.get(device);
      return chain?.length === seq + 1 && chain.at(-1)?.hash === head;
    })
  );
};
