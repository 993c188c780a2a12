import { instantFromMs } from "../domain/instant.ts";
import { given } from "../domain/given.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import { openStatementReader, type StatementReader } from "../domain/statements/index.ts";
import type { SavedMapping } from "../domain/statements/mapping.ts";
import {
  hasSorted,
  packBlock,
  rowKey,
  type StatementBlock,
} from "../domain/statements/statement-block.ts";
import type {
  StatementFault,
  StatementRow,
  StatementSummary,
} from "../domain/statements/statement-row.ts";
import { dayInName } from "../domain/statements/unionpay-file.ts";
import { encodeBase64url, hashText } from "../ledger/base64url.ts";
import { newDigest, type Digest } from "../ledger/sha256.ts";
import type { ServeContext } from "./call.ts";
import { tooLarge, unpack, type Content } from "./unpack.ts";

/** Largest file and most rows that one import takes; the fault names the limit. */
const mostStatementBytes = 50 * 1024 * 1024;
const mostStatementRows = 300_000;

const rowsPerBlock = 1000;
const msBetweenReports = 200;

export type StatementRequest = {
  readonly file: File;
  /** Sorted identities of every row already here, `rowKeys` of all blocks in one array. */
  readonly known: Float64Array;
  readonly allowMissingSummary: boolean;
  /** How the owner reads files that no layout knows. */
  readonly mappings: readonly SavedMapping[];
  readonly mostBytes?: number;
  readonly mostRows?: number;
};

/** Blocks come while the file is read: keep them apart until the answer says that the whole is good (X12). */
export type StatementProgress =
  | { readonly kind: "block"; readonly block: StatementBlock }
  | { readonly kind: "read"; readonly bytes: number; readonly of: number; readonly rows: number };

type ReadStatement = {
  /** Base64url SHA-256 of the file's bytes. */
  readonly fileDigest: string;
  readonly summary: StatementSummary;
  readonly newRows: number;
  readonly knownRows: number;
};

type StatementReadFault =
  | StatementFault
  | { readonly kind: "aborted" }
  | { readonly kind: "file_unreadable" };

export type StatementAnswer = Result<ReadStatement, StatementReadFault>;

/** Reads one file: its digest, its rows that are not known yet in blocks, and whether its own sums agree. */
export const importStatement = async (
  request: StatementRequest,
  context: ServeContext<StatementProgress>,
): Promise<StatementAnswer> => {
  const { file, mostBytes = mostStatementBytes } = request;
  if (file.size > mostBytes) return tooLarge(mostBytes);
  const content = await unpack(file, mostBytes).catch(() => unreadable);
  if (!content.ok) return content;
  const hash = newDigest();
  const update = (bytes: Uint8Array): undefined => {
    hash.update(bytes);
  };
  const { packed } = content.value;
  const broken = packed ? await feed(file.stream(), context.signal, update) : undefined;
  if (broken !== undefined) return fail(broken);
  const onBytes = packed ? () => undefined : update;
  return readContent(request, context, { content: content.value, hash, onBytes });
};

const unreadable = fail({ kind: "file_unreadable" } as const);

type Reading = {
  readonly content: Content;
  /** Of the file as it was chosen; complete once the content is read. */
  readonly hash: Digest;
  readonly onBytes: (bytes: Uint8Array) => void;
};

const readContent = async (
  request: StatementRequest,
  context: ServeContext<StatementProgress>,
  { content, hash, onBytes }: Reading,
): Promise<StatementAnswer> => {
  const { file, mostBytes = mostStatementBytes } = request;
  const rows = newRowFilter(request.known, (block) => context.progress({ kind: "block", block }));
  const reader = openStatementReader({
    onRows: rows.take,
    digestText: hashText,
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
  let size = 0;
  const broken = await feed(content.bytes, context.signal, (bytes) => {
    onBytes(bytes);
    report(bytes.length, rows.count());
    size += bytes.length;
    return size > mostBytes ? tooLarge(mostBytes).fault : reader.push(bytes);
  });
  const fault = content.packed && broken?.kind === "file_unreadable" ? damagedArchive : broken;
  return fault === undefined ? answer(reader, rows, encodeBase64url(hash.finish())) : fail(fault);
};

const answer = (
  reader: StatementReader,
  rows: ReturnType<typeof newRowFilter>,
  fileDigest: string,
): StatementAnswer => {
  const summary = reader.finish();
  if (!summary.ok) return summary;
  rows.flush();
  const { newRows, knownRows } = rows.count();
  return ok({ fileDigest, summary: summary.value, newRows, knownRows });
};

const damagedArchive = { kind: "packed_file", reason: "damaged", files: 0 } as const;

/** Gives the pieces to `take` until it finds a fault or the page gives up. */
const feed = async (
  bytes: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  take: (bytes: Uint8Array) => StatementFault | undefined,
): Promise<StatementReadFault | undefined> => {
  const pieces = bytes.getReader();
  let fault: StatementReadFault | undefined;
  while (fault === undefined) {
    const piece = await pieces.read().catch(() => undefined);
    if (piece?.done === true) return undefined;
    if (signal.aborted) fault = { kind: "aborted" };
    else fault = piece === undefined ? unreadable.fault : take(piece.value);
  }
  await pieces.cancel().catch(() => undefined);
  return fault;
};

/** Leaves out rows that are here already or stood earlier in this file, and packs the others. */
const newRowFilter = (known: Float64Array, onBlock: (block: StatementBlock) => void) => {
  const seen = new Set<number>();
  let fresh: StatementRow[] = [];
  let newRows = 0;
  let knownRows = 0;
  const flush = (): void => {
    if (fresh.length > 0) onBlock(packBlock(fresh));
    fresh = [];
  };
  return {
    take: (rows: readonly StatementRow[]): void => {
      for (const row of rows) {
        const key = rowKey(row);
        if (seen.has(key) || hasSorted(known, key)) {
          knownRows++;
          continue;
        }
        seen.add(key);
        newRows++;
        fresh.push(row);
        if (fresh.length === rowsPerBlock) flush();
      }
    },
    flush,
    count: () => ({ newRows, knownRows }),
  };
};

/** At most five reports a second. */
const newReporter = (context: ServeContext<StatementProgress>, of: number) => {
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
