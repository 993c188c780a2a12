import { confusableKey } from "../codes/number-key.ts";
import type { BusinessDate } from "../instant.ts";
import { channelDay } from "./channel-clock.ts";
import { identityHash, numberHash } from "./number-hash.ts";
import { saidOf } from "./refund-said.ts";
import type { StatementRow } from "./statement-row.ts";

/** About a thousand rows as they are stored and moved between threads; append-only. */
export type StatementBlock = {
  /** JSON of the rows in UTF-8. */
  readonly rows: ArrayBuffer;
  /** Sorted hashes of every number of the rows. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** Sorted identities of the rows, to know them again in another file. */
  readonly rowKeys: Float64Array<ArrayBuffer>;
  /** Days of the channel's clock. */
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
  readonly count: number;
};

/** Every number a row may be asked for by. */
export const numbersOfRow = (row: StatementRow): readonly string[] =>
  [row.transactionId, row.outTradeNo, row.refundNo, row.channelRefundNo].filter(
    (number): number is string => number !== undefined && number !== "",
  );

const hashesOfRow = (row: StatementRow): readonly number[] => numbersOfRow(row).map(numberHash);

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
  return identityHash(
    `${row.acquirer} ${transaction} ${refund} ${row.kind} ${row.minor} ${row.currency}${apart === undefined ? "" : ` ${apart}`}`,
  );
};

/** Packs rows of one file, at least one, in any order, into a block. */
export const packBlock = (rows: readonly StatementRow[]): StatementBlock => {
  const times = rows.map((row) => row.at).sort();
  const firstAt = times[0];
  const lastAt = times.at(-1);
  if (firstAt === undefined || lastAt === undefined) throw new Error("a block holds rows");
  return {
    rows: new TextEncoder().encode(JSON.stringify(rows)).buffer,
    keys: new Uint32Array(rows.flatMap(hashesOfRow)).sort(),
    rowKeys: new Float64Array(rows.map(rowKey)).sort(),
    firstDay: channelDay(firstAt),
    lastDay: channelDay(lastAt),
    count: rows.length,
  };
};

/** The rows of a block, in the order they were packed. */
export const readBlock = (block: Pick<StatementBlock, "rows">): readonly StatementRow[] =>
  JSON.parse(new TextDecoder().decode(block.rows)) as readonly StatementRow[];

/** Rows that carry this number, however it was spelled; the hashes only say where it is worth looking. */
export const findInBlock = (
  block: Pick<StatementBlock, "rows" | "keys">,
  number: string,
): readonly StatementRow[] => {
  if (!hasSorted(block.keys, numberHash(number))) return [];
  const wanted = confusableKey(number);
  return readBlock(block).filter((row) =>
    numbersOfRow(row).some((candidate) => confusableKey(candidate) === wanted),
  );
};

/** Binary search in a sorted array. */
export const hasSorted = (sorted: Uint32Array | Float64Array, value: number): boolean => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
};
