import Dexie, { type Table } from "dexie";
import { holdsBytes, type UploadEntry } from "../domain/upload.ts";
import type { UploadTarget } from "../domain/upload-target.ts";
import type { Database } from "./database.ts";

type TargetRow = { readonly name: "target"; readonly target: UploadTarget };
type FileRow = { readonly id: string; readonly bytes: ArrayBuffer };

type Box = {
  readonly db: Dexie;
  readonly targets: Table<TargetRow, string>;
  readonly entries: Table<UploadEntry, string>;
  readonly files: Table<FileRow, string>;
};

const openBox = (name: string): Box => {
  const db = new Dexie(name, { cache: "disabled" });
  db.version(1).stores({ targets: "name", entries: "id", files: "id" });
  return {
    db,
    targets: db.table("targets"),
    entries: db.table("entries"),
    files: db.table("files"),
  };
};

const boxes = new WeakMap<Database, Box>();

/**
 * Copies on their way to the merchant's own storage, in a database of their own beside the journal: what exports or
 * rescues the journal never reads the secret that lies here, and the journal needs no new version for it.
 */
const boxOf = (journal: Database): Box => {
  const box = boxes.get(journal) ?? openBox(`${journal.name}-uploads`);
  boxes.set(journal, box);
  return box;
};

export const findTarget = async (journal: Database): Promise<UploadTarget | undefined> =>
  (await boxOf(journal).targets.get("target"))?.target;

export const saveTarget = async (journal: Database, target: UploadTarget): Promise<void> => {
  await boxOf(journal).targets.put({ name: "target", target });
};

/** Forgets address, secret, queue and the copies in it. */
export const emptyUploads = async (journal: Database): Promise<void> => {
  const { db, targets, entries, files } = boxOf(journal);
  await db.transaction("rw", targets, entries, files, async () => {
    await targets.clear();
    await entries.clear();
    await files.clear();
  });
};

/** Every entry, oldest first; there are few. */
export const listUploads = async (journal: Database): Promise<readonly UploadEntry[]> =>
  (await boxOf(journal).entries.toArray()).sort((one, other) =>
    one.addedAt < other.addedAt ? -1 : Number(one.addedAt > other.addedAt),
  );

export const findUpload = async (journal: Database, id: string): Promise<UploadEntry | undefined> =>
  boxOf(journal).entries.get(id);

const keptSent = 20;

/** Entry and bytes together; of those that were sent the oldest are forgotten. */
export const addUpload = async (
  journal: Database,
  entry: UploadEntry,
  bytes: ArrayBuffer,
): Promise<void> => {
  const { db, entries, files } = boxOf(journal);
  await db.transaction("rw", entries, files, async () => {
    const all = await entries.toArray();
    const sent = all
      .flatMap(({ id, state }) => (state.state === "sent" ? [{ id, at: state.at }] : []))
      .sort((one, other) => (one.at < other.at ? 1 : -1));
    await entries.bulkDelete(sent.slice(keptSent - 1).map(({ id }) => id));
    await entries.put(entry);
    await files.put({ id: entry.id, bytes });
  });
};

/** The bytes as they were put in: every try sends the same. */
export const findUploadBytes = async (
  journal: Database,
  id: string,
): Promise<ArrayBuffer | undefined> => (await boxOf(journal).files.get(id))?.bytes;

/** Puts an entry in the place of what is there now, unless it was taken out meanwhile; bytes that nobody needs go. */
export const changeUpload = async (
  journal: Database,
  id: string,
  change: (entry: UploadEntry) => UploadEntry,
): Promise<UploadEntry | undefined> => {
  const { db, entries, files } = boxOf(journal);
  return db.transaction("rw", entries, files, async () => {
    const before = await entries.get(id);
    if (before === undefined) return undefined;
    const after = change(before);
    await entries.put(after);
    if (!holdsBytes(after.state)) await files.delete(id);
    return after;
  });
};

export const dropUpload = async (journal: Database, id: string): Promise<void> => {
  const { db, entries, files } = boxOf(journal);
  await db.transaction("rw", entries, files, async () => {
    await entries.delete(id);
    await files.delete(id);
  });
};
