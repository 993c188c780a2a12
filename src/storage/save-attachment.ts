import type { Hash } from "../domain/ids.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

/** Keeps bytes under their SHA-256, in a transaction of their own: a full disk here never costs a record. */
export const saveAttachment = async (
  db: Database,
  sha256: Hash,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> => {
  const row = { sha256, bytes: bytes.slice().buffer };
  await writing(db, [db.attachments], () => db.attachments.put(row));
};

export const findAttachment = async (
  db: Database,
  sha256: Hash,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const row = await db.attachments.get(sha256);
  return row === undefined ? undefined : new Uint8Array(row.bytes);
};
