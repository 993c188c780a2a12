import { identityHash } from "./number-hash.ts";
import { saidOf } from "./refund-said.ts";
import type { ReadRow, StatementRow } from "./statement-row.ts";

/** Some rows as they are stored and moved between threads; append-only. */
export type StatementBlock = {
  /** JSON in UTF-8: of each row its values in the order of `members`; blocks of older versions hold whole rows. */
  readonly rows: ArrayBuffer;
  /** Behind which byte each row ends, so that one is read without the others; blocks of older versions have none. */
  readonly ends?: Uint32Array<ArrayBuffer>;
};

/** Never edited, as stored rows are read by it: what is new comes last. The first is a word: by its quotation mark a row is seen to begin. */
const members = [
  "kind",
  "line",
  "acquirer",
  "channel",
  "merchantNo",
  "transactionId",
  "outTradeNo",
  "minor",
  "currency",
  "at",
  "status",
  "digest",
  "name",
  "fee",
  "termNo",
  "refundNo",
  "channelRefundNo",
  "payerMinor",
  "flowNo",
] as const satisfies readonly (keyof StatementRow)[];

type ValuesOf<Names extends readonly (keyof StatementRow)[]> = {
  readonly [Place in keyof Names]: StatementRow[Names[Place]];
};

/** Written out: a walk through the names costs half as much again. */
const valuesOf = (row: StatementRow): ValuesOf<typeof members> => [
  row.kind,
  row.line,
  row.acquirer,
  row.channel,
  row.merchantNo,
  row.transactionId,
  row.outTradeNo,
  row.minor,
  row.currency,
  row.at,
  row.status,
  row.digest,
  row.name,
  row.fee,
  row.termNo,
  row.refundNo,
  row.channelRefundNo,
  row.payerMinor,
  row.flowNo,
];

type StoredRow = StatementRow | readonly unknown[];

const isWhole = (stored: StoredRow): stored is StatementRow => !Array.isArray(stored);

const rowOf = (stored: StoredRow): StatementRow => {
  if (isWhole(stored)) return stored;
  const row: Record<string, unknown> = {};
  for (const [at, member] of members.entries()) {
    const value = stored[at] ?? undefined;
    if (value !== undefined) row[member] = value;
  }
  return row as StatementRow;
};

/** Every number a row may be asked for by. */
export const numbersOfRow = (row: StatementRow): readonly string[] =>
  [row.transactionId, row.outTradeNo, row.refundNo, row.channelRefundNo].filter(
    (number): number is string => number !== undefined && number !== "",
  );

/**
 * What makes a row the same in every file: channel, transaction, refund, kind and amount (payments-cn.md §4.1).
 * A refund row without a refund number is told apart by its time, a movement of a fund bill by its own number. What is
 * said of a refund that has not arrived is a row beside the one that says it did, whichever comes first.
 */
export const rowKey = (row: ReadRow): number => {
  const refund = row.refundNo ?? row.channelRefundNo ?? (row.kind === "payment" ? "pay" : row.at);
  const transaction = row.transactionId === "" ? row.outTradeNo : row.transactionId;
  const open = row.kind === "refund" && saidOf(row) !== "succeeded" ? row.status : undefined;
  const apart = row.flowNo ?? open;
  const end = apart === undefined ? "" : ` ${apart}`;
  const { acquirer, kind, minor, currency } = row;
  const sum = String(minor);
  return identityHash(
    acquirer,
    " ",
    transaction,
    " ",
    refund,
    " ",
    kind,
    " ",
    sum,
    " ",
    currency,
    end,
  );
};

/** Whether a row says that money went back. */
export const givesBack = ({ kind }: StatementRow): boolean =>
  kind === "refund" || kind === "revoked";

const encoder = new TextEncoder();

const [opening = 0, quote = 0, comma = 0, closing = 0] = encoder.encode('[",]');

/** Whether a row begins here: its first text follows, where a text that ends so is followed by a comma or a bracket. */
const beginsRow = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === comma &&
  bytes[at + 1] === opening &&
  bytes[at + 2] === quote &&
  bytes[at + 3] !== comma &&
  bytes[at + 3] !== closing;

/** Where each row ends: within a row a quotation mark stands only around a text, or behind a backslash. */
const endsIn = (bytes: Uint8Array, count: number): Uint32Array<ArrayBuffer> => {
  const ends = new Uint32Array(count);
  let row = 0;
  for (let at = bytes.indexOf(closing); at !== -1; at = bytes.indexOf(closing, at + 1))
    if (beginsRow(bytes, at + 1) || at === bytes.length - 2) ends[row++] = at + 1;
  return ends;
};

/** Packs rows of one file, at least one, in any order, into a block: written and encoded at once, not row by row. */
export const packBlock = (rows: readonly StatementRow[]): StatementBlock => {
  const bytes = encoder.encode(JSON.stringify(rows.map(valuesOf)));
  return { rows: bytes.buffer, ends: endsIn(bytes, rows.length) };
};

/** The rows of a block, in the order they were packed. */
export const readBlock = ({ rows }: StatementBlock): readonly StatementRow[] =>
  (JSON.parse(new TextDecoder().decode(rows)) as readonly StoredRow[]).map(rowOf);

/** One row of a block by its place. */
export const rowAt = (block: StatementBlock, place: number): StatementRow | undefined => {
  const end = block.ends?.[place];
  if (block.ends === undefined) return readBlock(block)[place];
  if (end === undefined) return undefined;
  const start = place === 0 ? 1 : (block.ends[place - 1] ?? 0) + 1;
  const bytes = new Uint8Array(block.rows, start, end - start);
  return rowOf(JSON.parse(new TextDecoder().decode(bytes)) as StoredRow);
};
