import { putPayment } from "../domain/post-payment.ts";
import { emptyBooks, type Books } from "../domain/books.ts";
import type { DeviceId } from "../domain/ids.ts";
import type { Recorded } from "../domain/journal-event.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { SignedRecord } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { findEnrolment } from "./envelopes.ts";
import { headAfter } from "./head-after.ts";
import { highest, lowest } from "./paging.ts";
import { projectionTables, saveWindow } from "./projections.ts";
import { recordsFrom } from "./queries.ts";
import type { HeadRow, IntentRow } from "./rows.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { openRecord, toRecorded } from "./stored-record.ts";
import { enterCase, openWindow } from "./window.ts";
import { writing } from "./writing.ts";

/** A record in the database cannot be read; nothing was changed but the projections. */
export type RebuildFault =
  | StorageFault
  | { readonly kind: "unreadable_record"; readonly device: DeviceId; readonly seq: number };

type Replay = {
  readonly head: HeadRow;
  readonly recorded: readonly Recorded[];
};

const tables = (db: Database) => [db.heads, ...projectionTables(db)];

/** Decodes a stretch of records and moves the head over them; undefined at the first that cannot be read. */
const replay = (
  known: HeadRow | undefined,
  records: readonly SignedRecord[],
): Result<Replay | undefined, number> => {
  const recorded: Recorded[] = [];
  let head = known;
  for (const record of records) {
    const stored = openRecord(record);
    if (stored === undefined) return fail(record.seq);
    const told = toRecorded(stored, head?.iat);
    if (told !== undefined) recorded.push(told);
    head = headAfter(head, stored, told);
  }
  return ok(head && { head, recorded });
};

/** A refund's intent is its case: one that was forgotten with a lost database is noted again. */
const noteIntents = async (
  db: Database,
  recorded: readonly Recorded[],
  home: DeviceId | undefined,
): Promise<void> => {
  const rows = recorded.flatMap(({ ref, event }): readonly IntentRow[] =>
    event.kind === "refund" && event.attempt === 1 && ref.device === (home ?? ref.device)
      ? [{ intent: event.caseId, device: ref.device, first: ref.seq, last: ref.seq }]
      : [],
  );
  const known = await db.intents.bulkGet(rows.map((row) => row.intent));
  await db.intents.bulkPut(rows.filter((_, index) => known[index] === undefined));
};

/** Replays one chain; one of another device that cannot be read to its end counts as far as it can. */
const rebuildChain = async (
  db: Database,
  device: DeviceId,
  home: DeviceId | undefined,
): Promise<Result<number, RebuildFault>> => {
  const last = await lastSeq(db, device);
  let head: HeadRow | undefined;
  for await (const records of recordsFrom(db, device, 0, last)) {
    const done = replay(head, records);
    if (!done.ok && device !== (home ?? device)) return ok(records[0]?.seq ?? 0);
    if (!done.ok) return fail({ kind: "unreadable_record", device, seq: done.fault });
    if (done.value === undefined) continue;
    const { head: next, recorded } = done.value;
    head = next;
    await writing(db, [...tables(db), db.intents, db.records], async () => {
      await noteIntents(db, recorded, home);
      await saveWindow(db, await openWindow(db, recorded, home));
      await db.heads.put(next);
    });
  }
  return ok(last + 1);
};

/** Number of the newest record of a chain, -1 when there is none. */
export const lastSeq = async (db: Database, device: DeviceId): Promise<number> => {
  const range = db.records.where("[device+seq]").between([device, lowest], [device, highest]);
  const newest = await range.reverse().limit(1).primaryKeys();
  return newest[0]?.[1] ?? -1;
};

/** Devices whose records the database holds, in a fixed order. */
export const chainsIn = async (db: Database): Promise<readonly DeviceId[]> => {
  const devices: DeviceId[] = [];
  for (let after: unknown = lowest; ;) {
    const next = await db.records.where("[device+seq]").above([after, highest]).first();
    if (next === undefined) return devices;
    devices.push(next.device);
    after = next.device;
  }
};

/** The note of an unfinished rebuild, to be left inside a transaction. */
export const putNote = async (db: Database): Promise<void> => {
  await db.meta.put({ name: "rebuilding", value: 1 });
};

/** Leaves the note that there are records which the projections may not know: the next start rebuilds. */
export const noteRebuild = (db: Database): Promise<void> => writing(db, [], () => putNote(db));

const clear = async (db: Database): Promise<void> => {
  await writing(db, tables(db), async () => {
    await putNote(db);
    for (const table of tables(db)) await table.clear();
  });
};

/** Whose books these are: of the device that is enrolled here, else of the only chain there is. */
const homeOf = async (db: Database): Promise<DeviceId | undefined> => {
  const enrolment = await findEnrolment(db);
  if (enrolment !== undefined) return enrolment.device;
  const [only, ...others] = await chainsIn(db);
  return others.length === 0 ? only : undefined;
};

/** The chains with those of this device first, the newest key's before the one that it replaced: what these left open is known by it. */
async function* homeFirst(db: Database, home: DeviceId | undefined): AsyncGenerator<DeviceId> {
  const rest = new Set(await chainsIn(db));
  for (let next = home; next !== undefined && rest.delete(next);) {
    yield next;
    next = (await db.devices.get(next))?.before;
  }
  yield* rest;
}

const rebuildAll = async (
  db: Database,
  known: DeviceId | undefined,
): Promise<Result<number, RebuildFault>> => {
  const home = known ?? (await homeOf(db));
  await clear(db);
  let count = 0;
  for await (const device of homeFirst(db, home)) {
    const chain = await rebuildChain(db, device, home);
    if (!chain.ok) return chain;
    count += chain.value;
  }
  await writing(db, [], () => db.meta.delete("rebuilding"));
  return ok(count);
};

/**
 * Throws every projection away and replays all records; the answer is how many. To be called under the journal's lock.
 * A rebuild that was interrupted leaves a note, and start-up begins it again. `home` is the device whose books these are,
 * where the caller knows it.
 */
export const rebuild = async (
  db: Database,
  home?: DeviceId,
): Promise<Result<number, RebuildFault>> => withReopening(db, () => rebuildAll(db, home));

/** Whether a rebuild was interrupted. */
export const isHalfRebuilt = async (db: Database): Promise<boolean> =>
  (await db.meta.get("rebuilding")) !== undefined;

const enterMoney = async (db: Database, books: Books): Promise<void> => {
  for (const row of await db.cases.toArray()) enterCase(books, row.refundCase);
  for (const row of await db.refusals.toArray()) books.refusals.set(row.ref, row.refusal);
  for (const { payment } of await db.payments.toArray()) putPayment(books, payment);
  for (const row of await db.batches.toArray()) books.batches.set(row.batchId, row);
  for (const { ref, records } of await db.waiting.toArray()) books.waiting.set(ref, records);
};

/** Everything the tables say, as books: for tests, merges and reports, not for screens. */
export const readBooks = async (db: Database): Promise<Books> => {
  const books = emptyBooks();
  await enterMoney(db, books);
  for (const row of await db.staff.toArray()) books.staff.set(row.staff, row);
  for (const row of await db.policies.toArray()) books.policies.set(row.key, row.policy);
  for (const row of await db.imports.toArray()) books.imports.set(row.file, row);
  for (const row of await db.exports.toArray()) books.exports.set(row.exportId, row);
  for (const { claim } of await db.claims.toArray()) books.claims.set(claim.paymentId, claim);
  for (const row of await db.devices.toArray()) books.devices.set(row.device, row);
  for (const { ref, ...row } of await db.acks.toArray()) books.acks.set(ref, row);
  for (const { ref, ...row } of await db.witnessed.toArray()) books.witnessed.set(ref, row);
  return books;
};
