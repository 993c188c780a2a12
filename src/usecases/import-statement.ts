import type { ProfileFault } from "../domain/acquirers/profile-fault.ts";
import type { StatementImport } from "../domain/books.ts";
import { ulid, type Hash, type RecordRef } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { ImportEvent } from "../domain/journal-event.ts";
import { given } from "../domain/given.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { UsualSales } from "../domain/overpay/find-overpaid.ts";
import type { OddRows } from "../domain/overpay/odd-rows.ts";
import type { SavedMapping } from "../domain/statements/mapping.ts";
import type { StatementFault, StatementSummary } from "../domain/statements/statement-row.ts";
import type { StatementBlock } from "../domain/statements/statement-block.ts";
import type { IndexPiece } from "../domain/statements/statement-index.ts";
import type { Database } from "../storage/database.ts";
import { getImport } from "../storage/queries.ts";
import {
  beginImport,
  dropImport,
  finishImport,
  knownImport,
  saveBlocks,
  saveIndexPiece,
  type ImportStoreFault,
} from "../storage/save-statement.ts";
import { knownRowKeys } from "../storage/statement-index.ts";
import { usualSales } from "../storage/odd-sales.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { reconcile } from "./reconcile.ts";
import type { Compare } from "./read-reconciliation.ts";
import { listMappings, planMapping } from "./change-profile.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

/** What the reader of statements tells while it works. */
export type ImportProgress = {
  readonly bytes: number;
  readonly total: number;
  readonly rows: number;
};

/** What it found when it came to the end of the file. */
export type ReadStatement = {
  readonly fileDigest: string;
  readonly summary: StatementSummary;
  readonly newRows: number;
  readonly knownRows: number;
  /** New payments that look like a mistake, and what the last of the file cost. */
  readonly odd: OddRows;
};

export type ReadFault =
  | StatementFault
  | { readonly kind: "aborted" }
  | { readonly kind: "file_unreadable" }
  | { readonly kind: "worker_failed"; readonly message: string };

/** What of a file is stored while it is read: new rows in blocks, and by what they are found. */
export type StatementPart =
  | {
      readonly kind: "blocks";
      readonly first: number;
      readonly blocks: readonly StatementBlock[];
    }
  | { readonly kind: "index"; readonly piece: IndexPiece };

/** Reads a file in a worker; every part is handed over and awaited, so that memory stays bounded. */
export type ReadStatementFile = (
  file: File,
  options: {
    /** Sorted identities of the rows that are here already. */
    readonly known: Float64Array<ArrayBuffer>;
    /** A file whose trailer is missing is read all the same: a person decided so. */
    readonly allowMissingSummary: boolean;
    /** How files are read that no layout knows; the first that fits. */
    readonly mappings: readonly SavedMapping[];
    /** What the last sales before it cost, to see by what is unusual in a short file. */
    readonly usual: UsualSales;
    /** False when the part could not be stored: reading may stop. */
    readonly onPart: (part: StatementPart) => Promise<boolean>;
    readonly onProgress: (progress: ImportProgress) => void;
    readonly signal: AbortSignal;
  },
) => Promise<Result<ReadStatement, ReadFault>>;

export type ImportFault =
  | ReadFault
  | LockedFault
  | NotEntitled
  | RecordFault
  | ImportStoreFault
  | ProfileFault
  | { readonly kind: "already_imported"; readonly at: Instant; readonly rows: number };

export type ImportJob = {
  readonly file: File;
  readonly read: ReadStatementFile;
  readonly compare: Compare;
  readonly allowMissingSummary: boolean;
  /** What somebody has just said of the file's columns; recorded together with the import. */
  readonly mapping?: SavedMapping | undefined;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Whether a person who has seen what was read wants it to count; nothing is recorded before. */
  readonly confirm: (read: ReadStatement) => Promise<boolean>;
  readonly signal: AbortSignal;
};

const eventOf = ({ fileDigest, summary, knownRows }: ReadStatement): ImportEvent => {
  const sums = Object.fromEntries(
    summary.sums.map(({ currency, payments, refunds }) => [
      currency,
      [payments.minor, refunds.minor] as const,
    ]),
  );
  const period =
    summary.firstDay === undefined || summary.lastDay === undefined
      ? undefined
      : ([summary.firstDay, summary.lastDay] as const);
  return {
    kind: "import",
    file: fileDigest as Hash,
    rows: summary.rows,
    acquirer: summary.acquirer,
    format: summary.layout,
    encoding: summary.encoding,
    sums,
    duplicates: knownRows,
    ...given("period", period),
    ...given("declared", summary.totals.length > 0 ? { rows: summary.rows, sums } : undefined),
  };
};

/**
 * The record of the import, written once for each file. A file that is recorded while its rows are here is refused;
 * one whose rows were lost comes back under its first record (rel-S24).
 */
const recordImport = async (
  deps: Deps,
  read: ReadStatement,
  { mapping }: ImportJob,
): Promise<Result<RecordRef, ImportFault>> => {
  const { db } = deps.journal;
  let known: StatementImport | undefined;
  const saved = await recordEvents<ImportFault>(deps, async () => {
    const digest = read.fileDigest as Hash;
    const named = mapping === undefined ? ok({ events: [] }) : await planMapping(deps, mapping);
    if (!named.ok) return named;
    known = await getImport(db, digest);
    if (known === undefined)
      return ok({ events: [...named.value.events, { event: eventOf(read) }] });
    return (await knownImport(db, digest)) === undefined
      ? named
      : fail({ kind: "already_imported", at: known.at, rows: known.event.rows });
  });
  if (!saved.ok) return saved;
  if (known !== undefined) return ok(known.record);
  const record = saved.value.records.at(-1);
  if (record === undefined) throw new Error("a saved plan has a record");
  return ok({ device: record.device, seq: record.seq });
};

/** Why a file brings nothing: it is recorded and its rows are here. */
const findImported = async (
  { journal: { db } }: Deps,
  digest: Hash,
): Promise<Extract<ImportFault, { kind: "already_imported" }> | undefined> => {
  const known = (await knownImport(db, digest)) && (await getImport(db, digest));
  return known && { kind: "already_imported", at: known.at, rows: known.event.rows };
};

/** Makes the rows count, unless another window brought the same file meanwhile. */
const finish = async (
  deps: Deps,
  importId: string,
  { record, read }: { readonly record: RecordRef; readonly read: ReadStatement },
): Promise<Result<ReadStatement, ImportFault>> =>
  deps.exclusively(async () => {
    const digest = read.fileDigest as Hash;
    const imported = await findImported(deps, digest);
    if (imported !== undefined) return fail(imported);
    const { odd } = read;
    const { acquirer } = read.summary;
    const made = { record, digest, acquirer, odd };
    const finished = await finishImport(deps.journal.db, importId, made);
    return finished.ok ? ok(read) : finished;
  });

const closeImport = async (
  deps: Deps,
  importId: string,
  { read, job }: { readonly read: ReadStatement; readonly job: ImportJob },
): Promise<Result<ReadStatement, ImportFault>> => {
  const imported = await findImported(deps, read.fileDigest as Hash);
  if (imported !== undefined) return fail(imported);
  if (!(await job.confirm(read)) || job.signal.aborted) return fail({ kind: "aborted" });
  const record = await recordImport(deps, read, job);
  return record.ok ? finish(deps, importId, { record: record.value, read }) : record;
};

const savePart = (db: Database, importId: string, part: StatementPart) =>
  part.kind === "blocks"
    ? saveBlocks(db, importId, part.first, part.blocks)
    : saveIndexPiece(db, importId, part.piece);

const readInto = async (
  deps: Deps,
  importId: string,
  job: ImportJob,
): Promise<Result<ReadStatement, ImportFault>> => {
  let unstored: ImportStoreFault | undefined;
  const read = await job.read(job.file, {
    known: await knownRowKeys(deps.journal.db),
    usual: await usualSales(deps.journal.db),
    allowMissingSummary: job.allowMissingSummary,
    mappings: [...(job.mapping === undefined ? [] : [job.mapping]), ...(await listMappings(deps))],
    onPart: async (part) => {
      const saved = await savePart(deps.journal.db, importId, part);
      if (!saved.ok) unstored ??= saved.fault;
      return saved.ok;
    },
    onProgress: job.onProgress,
    signal: job.signal,
  });
  return unstored === undefined ? read : fail(unstored);
};

/**
 * Imports a statement: the rows are staged while a worker reads, and count only once a person has confirmed them and the
 * signed import record stands. A fault, a cancel or a file that is here already leaves nothing behind.
 */
export const importStatement = async (
  deps: Deps,
  job: ImportJob,
): Promise<Result<ReadStatement, ImportFault>> => {
  const staff = whoMay(deps, "import_file");
  if (!staff.ok) return staff;
  const owner = job.mapping === undefined ? staff : whoMay(deps, "manage_policy");
  if (!owner.ok) return owner;
  const { db } = deps.journal;
  const importId = ulid(deps.now(), deps.random(10));
  const opened = await beginImport(db, { importId, name: job.file.name, acquirer: "" });
  if (!opened.ok) return opened;
  const read = await readInto(deps, importId, job);
  const closed = read.ok ? await closeImport(deps, importId, { read: read.value, job }) : read;
  // what cannot be recorded now is recorded with the next import, or when the differences are looked at
  await (closed.ok
    ? reconcile(deps, { ...job, onProgress: () => undefined })
    : dropImport(db, importId));
  return closed;
};
