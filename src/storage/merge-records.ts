import type { DeviceId } from "../domain/ids.ts";
import type { Recorded } from "../domain/journal-event.ts";
import type { RefundNumber } from "../domain/refund-number.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { erasedBy, erasuresIn, withoutErased, type Erasure } from "../ledger/erasure.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { recordRow, type Journal } from "./append-record.ts";
import { frameOf, rewritePeers } from "./copy-forward.ts";
import type { Database } from "./database.ts";
import {
  countsFor,
  erasableTables,
  erasuresAbout,
  forgetErased,
  shortenOthers,
} from "./forget-erased.ts";
import { headAfter } from "./head-after.ts";
import { copyPeerForward } from "./peer-copies.ts";
import { projectionTables, saveWindow } from "./projections.ts";
import { putInPlace } from "./repair.ts";
import type { AttachmentRow, HeadRow, RecordRow } from "./rows.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { follows, openRecord, toRecorded, type StoredRecord } from "./stored-record.ts";
import { openWindow, type Window } from "./window.ts";
import { writing } from "./writing.ts";

/** Why another device's records do not join those that are here. */
export type JoinFault =
  /** Something stands there already and is not the same. */
  | { readonly kind: "fork"; readonly seq: number }
  /** Records between what is here and the file are missing. */
  | { readonly kind: "gap"; readonly from: number }
  | { readonly kind: "stale"; readonly known: number }
  | { readonly kind: "unreadable"; readonly seq: number }
  | { readonly kind: "number_taken"; readonly refundNo: RefundNumber }
  | { readonly kind: "case_taken"; readonly seq: number };

/** Records of one other device that continue what is here of it. */
export type Continuation = {
  readonly device: DeviceId;
  /** What was here before; undefined for a device that is new. */
  readonly base: HeadRow | undefined;
  readonly head: HeadRow;
  readonly fresh: readonly Opened[];
  readonly known: number;
};

type Opened = { readonly record: SignedRecord; readonly recorded: Recorded | undefined };

type Joined = Result<Continuation, JoinFault>;

const open = (records: readonly SignedRecord[]): Result<readonly StoredRecord[], JoinFault> => {
  const opened: StoredRecord[] = [];
  for (const record of records) {
    const stored = openRecord(record);
    const whole = stored?.opened.det !== undefined && stored.opened.ctx !== undefined;
    if (stored === undefined || !whole) return fail({ kind: "unreadable", seq: record.seq });
    opened.push(stored);
  }
  return ok(opened);
};

const keysOf = (records: readonly SignedRecord[]) =>
  records.map(({ device, seq }) => [device, seq] as [DeviceId, number]);

/** The first record that stands here already with another content. */
const findFork = async (
  db: Database,
  records: readonly SignedRecord[],
): Promise<SignedRecord | undefined> => {
  const rows = await db.records.bulkGet(keysOf(records));
  return records.find(({ hash }, index) => rows[index] !== undefined && rows[index].hash !== hash);
};

/** Both records of a fork are evidence: the one that is not taken is kept aside (refundlog.md §16). */
const keepFork = async (db: Database, record: SignedRecord): Promise<void> => {
  const id = `${record.device}:${record.seq}:fork:${record.hash}`;
  await writing(db, [db.quarantine], () => db.quarantine.put({ id, row: record }));
};

const continueFrom = (
  base: HeadRow | undefined,
  last: SignedRecord | undefined,
  stored: readonly StoredRecord[],
): Result<Pick<Continuation, "fresh" | "head">, JoinFault> => {
  let [head, before] = [base, last];
  const fresh: Opened[] = [];
  for (const one of stored) {
    const { record } = one;
    if (!follows(one, before)) return fail({ kind: "fork", seq: record.seq });
    const recorded = toRecorded(one, head?.iat);
    fresh.push({ record, recorded });
    head = headAfter(head, one, recorded);
    before = record;
  }
  return head === undefined ? fail({ kind: "gap", from: 0 }) : ok({ fresh, head });
};

const refundsOf = (fresh: readonly Opened[]) =>
  fresh.flatMap(({ recorded }) =>
    recorded?.event.kind === "refund" ? [{ ...recorded, event: recorded.event }] : [],
  );

/** No refund number and no case is ever two devices' (invariant 9). */
const findTaken = async (
  db: Database,
  { device, fresh }: Pick<Continuation, "device" | "fresh">,
): Promise<JoinFault | undefined> => {
  const refunds = refundsOf(fresh);
  const numbers = refunds.map(({ event }) => event.refundNo);
  const rows = await db.records.where("refundNo").anyOf(numbers).toArray();
  const own = new Set(fresh.map(({ record }) => record.hash));
  const taken = rows.find(({ hash }) => !own.has(hash)); // a record beyond the head may be here already
  if (taken?.refundNo !== undefined) return { kind: "number_taken", refundNo: taken.refundNo };
  const cases = await db.cases.bulkGet(refunds.map(({ event }) => event.caseId));
  const at = cases.findIndex((row) => row !== undefined && row.refundCase.device !== device);
  const refund = refunds[at];
  return refund && { kind: "case_taken", seq: refund.ref.seq };
};

/** Whether the records are of the chain that is here, and where they begin and end in it. */
const findMisfit = async (
  db: Database,
  records: readonly SignedRecord[],
  known: number,
): Promise<JoinFault | undefined> => {
  const forked = await findFork(db, records);
  if (forked !== undefined) {
    await keepFork(db, forked);
    return { kind: "fork", seq: forked.seq };
  }
  if ((records[0]?.seq ?? 0) > known + 1) return { kind: "gap", from: known + 1 };
  return (records.at(-1)?.seq ?? -1) < known ? { kind: "stale", known } : undefined;
};

/** Finds what of a file's records, which are one chain in order, is new here, and whether it joins. */
export const joinRecords = async (
  db: Database,
  records: readonly SignedRecord[],
): Promise<Joined> => {
  const device = records[0]?.device;
  if (device === undefined) return fail({ kind: "gap", from: 0 });
  const base = await db.heads.get(device);
  const known = base?.seq ?? -1;
  const misfit = await findMisfit(db, records, known);
  if (misfit !== undefined) return fail(misfit);
  const erased = erasedBy(await erasuresAbout(db, new Set([device])));
  const fresh = records.filter(({ seq }) => seq > known);
  const stored = open(fresh.map((record) => withoutErased(record, erased)));
  if (!stored.ok) return stored;
  const before = base && (await db.records.get([device, known]));
  const joined =
    base !== undefined && stored.value.length === 0
      ? ok({ fresh: [], head: base })
      : continueFrom(base, before, stored.value);
  if (!joined.ok) return joined;
  const taken = await findTaken(db, { device, fresh: joined.value.fresh });
  if (taken !== undefined) return fail(taken);
  return ok({ device, base, ...joined.value, known: records.length - joined.value.fresh.length });
};

const recordedOf = ({ fresh }: Continuation): readonly Recorded[] =>
  fresh.flatMap(({ recorded }) => recorded ?? []);

/** The books after the merge, as they would be; nothing is written. */
export const previewMerge = (db: Database, joined: Continuation, home: DeviceId): Promise<Window> =>
  db.transaction("r", [db.records, ...projectionTables(db)], async () =>
    openWindow(db, recordedOf(joined), home),
  );

type Moved = { readonly kind: "head_moved" };

const sameBase = (stored: HeadRow | undefined, base: HeadRow | undefined): boolean =>
  stored?.hash === base?.hash && stored?.revision === base?.revision;

/**
 * Beyond the head, where a rebuild could not read on, records may stand already: whole ones stay, damaged ones are made
 * good. The answer is by how many bytes those that stay are shorter than the file's, as what was erased of them is gone.
 */
const addRows = async (db: Database, fresh: readonly Opened[]): Promise<number> => {
  const rows = fresh.map(({ record, recorded }) => recordRow(record, recorded));
  const known = await db.records.bulkGet(keysOf(rows));
  await db.records.bulkAdd(rows.filter(({ hash }, index) => known[index]?.hash !== hash));
  const damaged: RecordRow[] = [];
  let shorter = 0;
  for (const [index, row] of rows.entries()) {
    const there = known[index];
    if (there === undefined) continue;
    if (openRecord(there) === undefined) damaged.push(row);
    else shorter += frameOf(row).length - frameOf(there).length;
  }
  if (damaged.length > 0) await putInPlace(db, damaged);
  return shorter;
};

type Taken = { readonly head: HeadRow; readonly others: readonly HeadRow[] };

/** What was erased of the records since they were read is not taken any more. */
const isErasedNow = (fresh: readonly Opened[], about: readonly Erasure[]): boolean => {
  const erased = erasedBy(about);
  return fresh.some(({ record }) => withoutErased(record, erased) !== record);
};

type Placed = { readonly home: DeviceId; readonly attachments: readonly AttachmentRow[] };

/** Adds records and attachments, and takes away what they erase and what was erased of them. */
const addAll = async (
  db: Database,
  { device, head, fresh }: Continuation,
  { home, attachments, about }: Placed & { readonly about: readonly Erasure[] },
): Promise<Taken> => {
  const erasedBefore = await addRows(db, fresh);
  await db.attachments.bulkPut([...attachments]);
  const brought = new Set(attachments.map(({ sha256 }) => sha256));
  const shorter = await forgetErased(db, [
    ...about.filter(({ files }) => files.some((file) => brought.has(file))),
    ...erasuresIn(fresh.map(({ record }) => record)).filter(countsFor(home)),
  ]);
  const others = await shortenOthers(db, shorter, device);
  const copySize = head.copySize - erasedBefore - (shorter.get(device) ?? 0);
  return { head: { ...head, copySize }, others };
};

/** Inside the transaction: the records, their head, the books, and a new revision of our own head. */
const writeAll = async (
  db: Database,
  joined: Continuation,
  placed: Placed,
): Promise<Result<Taken, Moved>> => {
  const { device, base, fresh } = joined;
  const { home } = placed;
  if (!sameBase(await db.heads.get(device), base)) return fail({ kind: "head_moved" });
  const about = await erasuresAbout(db, new Set([device]));
  if (isErasedNow(fresh, about)) return fail({ kind: "head_moved" });
  const own = await db.heads.get(home);
  const window = await openWindow(db, recordedOf(joined), home);
  const taken = await addAll(db, joined, { ...placed, about });
  await saveWindow(db, window);
  await db.heads.put(taken.head);
  if (own !== undefined) await db.heads.put({ ...own, revision: own.revision + 1 });
  return ok(taken);
};

export type MergeStoreFault = StorageFault | Moved;

/** How many copies hold the merged records. */
export type MergeSaved = { readonly copies: 1 | 2 };

/**
 * Adds the new records of another device in one strict transaction with their head and all that follows from them, then
 * writes their second copy. To be called under the journal's lock.
 */
export const mergeRecords = async (
  journal: Journal,
  joined: Continuation,
  placed: Placed,
): Promise<Result<MergeSaved, MergeStoreFault>> => {
  const { db } = journal;
  const tables = new Set([db.records, db.heads, ...erasableTables(db), ...projectionTables(db)]);
  const written = await withReopening(db, () =>
    writing(db, [...tables], () => writeAll(db, joined, placed)),
  );
  if (!written.ok) return written;
  const { head, others } = written.value;
  const copied = await copyPeerForward(
    journal,
    head,
    joined.fresh.map(({ record }) => record),
  );
  const rewritten = await rewritePeers(journal, others);
  return ok({ copies: copied.ok && rewritten.ok ? 2 : 1 });
};
