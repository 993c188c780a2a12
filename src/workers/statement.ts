import { instantFromMs } from "../domain/instant.ts";
import { given } from "../domain/given.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { UsualSales } from "../domain/overpay/find-overpaid.ts";
import { newOddRows, type OddRows } from "../domain/overpay/odd-rows.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import { openStatementReader, type StatementReader } from "../domain/statements/index.ts";
import type { SavedMapping } from "../domain/statements/mapping.ts";
import type { StatementFault, StatementSummary } from "../domain/statements/statement-row.ts";
import { dayInName } from "../domain/statements/unionpay-file.ts";
import { encodeBase64url } from "../ledger/base64url.ts";
import { newDigest } from "../ledger/sha256.ts";
import type { HandingContext } from "./call.ts";
import { isLarge, type Digests } from "./digests.ts";
import { newRowFilter, type RowFilter, type StatementPart } from "./row-filter.ts";
import { tooLarge, unpack, type Content } from "./unpack.ts";

/** Largest file and most rows that one import takes; the fault names the limit. */
const mostStatementBytes = 400 * 1024 * 1024;
const mostStatementRows = 1_200_000;

const msBetweenReports = 200;

export type StatementRequest = {
  readonly file: File;
  /** Sorted identities of every row already here, of all imports in one array. */
  readonly known: Float64Array<ArrayBuffer>;
  readonly allowMissingSummary: boolean;
  /** How the owner reads files that no layout knows. */
  readonly mappings: readonly SavedMapping[];
  /** What the last sales before this file cost. */
  readonly usual: UsualSales;
  readonly mostBytes?: number;
  readonly mostRows?: number;
};

/** A file to be read, and the port behind which its digests are made meanwhile. */
export type StatementOrder = StatementRequest & { readonly digests: MessagePort };

/** Parts come while the file is read: keep them apart until the answer says that the whole is good (X12). */
export type StatementProgress =
  | StatementPart
  | { readonly kind: "read"; readonly bytes: number; readonly of: number; readonly rows: number };

type ReadStatement = {
  /** Base64url SHA-256 of the file's bytes. */
  readonly fileDigest: string;
  readonly summary: StatementSummary;
  readonly newRows: number;
  readonly knownRows: number;
  /** New payments that look like a mistake. */
  readonly odd: OddRows;
};

type StatementReadFault =
  | StatementFault
  | { readonly kind: "aborted" }
  | { readonly kind: "file_unreadable" };

export type StatementAnswer = Result<ReadStatement, StatementReadFault>;

/** Reads one file: its digest, its rows that are not known yet in blocks, and whether its own sums agree. */
export const importStatement = async (
  request: StatementRequest,
  context: HandingContext<StatementProgress>,
  digests: Digests,
): Promise<StatementAnswer> => {
  const { file, mostBytes = mostStatementBytes } = request;
  if (file.size > mostBytes) return tooLarge(mostBytes);
  const content = await unpack(file, mostBytes).catch(() => unreadable);
  if (!content.ok) return content;
  const isEarly = content.value.packed || !isLarge(file);
  const early = isEarly ? digests.ofFile(file) : undefined;
  early?.catch(() => undefined); // told to who awaits it
  return readContent(request, context, { content: content.value, early, digests });
};

const unreadable = fail({ kind: "file_unreadable" } as const);

type Reading = {
  readonly content: Content;
  /** The file's digest where it is made beside the reading: of a large one that is not packed the pieces pass here. */
  readonly early: Promise<string | undefined> | undefined;
  readonly digests: Digests;
};

const readContent = async (
  request: StatementRequest,
  context: HandingContext<StatementProgress>,
  { content, early, digests }: Reading,
): Promise<StatementAnswer> => {
  const { file, mostBytes = mostStatementBytes } = request;
  const odd = newOddRows(request.usual);
  const rows = newRowFilter({
    known: request.known,
    handOver: context.handOver,
    digest: digests.ofLines,
    onNew: odd.take,
  });
  const reader = openStatementReader({
    onRows: rows.take,
    madeOn:
      dayInName(content.name) ??
      dayInName(file.name) ??
      channelDay(instantFromMs(file.lastModified)),
    mostRows: request.mostRows ?? mostStatementRows,
    allowMissingSummary: request.allowMissingSummary,
    mappings: request.mappings,
    ...given("encoding", content.encoding),
  });
  const report = newReporter(context, content.size);
  const hash = newDigest();
  let size = 0;
  const broken = await feed(content.bytes, context.signal, async (bytes) => {
    await rows.room();
    if (early === undefined) hash.update(bytes);
    report(bytes.length, rows.count());
    size += bytes.length;
    return size > mostBytes ? tooLarge(mostBytes).fault : reader.push(bytes);
  });
  const fault = content.packed && broken?.kind === "file_unreadable" ? damagedArchive : broken;
  if (fault !== undefined) return fail(fault);
  const digest = early === undefined ? encodeBase64url(hash.finish()) : await early;
  return digest === undefined
    ? unreadable
    : answer(reader, rows, { fileDigest: digest, odd: odd.finish, ...context });
};

type Found = {
  readonly fileDigest: string;
  readonly odd: () => OddRows;
  readonly signal: AbortSignal;
};

/** What is found in the end is told once everything before it was taken. */
const answer = async (
  reader: StatementReader,
  rows: RowFilter,
  { fileDigest, odd, signal }: Found,
): Promise<StatementAnswer> => {
  const summary = reader.finish();
  if (!summary.ok) return summary;
  await rows.finish(signal);
  if (signal.aborted) return fail({ kind: "aborted" });
  const { newRows, knownRows } = rows.count();
  return ok({ fileDigest, summary: summary.value, newRows, knownRows, odd: odd() });
};

const damagedArchive = { kind: "packed_file", reason: "damaged", files: 0 } as const;

/** Gives the pieces to `take` until it finds a fault or the page gives up. */
const feed = async (
  bytes: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (bytes: Uint8Array) => StatementFault | undefined | Promise<StatementFault | undefined>,
): Promise<StatementReadFault | undefined> => {
  const pieces = bytes.getReader();
  let fault: StatementReadFault | undefined;
  while (fault === undefined) {
    const piece = await pieces.read().catch(() => undefined);
    if (piece?.done === true) return undefined;
    if (signal.aborted) fault = { kind: "aborted" };
    else fault = piece === undefined ? unreadable.fault : await take(piece.value);
  }
  await pieces.cancel().catch(() => undefined);
  return fault;
};

/** At most five reports a second. */
const newReporter = (context: HandingContext<StatementProgress>, of: number) => {
  let bytes = 0;
  let last = performance.now();
  return (more: number, count: { readonly newRows: number; readonly knownRows: number }): void => {
    bytes += more;
    const now = performance.now();
    if (now - last < msBetweenReports) return;
    last = now;
    context.progress({
      kind: "read",
      bytes: Math.min(bytes, of),
      of,
      rows: count.newRows + count.knownRows,
    });
  };
};
