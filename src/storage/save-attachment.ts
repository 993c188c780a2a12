import type { Hash } from "../domain/ids.ts";
import type { Database } from "./database.ts";

/** Keeps bytes under their SHA-256, in a transaction of their own: a full disk here never costs a record. */
export const saveAttachment = async (
  db: Database,
  sha256: Hash,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> => {
  await db.attachments.put({ sha256, bytes: bytes.slice().buffer });
};

export const findAttachment = async (
  db: Database,
  sha256: Hash,
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const row = await db.attachments.get(sha256);
  return row === undefined ? undefined : new Uint8Array(row.bytes);
};
