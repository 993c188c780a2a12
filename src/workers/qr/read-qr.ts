import Decoder from "@zxing/library/esm/core/qrcode/decoder/Decoder.js";

import type { BlackImage, Point } from "./black-image.ts";
import { dimensionsOf } from "./dimensions.ts";
import { findFinders, type Finder } from "./finder-patterns.ts";
import { findTriples, type Triple } from "./finder-triples.ts";
import { alignGrid, bendGrid, cornersOf, layGrids, sampleGrid, type Grid } from "./symbol-grid.ts";

/** The library misses up to a quarter of perfect codes when it chooses finders; its decoder is good. */
const decoder = new Decoder();

const mostCodes = 6;
const leastTiming = 0.65;
const mostGrids = 3;

/** The library says "not a code" by throwing; whatever it throws, the next guess is tried. */
const decodeGrid = (image: BlackImage, grid: Grid): string | undefined => {
  try {
    return decoder.decodeBitMatrix(sampleGrid(image, grid), new Map()).getText();
  } catch {
    return undefined;
  }
};

/** The likeliest grids; the timing pattern tells a code from what only looks like one. */
const gridsOf = (image: BlackImage, triple: Triple): readonly Grid[] =>
  dimensionsOf(image, triple)
    .flatMap((dimension) => layGrids(image, triple, dimension))
    .filter(({ timing }) => timing >= leastTiming)
    .sort((one, other) => other.timing - one.timing)
    .slice(0, mostGrids);

/** Rows that show a finder, for each pixel of its module; what only looks like one shows in a row or two. */
const leastSeen = 1.2;
const mostSlanted = 3;

const isSolid = ({ topLeft, topRight, bottomLeft }: Triple): boolean =>
  [topLeft, topRight, bottomLeft].every(({ seen, size }) => seen >= leastSeen * size);

/** At a strong slant the timing pattern is not where it seems to be before the alignment pattern is found. */
const slantedGridsOf = (image: BlackImage, triple: Triple): readonly Grid[] =>
  dimensionsOf(image, triple)
    .slice(0, 1)
    .flatMap((dimension) => layGrids(image, triple, dimension))
    .flatMap((grid) => alignGrid(image, triple, grid) ?? [])
    .filter(({ timing }) => timing >= leastTiming);

/** A code's text and its corners in pixels, from the upper left one clockwise. */
export type QrCode = { readonly text: string; readonly corners: readonly Point[] };

const readGrids = (
  image: BlackImage,
  triple: Triple,
  grids: readonly Grid[],
): QrCode | undefined => {
  for (const grid of grids) {
    const aligned = alignGrid(image, triple, grid);
    const bent = bendGrid(image, aligned ?? grid);
    for (const guess of [bent, aligned, grid]) {
      const text = guess && decodeGrid(image, guess);
      if (text !== undefined) return { text, corners: cornersOf(aligned ?? grid) };
    }
  }
  return undefined;
};

/** Inside the parallelogram of a code that was read, its rim included. */
const isInside = ({ topLeft, topRight, bottomLeft }: Triple, { x, y }: Point): boolean => {
  const [ax, ay] = [topRight.x - topLeft.x, topRight.y - topLeft.y];
  const [bx, by] = [bottomLeft.x - topLeft.x, bottomLeft.y - topLeft.y];
  const area = ax * by - ay * bx;
  const [dx, dy] = [x - topLeft.x, y - topLeft.y];
  const [u, v] = [(dx * by - dy * bx) / area, (ax * dy - ay * dx) / area];
  return u > -0.1 && u < 1.1 && v > -0.1 && v < 1.1;
};

type Reading = { readonly code: QrCode; readonly triple: Triple };

const readOne = (image: BlackImage, finders: readonly Finder[]): Reading | undefined => {
  const triples = findTriples(finders);
  const solid = triples.filter(isSolid).slice(0, mostSlanted);
  for (const [find, some] of [
    [gridsOf, triples],
    [slantedGridsOf, solid],
  ] as const)
    for (const triple of some) {
      const code = readGrids(image, triple, find(image, triple));
      if (code !== undefined) return { code, triple };
    }
  return undefined;
};

/** Every QR code of a black and white picture, at most six. */
export const readQrCodes = (image: BlackImage): readonly QrCode[] => {
  const codes: QrCode[] = [];
  let finders = findFinders(image);
  while (codes.length < mostCodes && finders.length >= 3) {
    const reading = readOne(image, finders);
    if (reading === undefined) break;
    codes.push(reading.code);
    finders = finders.filter((finder) => !isInside(reading.triple, finder));
  }
  return codes;
};
