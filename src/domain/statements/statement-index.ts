import { secondsOf, type Instant } from "../instant.ts";
import { endingOf, numberHash } from "./number-hash.ts";
import { givesBack, rowKey } from "./statement-block.ts";
import type { StatementRow } from "./statement-row.ts";

/**
 * What the rows of one import are found by, each a list of pairs: the place of a row among all of them, and a key, in the
 * order of the keys. `numbers`: a hash of each number. `endings`: how the numbers of payments end. `amounts`: minor units
 * of payments. `times`: seconds. Beside them `blocks`: for each block how many rows it has, whether one of them gives
 * money back, and the first and last of their seconds.
 */
export type PairList = "numbers" | "endings" | "amounts" | "times";

/** What each part of an index holds. */
export type IndexValues = { readonly [part in PairList | "blocks"]: Uint32Array<ArrayBuffer> } & {
  /** By what rows are known again, sorted. */
  readonly identities: Float64Array<ArrayBuffer>;
  readonly merchants: readonly (readonly [acquirer: string, merchantNo: string])[];
};

export type IndexPart = keyof IndexValues;

/** A piece of an import's index as it is stored; pieces of one part follow each other. */
export type IndexPiece = {
  [Part in IndexPart]: {
    readonly part: Part;
    readonly index: number;
    readonly values: IndexValues[Part];
  };
}[IndexPart];

/** How many numbers describe a block. */
export const blockFields = 4;

/** Numbers in a piece: small enough that storing one keeps no thread for long. */
const perPiece = 262_144;

/** A list that grows by doubling. */
const newNumbers = () => {
  let room = new Uint32Array(1024);
  let length = 0;
  return {
    push: (one: number, other: number): void => {
      if (length + 2 > room.length) {
        const larger = new Uint32Array(2 * room.length);
        larger.set(room);
        room = larger;
      }
      room[length] = one;
      room[length + 1] = other;
      length += 2;
    },
    all: (): Uint32Array<ArrayBuffer> => room.subarray(0, length),
  };
};

/** Pairs read as one number each, the second half counting most, as every platform of ours stores numbers. */
const sortPairs = (pairs: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  new BigUint64Array(pairs.buffer, pairs.byteOffset, pairs.length / 2).sort();
  return pairs;
};

const two = (at: Instant, place: number): number =>
  10 * at.charCodeAt(place) + at.charCodeAt(place + 1) - 11 * 48;

/** Seconds of an instant; its day is looked up only when it changes, as a million rows have few. */
const newSeconds = (): ((at: Instant) => number) => {
  let day = "none";
  let start = 0;
  return (at) => {
    if (!at.startsWith(day)) {
      day = at.slice(0, 10);
      start = secondsOf(`${day}T00:00:00Z` as Instant);
    }
    return start + 3600 * two(at, 11) + 60 * two(at, 14) + two(at, 17);
  };
};

/** Takes the rows of an import block by block and gives the pieces of its index; `keys` are the rows' identities. */
export const newStatementIndex = () => {
  const lists = {
    numbers: newNumbers(),
    endings: newNumbers(),
    amounts: newNumbers(),
    times: newNumbers(),
  };
  const blocks = newNumbers();
  const merchants: [acquirer: string, merchantNo: string][] = [];
  const secondOf = newSeconds();
  let place = 0;
  const addNumber = (number = ""): void => {
    if (number !== "") lists.numbers.push(place, numberHash(number));
  };
  const addMerchant = ({ acquirer, merchantNo }: StatementRow): void => {
    const isKnown = merchants.some(([of, no]) => no === merchantNo && of === acquirer);
    if (merchantNo !== "" && !isKnown) merchants.push([acquirer, merchantNo]);
  };
  const addRow = (row: StatementRow, second: number): void => {
    addNumber(row.transactionId);
    addNumber(row.outTradeNo);
    addNumber(row.refundNo);
    addNumber(row.channelRefundNo);
    lists.times.push(place, second);
    addMerchant(row);
    if (row.kind === "payment") {
      lists.amounts.push(place, row.minor >>> 0);
      if (row.payerMinor !== undefined) lists.amounts.push(place, row.payerMinor >>> 0);
      if (row.transactionId !== "") lists.endings.push(place, endingOf(row.transactionId));
      if (row.outTradeNo !== "") lists.endings.push(place, endingOf(row.outTradeNo));
    }
    place++;
  };
  const add = (rows: readonly StatementRow[]): void => {
    let [first, last, back] = [Infinity, 0, 0];
    for (const row of rows) {
      const second = secondOf(row.at);
      addRow(row, second);
      first = Math.min(first, second);
      last = Math.max(last, second);
      if (givesBack(row)) back = 1;
    }
    blocks.push(rows.length, back);
    blocks.push(first, last);
  };
  /** `blocks` come last: where they are, the index is whole. */
  const pieces = function* (identities: Float64Array<ArrayBuffer>): Generator<IndexPiece> {
    for (const part of ["numbers", "endings", "amounts", "times"] as const)
      yield* cut(part, sortPairs(lists[part].all()));
    for (const [index, values] of parts(identities.sort()))
      yield { part: "identities", index, values };
    yield { part: "merchants", index: 0, values: merchants };
    yield* cut("blocks", blocks.all());
  };
  return { add, pieces };
};

const cut = function* (
  part: PairList | "blocks",
  all: Uint32Array<ArrayBuffer>,
): Generator<IndexPiece> {
  for (const [index, values] of parts(all)) yield { part, index, values };
};

const parts = function* <Values extends Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  all: Values,
): Generator<readonly [number, Values]> {
  for (let at = 0; at < all.length; at += perPiece)
    yield [at / perPiece, all.slice(at, at + perPiece) as Values];
};

/** The index of rows that are here already, by their blocks. */
export const indexRows = async (
  blocks: AsyncIterable<readonly StatementRow[]>,
): Promise<readonly IndexPiece[]> => {
  const index = newStatementIndex();
  const keys: number[] = [];
  for await (const rows of blocks) {
    index.add(rows);
    keys.push(...rows.map(rowKey));
  }
  return [...index.pieces(new Float64Array(keys))];
};

/** The places of the pairs whose key is in a range, in one sorted piece. */
export const placesBetween = (
  pairs: Uint32Array,
  from: number,
  below: number,
): readonly number[] => {
  const places: number[] = [];
  for (let at = firstFrom(pairs, from); at < pairs.length; at += 2) {
    if ((pairs[at + 1] ?? 0) >= below) break;
    places.push(pairs[at] ?? 0);
  }
  return places;
};

/** Where the first pair stands whose key is not below a value. */
export const firstFrom = (pairs: Uint32Array, value: number): number => {
  let low = 0;
  let high = pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pairs[2 * middle + 1] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
};

/** Binary search in a sorted array. */
export const hasSorted = (sorted: Float64Array, value: number): boolean => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
};
