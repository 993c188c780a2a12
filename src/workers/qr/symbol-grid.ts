import { BitMatrix, PerspectiveTransform } from "@zxing/library";

import { blackAt, distance, type BlackImage, type Point } from "./black-image.ts";
import { cornerByEdges } from "./finder-edges.ts";
import type { Triple } from "./finder-triples.ts";

/** A guess of where a code lies: its modules a side, and how its grid is laid over the picture. */
export type Grid = {
  readonly dimension: number;
  readonly transform: PerspectiveTransform;
  /** Share of the timing pattern's modules that are as they must be. */
  readonly timing: number;
};

/** How far it is from a finder's middle, towards another, to the end of its outer black ring: 3.5 modules. */
const halfFinder = (image: BlackImage, from: Point, towards: Point): number | undefined => {
  const length = distance(from, towards);
  const [dx, dy] = [(towards.x - from.x) / length, (towards.y - from.y) / length];
  let expected = 1;
  let changes = 0;
  for (let step = 0; step < length; step += 0.5) {
    if (blackAt(image, from.x + dx * step, from.y + dy * step) === expected) continue;
    expected = 1 - expected;
    changes++;
    if (changes === 3) return step;
  }
  return undefined;
};

/** The finder's whole width on a line: towards the other finder and away from it. */
const moduleTowards = (image: BlackImage, from: Point, towards: Point): number | undefined => {
  const away = { x: 2 * from.x - towards.x, y: 2 * from.y - towards.y };
  const [inner, outer] = [halfFinder(image, from, towards), halfFinder(image, from, away)];
  return inner === undefined || outer === undefined ? undefined : (inner + outer) / 7;
};

const modulesBetween = (image: BlackImage, one: Point, other: Point): number | undefined => {
  const sizes = [moduleTowards(image, one, other), moduleTowards(image, other, one)].filter(
    (size) => size !== undefined,
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total === 0 ? undefined : distance(one, other) / (total / sizes.length);
};

const smallest = 21;
const largest = 177;

/** The likeliest dimensions, nearest first: 17 + 4 × version (ISO/IEC 18004 §6.3.1). */
export const dimensionsOf = (
  image: BlackImage,
  { topLeft, topRight, bottomLeft }: Triple,
): readonly number[] => {
  const across = modulesBetween(image, topLeft, topRight);
  const down = modulesBetween(image, topLeft, bottomLeft);
  const known = [across, down].filter((count) => count !== undefined);
  if (known.length === 0) return [];
  const estimate = known.reduce((sum, count) => sum + count, 0) / known.length + 7;
  const middle = 17 + 4 * Math.round((estimate - 17) / 4);
  const spread = middle > 60 ? [0, 4, -4, 8, -8] : [0, 4, -4];
  return spread
    .map((offset) => middle + offset)
    .filter((dimension) => dimension >= smallest && dimension <= largest)
    .sort((one, other) => Math.abs(one - estimate) - Math.abs(other - estimate));
};

const alignmentInset = 6.5;

/** 1 where an alignment pattern is black, over its 5 × 5 modules. */
const isRing = (column: number, row: number): number =>
  Math.max(Math.abs(column), Math.abs(row)) === 1 ? 0 : 1;

type Steps = { readonly across: Point; readonly down: Point };

const matchAt = (image: BlackImage, at: Point, { across, down }: Steps): number => {
  let right = 0;
  for (let row = -2; row <= 2; row++)
    for (let column = -2; column <= 2; column++) {
      const x = at.x + across.x * column + down.x * row;
      const y = at.y + across.y * column + down.y * row;
      if (blackAt(image, x, y) === isRing(column, row)) right++;
    }
  return right;
};

const enough = 23;

/** The alignment pattern near the place where it should be: the middle of all places that fit best. */
const findAlignment = (image: BlackImage, near: Point, steps: Steps): Point | undefined => {
  const module = Math.hypot(steps.across.x, steps.across.y);
  for (const modules of [2, 5, 10]) {
    const radius = modules * module;
    const stride = Math.max(1, module / 4);
    let best = enough - 1;
    let sum = { x: 0, y: 0, count: 0 };
    for (let dy = -radius; dy <= radius; dy += stride)
      for (let dx = -radius; dx <= radius; dx += stride) {
        const at = { x: near.x + dx, y: near.y + dy };
        const right = matchAt(image, at, steps);
        if (right < best) continue;
        if (right > best) sum = { x: 0, y: 0, count: 0 };
        best = right;
        sum = { x: sum.x + at.x, y: sum.y + at.y, count: sum.count + 1 };
      }
    if (sum.count > 0 && best >= enough) return { x: sum.x / sum.count, y: sum.y / sum.count };
  }
  return undefined;
};

const stepsOf = ({ topLeft, topRight, bottomLeft }: Triple, dimension: number): Steps => {
  const modules = dimension - 7;
  return {
    across: { x: (topRight.x - topLeft.x) / modules, y: (topRight.y - topLeft.y) / modules },
    down: { x: (bottomLeft.x - topLeft.x) / modules, y: (bottomLeft.y - topLeft.y) / modules },
  };
};

/** The fourth corner's place in modules, and in the picture. */
type Corner = { readonly inset: number; readonly at: Point };

const guessCorner = ({ topLeft, topRight, bottomLeft }: Triple): Point => ({
  x: topRight.x - topLeft.x + bottomLeft.x,
  y: topRight.y - topLeft.y + bottomLeft.y,
});

const transformOf = (
  { topLeft, topRight, bottomLeft }: Triple,
  dimension: number,
  { inset, at }: Corner,
): PerspectiveTransform => {
  const far = dimension - 3.5;
  const last = dimension - inset;
  return PerspectiveTransform.quadrilateralToQuadrilateral(
    3.5,
    3.5,
    far,
    3.5,
    last,
    last,
    3.5,
    far,
    topLeft.x,
    topLeft.y,
    topRight.x,
    topRight.y,
    at.x,
    at.y,
    bottomLeft.x,
    bottomLeft.y,
  );
};

/** Row and column 6 alternate between the finders, black on even places (ISO/IEC 18004 §6.3.5). */
const timingOf = (
  image: BlackImage,
  dimension: number,
  transform: PerspectiveTransform,
): number => {
  const count = dimension - 16;
  const points = new Float32Array(count * 4);
  for (let at = 0; at < count; at++) points.set([at + 8.5, 6.5, 6.5, at + 8.5], at * 4);
  transform.transformPoints(points);
  let right = 0;
  for (let at = 0; at < points.length; at += 2) {
    const wanted = 1 - ((at >> 2) & 1);
    if (blackAt(image, points[at] ?? 0, points[at + 1] ?? 0) === wanted) right++;
  }
  return right / (2 * count);
};

const gridOf = (image: BlackImage, triple: Triple, dimension: number, corner: Corner): Grid => {
  const transform = transformOf(triple, dimension, corner);
  return { dimension, transform, timing: timingOf(image, dimension, transform) };
};

/**
 * Grids of that many modules over three finders, the likelier first: the fourth corner where the outer edges of two
 * finders meet, and where it is in a picture without perspective.
 */
export const layGrids = (image: BlackImage, triple: Triple, dimension: number): readonly Grid[] => {
  const met = cornerByEdges(image, triple, stepsOf(triple, dimension));
  const corners: readonly Corner[] = [
    ...(met === undefined ? [] : [{ inset: 0, at: met }]),
    { inset: 3.5, at: guessCorner(triple) },
  ];
  return corners
    .map((corner) => gridOf(image, triple, dimension, corner))
    .sort((one, other) => other.timing - one.timing);
};

/** The same grid with its last alignment pattern where the picture has it; undefined when it has none. */
export const alignGrid = (
  image: BlackImage,
  triple: Triple,
  { dimension, transform }: Grid,
): Grid | undefined => {
  if (dimension === smallest) return undefined;
  const place = dimension - alignmentInset;
  const near = new Float32Array([place, place]);
  transform.transformPoints(near);
  const [x = 0, y = 0] = near;
  const at = findAlignment(image, { x, y }, stepsOf(triple, dimension));
  return at && gridOf(image, triple, dimension, { inset: alignmentInset, at });
};

/** The modules of a grid as the picture shows them. */
export const sampleGrid = (image: BlackImage, { dimension, transform }: Grid): BitMatrix => {
  const bits = new BitMatrix(dimension);
  const row = new Float32Array(dimension * 2);
  for (let y = 0; y < dimension; y++) {
    for (let x = 0; x < dimension; x++) row.set([x + 0.5, y + 0.5], x * 2);
    transform.transformPoints(row);
    for (let x = 0; x < dimension; x++)
      if (blackAt(image, row[x * 2] ?? 0, row[x * 2 + 1] ?? 0) === 1) bits.set(x, y);
  }
  return bits;
};
