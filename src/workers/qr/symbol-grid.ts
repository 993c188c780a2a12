import { BitMatrix, PerspectiveTransform } from "@zxing/library";

import { alignmentInset, findAlignment, stepsAt, type Placing, type Steps } from "./alignment.ts";
import { blackAt, type BlackImage, type Point } from "./black-image.ts";
import { smallest } from "./dimensions.ts";
import { cornerByEdges } from "./finder-edges.ts";
import type { Triple } from "./finder-triples.ts";
import { bendToAlignments } from "./mesh.ts";

/** A guess of where a code lies: its modules a side, and how its grid is laid over the picture. */
export type Grid = {
  readonly dimension: number;
  readonly transform: Placing;
  /** Share of the timing pattern's modules that are as they must be. */
  readonly timing: number;
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
const timingOf = (image: BlackImage, dimension: number, transform: Placing): number => {
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
  const { at: near, ...steps } = stepsAt(transform, place, place);
  const at = findAlignment(image, near, steps, [2, 5, 10]);
  return at && gridOf(image, triple, dimension, { inset: alignmentInset, at });
};

/** The same grid bent to all alignment patterns; undefined for codes with one or none. */
export const bendGrid = (image: BlackImage, grid: Grid): Grid | undefined => {
  const transform = bendToAlignments(image, grid.transform, grid.dimension);
  return transform && { ...grid, transform };
};

/** Where a grid's corners lie in the picture, from the upper left one clockwise. */
export const cornersOf = ({ dimension, transform }: Grid): readonly Point[] => {
  const [near, far] = [0, dimension];
  const points = new Float32Array([near, near, far, near, far, far, near, far]);
  transform.transformPoints(points);
  return [0, 2, 4, 6].map((at) => ({ x: points[at] ?? 0, y: points[at + 1] ?? 0 }));
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
