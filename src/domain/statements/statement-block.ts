import { identityHash } from "./number-hash.ts";
import { saidOf } from "./refund-said.ts";
import type { StatementRow } from "./statement-row.ts";

/** Some rows as they are stored and moved between threads; append-only. */
export type StatementBlock = {
  /** JSON of the rows in UTF-8. */
  readonly rows: ArrayBuffer;
  /** Behind which byte each row ends, so that one is read without the others; blocks of older versions have none. */
  readonly ends?: Uint32Array<ArrayBuffer>;
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
export const rowKey = (row: StatementRow): number => {
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

/** Packs rows of one file, at least one, in any order, into a block. */
export const packBlock = (rows: readonly StatementRow[]): StatementBlock => {
  const texts = rows.map((row) => JSON.stringify(row));
  const room = new Uint8Array(3 * texts.reduce((length, text) => length + text.length + 1, 1));
  const ends = new Uint32Array(rows.length);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    room[at] = (index === 0 ? "[" : ",").charCodeAt(0);
    at += 1 + encoder.encodeInto(text, room.subarray(at + 1)).written;
    ends[index] = at;
  }
  room[at] = "]".charCodeAt(0);
  return { rows: room.slice(0, at + 1).buffer, ends };
};

/** The rows of a block, in the order they were packed. */
export const readBlock = ({ rows }: StatementBlock): readonly StatementRow[] =>
  JSON.parse(new TextDecoder().decode(rows)) as readonly StatementRow[];

/** One row of a block by its place. */
export const rowAt = (block: StatementBlock, place: number): StatementRow | undefined => {
  const end = block.ends?.[place];
  if (block.ends === undefined) return readBlock(block)[place];
  if (end === undefined) return undefined;
  const start = place === 0 ? 1 : (block.ends[place - 1] ?? 0) + 1;
  const bytes = new Uint8Array(block.rows, start, end - start);
  return JSON.parse(new TextDecoder().decode(bytes)) as StatementRow;
};
