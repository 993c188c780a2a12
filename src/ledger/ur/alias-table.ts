import type { Draw } from "./xoshiro.ts";

/** Walker's alias method: which of n outcomes, each with its own weight, two draws choose. */
export type AliasTable = { readonly shares: Float64Array; readonly others: Uint32Array };

const newTable = (weights: readonly number[]): AliasTable => {
  const n = weights.length;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const scaled = Float64Array.from(weights, (weight) => (weight * n) / sum);
  const indexes = Array.from({ length: n }, (_, index) => n - 1 - index);
  const small = indexes.filter((index) => (scaled[index] ?? 0) < 1);
  const large = indexes.filter((index) => (scaled[index] ?? 0) >= 1);
  const shares = new Float64Array(n).fill(1);
  const others = new Uint32Array(n);
  for (;;) {
    const [less, more] = [small.at(-1), large.at(-1)];
    if (less === undefined || more === undefined) return { shares, others };
    small.pop();
    large.pop();
    shares[less] = scaled[less] ?? 0;
    others[less] = more;
    const left = (scaled[more] ?? 0) + (scaled[less] ?? 0) - 1;
    scaled[more] = left;
    (left < 1 ? small : large).push(more);
  }
};

/** Every outcome is found by two draws, in the order of the reference. */
export const drawFrom = ({ shares, others }: AliasTable, draw: Draw): number => {
  const index = Math.floor(draw() * shares.length);
  return draw() < (shares[index] ?? 0) ? index : (others[index] ?? 0);
};

/** How many fragments one part mixes: degree i with weight 1/i. */
export const degreeTable = (fragments: number): AliasTable =>
  newTable(Array.from({ length: fragments }, (_, index) => 1 / (index + 1)));
