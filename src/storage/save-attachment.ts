import type { Hash } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const rowOf = (sha256: Hash, bytes: Bytes) => ({ sha256, bytes: bytes.slice().buffer });

/** Keeps bytes under their SHA-256, in a transaction of their own: a full disk here never costs a record. */
export const saveAttachment = async (db: Database, sha256: Hash, bytes: Bytes): Promise<void> => {
  await writing(db, [db.attachments], () => db.attachments.put(rowOf(sha256, bytes)));
};

/** Keeps the bytes of a draft; until a record names them they can be forgotten again. */
export const saveDraftAttachment = (
  db: Database,
  {
    sha256,
    bytes,
    since,
  }: { readonly sha256: Hash; readonly bytes: Bytes; readonly since: Instant },
): Promise<void> =>
  writing(db, [db.attachments, db.unused], async () => {
    const known = await db.attachments.where("sha256").equals(sha256).count();
    if (known > 0) return;
    await db.attachments.put(rowOf(sha256, bytes));
    await db.unused.put({ sha256, since });
  });

/** Deletes bytes that no record names; those that one names stay, whoever asks. */
export const dropUnused = (db: Database, sha256: Hash): Promise<void> =>
  writing(db, [db.attachments, db.unused], async () => {
    if ((await db.unused.get(sha256)) === undefined) return;
    await db.attachments.delete(sha256);
    await db.unused.delete(sha256);
  });

/** Bytes of drafts that were kept before a moment and never recorded. */
export const unusedSince = async (db: Database, before: Instant): Promise<readonly Hash[]> => {
  const rows = await db.unused.toArray();
  return rows.filter(({ since }) => since < before).map(({ sha256 }) => sha256);
};

export const findAttachment = async (db: Database, sha256: Hash): Promise<Bytes | undefined> => {
  const row = await db.attachments.get(sha256);
  return row === undefined ? undefined : new Uint8Array(row.bytes);
};
