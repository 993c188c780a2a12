import type { DeviceId } from "../domain/ids.ts";
import { toBytes } from "../ledger/base64url.ts";
import { readFrames } from "../ledger/frame.ts";
import type { Bytes, SignedRecord } from "../ledger/record.ts";
import { recordIn } from "./copy-forward.ts";
import type { Database } from "./database.ts";
import type { Mark } from "./marks.ts";
import { recordsFrom } from "./queries.ts";
import { lastSeq } from "./rebuild.ts";
import { follows, openRecord } from "./stored-record.ts";

/** What one store holds of a chain: the records whose bytes agree with themselves, and where something else lay. */
export type Side = {
  readonly good: ReadonlyMap<number, SignedRecord>;
  readonly damaged: readonly SignedRecord[];
  /** Nothing was there at all, not even damage. */
  readonly empty: boolean;
};

/** Reads a whole chain out of the database; for repairs, not for every start. */
export const surveyDatabase = async (db: Database, device: DeviceId): Promise<Side> => {
  const good = new Map<number, SignedRecord>();
  const damaged: SignedRecord[] = [];
  for await (const records of recordsFrom(db, device, 0, await lastSeq(db, device)))
    for (const record of records)
      if (openRecord(record) === undefined) damaged.push(record);
      else good.set(record.seq, record);
  return { good, damaged, empty: good.size === 0 && damaged.length === 0 };
};

/** Every frame begins its content like this; where one is damaged, reading goes on at the next. */
const opening = toBytes('{"d":[');
const headerSize = 8;

const nextFrame = (bytes: Bytes, from: number): number | undefined => {
  for (let at = from; at + opening.length <= bytes.length; at++)
    if (opening.every((code, index) => bytes[at + index] === code)) return at - headerSize;
  return undefined;
};

const goodFrames = (bytes: Bytes): readonly Bytes[] => {
  const found: Bytes[] = [];
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const { frames, badAt } = readFrames(bytes.subarray(offset));
    found.push(...frames);
    offset = badAt === undefined ? undefined : nextFrame(bytes, offset + badAt + headerSize + 1);
  }
  return found;
};

/** Reads the records of a safety copy, also those behind a damaged one. */
export const surveyCopy = (bytes: Bytes, device: DeviceId): Side => {
  const good = new Map<number, SignedRecord>();
  for (const frame of goodFrames(bytes)) {
    const record = recordIn(frame);
    if (record?.device === device && openRecord(record) !== undefined) good.set(record.seq, record);
  }
  return { good, damaged: [], empty: bytes.length === 0 };
};

/** A copy and what was kept beside it while it was written anew; the newer one stands beside. */
export const joinCopies = (copy: Side, aside: Side): Side => ({
  good: new Map([...copy.good, ...aside.good]),
  damaged: [],
  empty: copy.empty && aside.empty,
});

export const nothingThere: Side = { good: new Map(), damaged: [], empty: true };

/** What both sides together say of a chain. */
export type Truth =
  | { readonly kind: "whole"; readonly records: readonly SignedRecord[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "two_truths"; readonly seq: number }
  | { readonly kind: "gaps"; readonly missing: readonly number[] }
  | { readonly kind: "short"; readonly lastSeq: number };

const findFork = (one: Side, other: Side): number | undefined => {
  for (const [seq, record] of one.good) {
    const beside = other.good.get(seq);
    if (beside !== undefined && beside.hash !== record.hash) return seq;
  }
  return undefined;
};

const findBrokenLink = (records: readonly SignedRecord[]): number | undefined =>
  records.find((record, index) => {
    const stored = openRecord(record);
    return stored === undefined || !follows(stored, records[index - 1]);
  })?.seq;

const contradicts = (records: readonly SignedRecord[], mark: Mark | undefined): boolean => {
  const marked = mark === undefined ? undefined : records[mark.seq];
  return marked !== undefined && marked.hash !== mark?.head;
};

/** Joins both sides: what verifies anywhere counts, what differs is never chosen between (rel-§3.2 rows 3–12). */
export const joinSides = (database: Side, copy: Side, mark: Mark | undefined): Truth => {
  const fork = findFork(database, copy);
  if (fork !== undefined) return { kind: "two_truths", seq: fork };
  const union = new Map([...copy.good, ...database.good]);
  const seqs = [...union.keys(), ...database.damaged.map((record) => record.seq)];
  const last = seqs.reduce((highest, seq) => Math.max(highest, seq), -1);
  if (last < 0) return { kind: "nothing" };
  const all = Array.from({ length: last + 1 }, (_, seq) => seq);
  const missing = all.filter((seq) => !union.has(seq));
  if (missing.length > 0) return { kind: "gaps", missing };
  const records = all.flatMap((seq) => union.get(seq) ?? []);
  const broken = findBrokenLink(records);
  if (broken !== undefined) return { kind: "two_truths", seq: broken };
  if (contradicts(records, mark)) return { kind: "two_truths", seq: mark?.seq ?? last };
  return mark !== undefined && mark.seq > last
    ? { kind: "short", lastSeq: last }
    : { kind: "whole", records };
};
