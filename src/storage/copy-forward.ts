import type { DeviceId } from "../domain/ids.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { toBytes } from "../ledger/base64url.ts";
import { readUtf8 } from "../ledger/canonical.ts";
import { readFrames, writeFrame } from "../ledger/frame.ts";
import { parseRecordLine, writeRecordLine } from "../ledger/record-line.ts";
import type { Bytes, SignedRecord } from "../ledger/record.ts";
import type { Journal } from "./append-record.ts";
import type { Database } from "./database.ts";
import { recordsFrom } from "./queries.ts";
import type { HeadRow } from "./rows.ts";
import type { SafetyCopy, SafetyCopyFault } from "./safety-copy.ts";

type Copied = Result<undefined, SafetyCopyFault>;

/** Behind so many records and bytes of a copy. */
type Place = { readonly count: number; readonly size: number };

/** The frame of a record: the same bytes whenever it is written. */
export const frameOf = (record: SignedRecord): Bytes =>
  writeFrame(toBytes(writeRecordLine(record)));

/** Several frames as one piece, appended at once. */
export const framesOf = (records: readonly SignedRecord[]): Bytes => {
  const frames = records.map(frameOf);
  const bytes = new Uint8Array(frames.reduce((size, frame) => size + frame.length, 0));
  let offset = 0;
  for (const frame of frames) {
    bytes.set(frame, offset);
    offset += frame.length;
  }
  return bytes;
};

const headerSize = 8;

/** The record inside a frame, if it is one. */
export const recordIn = (content: Bytes): SignedRecord | undefined => {
  const text = readUtf8(content);
  const record = text === undefined ? undefined : parseRecordLine(text);
  return record?.ok === true ? record.value : undefined;
};

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

/** Length of the copy's part that says the same as the database, byte for byte, and the records in it. */
const commonPart = async (
  db: Database,
  head: HeadRow,
  frames: readonly Bytes[],
): Promise<Place> => {
  let size = 0;
  let count = 0;
  for await (const records of recordsFrom(db, head.device, 0, head.seq))
    for (const record of records) {
      const content = frames[count];
      if (content === undefined) return { size, count };
      if (!sameBytes(content, toBytes(writeRecordLine(record)))) return { size, count };
      size += headerSize + content.length;
      count += 1;
    }
  return { size, count };
};

/** The first record beyond the common part that the database does not hold too. */
const findForeign = async (
  db: Database,
  device: DeviceId,
  frames: readonly Bytes[],
): Promise<number | undefined> => {
  for (const content of frames) {
    const record = recordIn(content);
    if (record === undefined) continue;
    const known = await db.records.get([device, record.seq]);
    if (record.device !== device || known?.hash !== record.hash) return record.seq;
  }
  return undefined;
};

const appendRest = async (journal: Journal, head: HeadRow, from: Place): Promise<Copied> => {
  const name = journal.copyName(head.device);
  let { size } = from;
  for await (const records of recordsFrom(journal.db, head.device, from.count, head.seq)) {
    const appended = await journal.safetyCopy.append(name, framesOf(records), size);
    if (!appended.ok) return appended;
    size = appended.value.size;
  }
  return size === head.copySize ? ok(undefined) : fail({ kind: "other_size", size });
};

const cutTo = async (copy: SafetyCopy, name: string, size: number): Promise<Copied> => {
  const cut = await copy.truncate(name, size);
  return cut.ok ? ok(undefined) : cut;
};

/** Beside a copy that is being written anew: holds all that was cut off it until that is written again (rel-S22, rel-S23). */
export const asideName = (copyName: string): string => `${copyName}.new`;

/** Takes away what a rewriting left beside the copy. */
export const dropAside = (journal: Journal, device: DeviceId): Promise<Copied> =>
  journal.safetyCopy.remove(asideName(journal.copyName(device)));

/** Writes what a copy will lack for a moment into a file beside it, and reads it back. */
const keepAside = async (journal: Journal, head: HeadRow, from: Place): Promise<Copied> => {
  const name = asideName(journal.copyName(head.device));
  const dropped = await journal.safetyCopy.remove(name);
  if (!dropped.ok) return dropped;
  let size = 0;
  for await (const records of recordsFrom(journal.db, head.device, from.count, head.seq)) {
    const appended = await journal.safetyCopy.append(name, framesOf(records), size);
    if (!appended.ok) return appended;
    size = appended.value.size;
  }
  const read = await journal.safetyCopy.read(name);
  if (!read.ok) return read;
  const { frames } = readFrames(read.value ?? new Uint8Array());
  return frames.length === head.seq + 1 - from.count
    ? ok(undefined)
    : fail({ kind: "other_size", size: read.value?.length ?? 0 });
};

/** Makes the copy say what the database says: cuts what differs, appends what it lacks; foreign records stop it. */
export const completeCopy = async (journal: Journal, head: HeadRow): Promise<Copied> => {
  const name = journal.copyName(head.device);
  const read = await journal.safetyCopy.read(name);
  if (!read.ok) return read;
  const bytes = read.value ?? new Uint8Array();
  const { frames } = readFrames(bytes);
  const common = await commonPart(journal.db, head, frames);
  const rest = frames.slice(common.count);
  const foreign = await findForeign(journal.db, head.device, rest);
  if (foreign !== undefined) return fail({ kind: "differs", seq: foreign });
  const aside = rest.length === 0 ? ok(undefined) : await keepAside(journal, head, common);
  if (!aside.ok) return aside;
  if (common.size < bytes.length) {
    const cut = await cutTo(journal.safetyCopy, name, common.size);
    if (!cut.ok) return cut;
  }
  const appended = await appendRest(journal, head, common);
  return appended.ok && rest.length > 0 ? dropAside(journal, head.device) : appended;
};

/** Appends the newest frames; a copy of unexpected length is completed from the database. */
export const copyForward = async (
  journal: Journal,
  head: HeadRow,
  frames: Bytes,
): Promise<Copied> => {
  const at = head.copySize - frames.length;
  const appended = await journal.safetyCopy.append(journal.copyName(head.device), frames, at);
  if (appended.ok) return ok(undefined);
  return appended.fault.kind === "other_size" ? completeCopy(journal, head) : appended;
};

/** Whether the copy holds all that the database holds; one of another length is completed. */
export const confirmCopy = async (journal: Journal, head: HeadRow): Promise<Copied> => {
  const listed = await journal.safetyCopy.list();
  if (!listed.ok) return listed;
  const file = listed.value.find(({ name }) => name === journal.copyName(head.device));
  return file?.size === head.copySize ? ok(undefined) : completeCopy(journal, head);
};

/** Copies of other devices' chains bear a name that is nobody's own, so that none is ever taken for this device's. */
export const peerJournal = (journal: Journal): Journal => ({
  ...journal,
  copyName: (device) => `peer-${journal.copyName(device)}`,
});

/** Writes copies of other devices' chains anew of which something was erased. */
export const rewritePeers = async (
  journal: Journal,
  heads: readonly HeadRow[],
): Promise<Copied> => {
  for (const head of heads) {
    const copied = await completeCopy(peerJournal(journal), head);
    if (!copied.ok) return copied;
  }
  return ok(undefined);
};
