import { distance } from "./black-image.ts";
import type { Finder } from "./finder-patterns.ts";

/** Three finders that may be the corners of one code. */
export type Triple = {
  readonly topLeft: Finder;
  readonly topRight: Finder;
  readonly bottomLeft: Finder;
  /** 0 is a perfect right angle of equal legs and sizes. */
  readonly error: number;
};

const strongest = 22;
const mostTriples = 24;
const limits = { sizes: 2.2, legs: 2.6, cosine: 0.7, span: [9, 190] } as const;

/** The finder opposite the longest side is the corner; the others stand clockwise around it. */
const orient = (a: Finder, b: Finder, c: Finder): readonly [Finder, Finder, Finder] => {
  const [ab, bc, ca] = [distance(a, b), distance(b, c), distance(c, a)];
  const longest = Math.max(ab, bc, ca);
  const [corner, one, other] =
    longest === bc
      ? ([a, b, c] as const)
      : longest === ca
        ? ([b, c, a] as const)
        : ([c, a, b] as const);
  const cross =
    (one.x - corner.x) * (other.y - corner.y) - (one.y - corner.y) * (other.x - corner.x);
  return cross > 0 ? [corner, one, other] : [corner, other, one];
};

const ratio = (one: number, other: number): number =>
  Math.max(one, other) / Math.max(1e-6, Math.min(one, other));

const tripleOf = (a: Finder, b: Finder, c: Finder): Triple | undefined => {
  const [topLeft, topRight, bottomLeft] = orient(a, b, c);
  const [across, down] = [distance(topLeft, topRight), distance(topLeft, bottomLeft)];
  const sizes = ratio(Math.max(a.size, b.size, c.size), Math.min(a.size, b.size, c.size));
  const legs = ratio(across, down);
  const dot =
    (topRight.x - topLeft.x) * (bottomLeft.x - topLeft.x) +
    (topRight.y - topLeft.y) * (bottomLeft.y - topLeft.y);
  const cosine = Math.abs(dot) / Math.max(1e-6, across * down);
  const span = Math.max(across, down) / ((a.size + b.size + c.size) / 3);
  const [least, most] = limits.span;
  if (sizes > limits.sizes || legs > limits.legs || cosine > limits.cosine) return undefined;
  if (span < least || span > most) return undefined;
  const lonely = [a, b, c].filter(({ seen }) => seen < 2).length;
  const error = cosine + Math.log(legs) + 2 * Math.log(sizes) + lonely / 4;
  return { topLeft, topRight, bottomLeft, error };
};

/** The likeliest corners of codes, best first. */
export const findTriples = (finders: readonly Finder[]): readonly Triple[] => {
  const best = [...finders].sort((one, other) => other.seen - one.seen).slice(0, strongest);
  const triples: Triple[] = [];
  for (const [i, a] of best.entries())
    for (const [j, b] of best.slice(0, i).entries())
      for (const c of best.slice(0, j)) {
        const triple = tripleOf(a, b, c);
        if (triple !== undefined) triples.push(triple);
      }
  return triples.sort((one, other) => one.error - other.error).slice(0, mostTriples);
};
