import { writeRef, type DeviceId } from "../domain/ids.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Journal } from "./append-record.ts";
import { framesOf } from "./copy-forward.ts";
import type { Database } from "./database.ts";
import type { Mark } from "./marks.ts";
import { findRecord } from "./queries.ts";
import { isHalfRebuilt, lastSeq } from "./rebuild.ts";
import type { HeadRow } from "./rows.ts";
import type { ListedCopies, SafetyCopyFault } from "./safety-copy.ts";
import { follows, openRecord } from "./stored-record.ts";
import { writing } from "./writing.ts";

/** So many of the newest records are looked at on every start (rel-S3). */
const newest = 500;

/** `whole`: go. `copy`: the database is whole, the copy is not. `projections`: rebuild. `unsure`: survey everything. */
export type Quick =
  | { readonly kind: "whole"; readonly head: HeadRow }
  | { readonly kind: "copy"; readonly head: HeadRow }
  | { readonly kind: "no_copy"; readonly head: HeadRow; readonly fault: SafetyCopyFault }
  | { readonly kind: "unsure" };

const damage = "damaged";

/** Somebody found damage that the newest records do not show: the next start looks at all of them. */
export const noteDamage = (db: Database): Promise<unknown> =>
  writing(db, [], () => db.meta.put({ name: damage, value: 1 }));

const isNoted = async (db: Database): Promise<boolean> => (await db.meta.get(damage)) !== undefined;

/** All were looked at, whatever that found. */
export const forgetDamage = async (db: Database): Promise<void> => {
  if (await isNoted(db)) await writing(db, [], () => db.meta.delete(damage));
};

const readNewest = async (db: Database, head: HeadRow): Promise<readonly SignedRecord[]> => {
  const first = Math.max(0, head.seq - newest + 1);
  const range = db.records.where("[device+seq]");
  return range.between([head.device, first], [head.device, head.seq], true, true).toArray();
};

const linksHold = (records: readonly SignedRecord[], head: HeadRow): boolean => {
  const complete = records.length === Math.min(newest, head.seq + 1);
  const stored = records.map(openRecord);
  const linked = stored.every(
    (one, index) => one !== undefined && (index === 0 || follows(one, records[index - 1])),
  );
  return complete && linked && records.at(-1)?.hash === head.hash;
};

const fitsMark = async (db: Database, head: HeadRow, mark: Mark | undefined): Promise<boolean> => {
  if (mark === undefined || mark.device !== head.device) return true;
  if (mark.seq > head.seq) return false;
  return (await findRecord(db, mark))?.hash === mark.head;
};

/** Every refund among the newest records must have its case. */
const areProjected = async (db: Database, records: readonly SignedRecord[]): Promise<boolean> => {
  const refs = records.filter((record) => record.kind === "refund").map(writeRef);
  if (refs.length === 0) return true;
  const rows = await db.cases.where("refs").anyOf(refs).toArray();
  const found = new Set(rows.flatMap((row) => row.refs));
  return refs.every((ref) => found.has(ref));
};

const isDatabaseWhole = async (
  { db, marks }: Journal,
  head: HeadRow,
  records: readonly SignedRecord[],
): Promise<boolean> =>
  linksHold(records, head) &&
  (await lastSeq(db, head.device)) === head.seq &&
  (await fitsMark(db, head, marks.read())) &&
  !(await isHalfRebuilt(db)) &&
  !(await isNoted(db)) &&
  areProjected(db, records);

/** The copy must have the expected length and end in the newest records. */
const isCopyWhole = async (
  { safetyCopy, copyName }: Journal,
  listed: ListedCopies,
  head: HeadRow,
  records: readonly SignedRecord[],
): Promise<boolean | SafetyCopyFault> => {
  const name = copyName(head.device);
  if (!listed.ok) return listed.fault;
  const size = listed.value.find((file) => file.name === name)?.size;
  if (size !== head.copySize) return false;
  const expected = framesOf(records);
  const read = await safetyCopy.read(name, size - expected.length);
  if (!read.ok) return read.fault;
  const tail = read.value ?? new Uint8Array();
  return tail.length === expected.length && tail.every((byte, index) => byte === expected[index]);
};

/** What every start can afford: the newest 500 records, their links, the copy's end, the mark. */
export const quickCheck = async (
  journal: Journal,
  device: DeviceId,
  listed: ListedCopies,
): Promise<Quick> => {
  const head = await journal.db.heads.get(device);
  if (head === undefined) return { kind: "unsure" };
  const records = await readNewest(journal.db, head);
  if (!(await isDatabaseWhole(journal, head, records))) return { kind: "unsure" };
  const copy = await isCopyWhole(journal, listed, head, records);
  if (copy === true) return { kind: "whole", head };
  return copy === false ? { kind: "copy", head } : { kind: "no_copy", head, fault: copy };
};
