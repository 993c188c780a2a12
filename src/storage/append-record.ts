import type { DeviceId, PaymentId } from "../domain/ids.ts";
import { filesNamed } from "../domain/files-named.ts";
import type { Recorded } from "../domain/journal-event.ts";
import { reserved, spent, type Payment } from "../domain/payment.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { erasuresIn } from "../ledger/erasure.ts";
import { writeRecordLine } from "../ledger/record-line.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { confirmCopy, copyForward, framesOf, rewritePeers } from "./copy-forward.ts";
import type { Database } from "./database.ts";
import { erasableTables, forgetErased, shortenOthers } from "./forget-erased.ts";
import { markHead, type Marks } from "./marks.ts";
import { projectionTables, saveWindow } from "./projections.ts";
import type { HeadRow, RecordRow } from "./rows.ts";
import type { SafetyCopy, SafetyCopyFault } from "./safety-copy.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { openWindow, type Window } from "./window.ts";
import { writing } from "./writing.ts";

/** Where records live: the database, the copy outside it, and the marks outside both. */
export type Journal = {
  readonly db: Database;
  readonly safetyCopy: SafetyCopy;
  readonly marks: Marks;
  readonly copyName: (device: DeviceId) => string;
};

/** Where a chain stands, as the next record builds on it. */
export type Head = Omit<HeadRow, "copySize">;

export type Entry = { readonly record: SignedRecord; readonly recorded: Recorded };

/** Records of one chain to be written together: all or nothing. */
export type AppendRequest = {
  /** The head that was decided on; undefined before genesis. */
  readonly base: Head | undefined;
  /** The head after the last entry. */
  readonly head: Head;
  readonly entries: readonly Entry[];
  readonly intent?: string;
  /** The writer's epoch, when one was claimed. */
  readonly epoch?: number;
};

/** Two copies are "saved"; one is amber, with the reason why the second is missing. */
export type Saved = {
  readonly copies: 1 | 2;
  readonly because?: SafetyCopyFault["kind"];
  readonly records: readonly SignedRecord[];
  /** The intent had been recorded before; these are its first records. */
  readonly repeated: boolean;
};

export type AppendFault =
  | Exclude<StorageFault, { kind: "constraint" }>
  | { readonly kind: "head_moved" }
  | { readonly kind: "not_writer" }
  | { readonly kind: "over_refund"; readonly paymentId: PaymentId };

type Written = {
  readonly head: HeadRow;
  /** Heads of other chains of which something was erased. */
  readonly others: readonly HeadRow[];
  readonly records: readonly SignedRecord[];
  readonly repeated: boolean;
};

/** The newest head of a chain, undefined before genesis. */
export const readHead = async (journal: Journal, device: DeviceId): Promise<Head | undefined> =>
  journal.db.heads.get(device);

/** Makes this writer the only one: every append under an older epoch is refused from now on. */
export const claimWriter = async (db: Database): Promise<number> =>
  writing(db, [], async () => {
    const epoch = ((await db.meta.get("epoch"))?.value ?? 0) + 1;
    await db.meta.put({ name: "epoch", value: epoch });
    return epoch;
  });

const sameHead = (stored: HeadRow | undefined, base: Head | undefined): boolean =>
  stored?.hash === base?.hash && stored?.seq === base?.seq && stored?.revision === base?.revision;

const findRefusal = async (
  db: Database,
  request: AppendRequest,
): Promise<AppendFault | undefined> => {
  const epoch = (await db.meta.get("epoch"))?.value ?? 0;
  return request.epoch === undefined || request.epoch === epoch
    ? undefined
    : { kind: "not_writer" };
};

const recordsBetween = async (
  db: Database,
  device: DeviceId,
  [first, last]: readonly [number, number],
): Promise<readonly SignedRecord[]> =>
  db.records.where("[device+seq]").between([device, first], [device, last], true, true).toArray();

/** An attempt is recorded once, even when its intent was forgotten with a lost database. */
const findAttempt = async (
  db: Database,
  entries: readonly Entry[],
): Promise<readonly SignedRecord[] | undefined> => {
  for (const { recorded } of entries) {
    if (recorded.event.kind !== "refund") continue;
    const { caseId, attempt } = recorded.event;
    const attempts = (await db.cases.get(caseId))?.refundCase.attempts;
    const known = attempts?.find((one) => one.number === attempt)?.record;
    if (known !== undefined) return recordsBetween(db, known.device, [known.seq, known.seq]);
  }
  return undefined;
};

/** What the intent led to before, or what this very request wrote when its answer was lost. */
const findEarlier = async (
  db: Database,
  { intent, head, entries }: AppendRequest,
  stored: HeadRow | undefined,
): Promise<Written | undefined> => {
  if (stored === undefined) return undefined;
  const known = intent === undefined ? undefined : await db.intents.get(intent);
  if (known !== undefined) {
    const records = await recordsBetween(db, known.device, [known.first, known.last]);
    return { head: stored, others: [], records, repeated: true };
  }
  const records =
    stored.hash === head.hash
      ? entries.map((entry) => entry.record)
      : await findAttempt(db, entries);
  return records && { head: stored, others: [], records, repeated: true };
};

const isOver = (payment: Payment): boolean =>
  reserved(payment).minor + spent(payment).minor + payment.external > payment.amount.minor;

/** The balance is checked once more where nobody can come between: only refunds can break it, facts may. */
const findOverRefund = (
  { after }: Window,
  entries: readonly Entry[],
): { readonly kind: "over_refund"; readonly paymentId: PaymentId } | undefined => {
  for (const { recorded } of entries) {
    const paymentId = recorded.event.kind === "refund" ? recorded.event.paymentId : undefined;
    const payment = paymentId === undefined ? undefined : after.payments.get(paymentId);
    if (payment !== undefined && isOver(payment))
      return { kind: "over_refund", paymentId: payment.paymentId };
  }
  return undefined;
};

/** A record as a row; a refund's number goes along so that no two can bear it. */
export const recordRow = (record: SignedRecord, recorded: Recorded | undefined): RecordRow =>
  recorded?.event.kind === "refund" ? { ...record, refundNo: recorded.event.refundNo } : record;

const writeAll = async (
  db: Database,
  request: AppendRequest,
  written: { readonly head: HeadRow; readonly window: Window },
): Promise<void> => {
  const { entries, intent, head } = request;
  await db.records.bulkAdd(entries.map(({ record, recorded }) => recordRow(record, recorded)));
  await saveWindow(db, written.window);
  await db.heads.put(written.head);
  await db.unused.bulkDelete(entries.flatMap(({ recorded }) => filesNamed(recorded)));
  if (intent === undefined) return;
  const first = head.seq - entries.length + 1;
  await db.intents.add({ intent, device: head.device, first, last: head.seq });
};

/** Inside the transaction: every check first, then every write; awaits nothing but Dexie. */
const decideAndWrite = async (
  db: Database,
  request: AppendRequest,
  growth: number,
): Promise<Result<Written, AppendFault>> => {
  const refused = await findRefusal(db, request);
  if (refused !== undefined) return fail(refused);
  const stored = await db.heads.get(request.head.device);
  const earlier = await findEarlier(db, request, stored);
  if (earlier !== undefined) return ok(earlier);
  if (!sameHead(stored, request.base)) return fail({ kind: "head_moved" });
  const window = await openWindow(
    db,
    request.entries.map((entry) => entry.recorded),
    request.head.device,
  );
  const over = findOverRefund(window, request.entries);
  if (over !== undefined) return fail(over);
  const records = request.entries.map((entry) => entry.record);
  const { device } = request.head;
  const shorter = await forgetErased(db, erasuresIn(records));
  const others = await shortenOthers(db, shorter, device);
  const copySize = (stored?.copySize ?? 0) + growth - (shorter.get(device) ?? 0);
  const head = { ...request.head, copySize };
  await writeAll(db, request, { head, window });
  return ok({ head, others, records, repeated: false });
};

const erases = ({ entries }: AppendRequest): boolean =>
  entries.some(({ record }) => record.kind === "erase");

const journalTables = (db: Database, request: AppendRequest) => [
  ...(erases(request) ? erasableTables(db) : []),
  db.records,
  db.heads,
  db.intents,
  db.unused,
  ...projectionTables(db),
];

const toAppendFault = (fault: AppendFault | StorageFault): AppendFault =>
  fault.kind === "constraint" ? { kind: "head_moved" } : fault;

/** Reads what a decision rests on; a store that does not answer is a fault like one that takes no record (F16). */
export const readSafely = async <T>(
  { db }: Journal,
  read: () => Promise<T>,
): Promise<Result<T, AppendFault>> => {
  const answer = await withReopening<T, never>(db, async () => ok(await read()));
  return answer.ok ? answer : fail(toAppendFault(answer.fault));
};

const isStored = async (db: Database, records: readonly SignedRecord[]): Promise<boolean> => {
  const keys = records.map((record) => [record.device, record.seq] as [DeviceId, number]);
  const rows = await db.records.bulkGet(keys);
  return records.every((record, index) => {
    const row = rows[index];
    return row !== undefined && writeRecordLine(row) === writeRecordLine(record);
  });
};

const savedOf = (written: Written, copied: Result<unknown, SafetyCopyFault>): Saved => ({
  copies: copied.ok ? 2 : 1,
  ...(copied.ok ? {} : { because: copied.fault.kind }),
  records: written.records,
  repeated: written.repeated,
});

/** After the commit: second copy, mark, and a look at what was really stored. */
const secure = async (
  journal: Journal,
  written: Written,
): Promise<Result<Saved, AppendFault | StorageFault>> => {
  const { head, others, records, repeated } = written;
  const copied = repeated
    ? await confirmCopy(journal, head)
    : await copyForward(journal, head, framesOf(records));
  const rewritten = await rewritePeers(journal, others);
  markHead(journal.marks, head);
  return (await isStored(journal.db, records))
    ? ok(savedOf(written, copied.ok ? rewritten : copied))
    : fail({ kind: "corrupt", message: "the stored record is not the signed one" });
};

/**
 * The one append function: one strict transaction, then the safety copy, then the mark, then a read-back.
 * To be called under the journal's lock; without it nothing is lost, only `head_moved` comes more often.
 */
export const appendRecords = async (
  journal: Journal,
  request: AppendRequest,
): Promise<Result<Saved, AppendFault>> => {
  const { db } = journal;
  const growth = framesOf(request.entries.map((entry) => entry.record)).length;
  const written = await withReopening(db, () =>
    writing(db, journalTables(db, request), () => decideAndWrite(db, request, growth)),
  );
  if (!written.ok) return fail(toAppendFault(written.fault));
  const saved = await withReopening(db, () => secure(journal, written.value));
  return saved.ok ? saved : fail(toAppendFault(saved.fault));
};

/** What an intent was recorded as before, so that a second tap is answered instead of decided again. */
export const findSaved = async (journal: Journal, intent: string): Promise<Saved | undefined> => {
  const { db } = journal;
  const known = await db.intents.get(intent);
  const head = known === undefined ? undefined : await db.heads.get(known.device);
  if (known === undefined || head === undefined) return undefined;
  const records = await recordsBetween(db, known.device, [known.first, known.last]);
  return savedOf({ head, others: [], records, repeated: true }, await confirmCopy(journal, head));
};
