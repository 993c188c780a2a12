import type { Bytes } from "../record.ts";
import { mixInto } from "./fountain.ts";

/** Mixed fragments as equations over bits; solved by elimination, so that every part that says something new counts. */
export type Solver = {
  /** False when the part follows from those before it. */
  readonly add: (fragments: readonly number[], data: Uint8Array) => boolean;
  /** How many fragments the parts so far are worth. */
  readonly rank: () => number;
  /** The fragments in order; only when the rank is their number. */
  readonly solve: () => Bytes;
};

/** Which fragments are mixed, one bit each, and their mixture; in words, which are mixed four times as fast. */
type Row = { readonly mask: Uint32Array; readonly words: Uint32Array };

const has = (mask: Uint32Array, bit: number): boolean =>
  (((mask[bit >> 5] ?? 0) >>> (bit & 31)) & 1) === 1;

const reduce = (row: Row, by: Row): void => {
  mixInto(row.mask, by.mask);
  mixInto(row.words, by.words);
};

const newRow = (count: number, fragments: readonly number[], data: Uint8Array): Row => {
  const mask = new Uint32Array(Math.ceil(count / 32));
  for (const bit of fragments) mask[bit >> 5] = (mask[bit >> 5] ?? 0) ^ (1 << (bit & 31));
  const words = new Uint32Array(Math.ceil(data.length / 4));
  new Uint8Array(words.buffer).set(data);
  return { mask, words };
};

/** At most one row for each of `count` fragments of `length` bytes is kept. */
export const newSolver = (count: number, length: number): Solver => {
  const rows: (Row | undefined)[] = Array.from({ length: count });
  let rank = 0;

  const add: Solver["add"] = (fragments, data) => {
    const row = newRow(count, fragments, data);
    for (let bit = 0; bit < count; bit++) {
      if (!has(row.mask, bit)) continue;
      const known = rows[bit];
      if (known === undefined) {
        rows[bit] = row;
        rank += 1;
        return true;
      }
      reduce(row, known);
    }
    return false;
  };

  /** From the last row up: every fragment behind a row's own one is known by then. */
  const solve: Solver["solve"] = () => {
    const whole = new Uint8Array(count * length);
    for (let at = count - 1; at >= 0; at--) {
      const row = rows[at];
      if (row === undefined) throw new Error("solved before every fragment is there");
      for (let bit = at + 1; bit < count; bit++) {
        const known = rows[bit];
        if (known !== undefined && has(row.mask, bit)) reduce(row, known);
      }
      whole.set(new Uint8Array(row.words.buffer, 0, length), at * length);
    }
    return whole;
  };

  return { add, rank: () => rank, solve };
};
