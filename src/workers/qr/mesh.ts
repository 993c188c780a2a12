import Version from "@zxing/library/esm/core/qrcode/decoder/Version.js";

import { findAlignment, stepsAt, type Placing } from "./alignment.ts";
import type { BlackImage, Point } from "./black-image.ts";

/** From here on a code has alignment patterns all over (ISO/IEC 18004 annex E). */
const leastMeshed = 45;

/** Where rows and columns of alignment patterns have their middles, in modules. */
const middlesOf = (dimension: number): readonly number[] =>
  Array.from(
    Version.getProvisionalVersionForDimension(dimension).getAlignmentPatternCenters(),
    (place) => place + 0.5,
  );

/** How far the alignment pattern of a row and a column (counted, not in modules) lies from where it should be. */
type ShiftAt = (column: number, row: number) => Point;

const nothing: Point = { x: 0, y: 0 };
const reaches = [1, 2.5];

const mix = (one: Point, other: Point, share: number): Point => ({
  x: one.x + (other.x - one.x) * share,
  y: one.y + (other.y - one.y) * share,
});

/** Three corners are finders, which the grid already hangs on. */
const isFinder = (column: number, row: number, last: number): boolean =>
  (row === 0 && (column === 0 || column === last)) || (column === 0 && row === last);

/** Looks for every alignment pattern beside those before it; one that is not found lies as they do. */
const shiftsOf = (image: BlackImage, placing: Placing, middles: readonly number[]): ShiftAt => {
  const shifts: Point[] = [];
  const shiftAt: ShiftAt = (column, row) => shifts[row * middles.length + column] ?? nothing;
  for (const [row, y] of middles.entries())
    for (const [column, x] of middles.entries()) {
      const before = shiftAt(Math.max(0, column - 1), column === 0 ? row - 1 : row);
      const above = shiftAt(row === 0 ? column - 1 : column, Math.max(0, row - 1));
      const guess = mix(before, above, 0.5);
      const { at, ...steps } = stepsAt(placing, x, y);
      const near = { x: at.x + guess.x, y: at.y + guess.y };
      const found = isFinder(column, row, middles.length - 1)
        ? at
        : findAlignment(image, near, steps, reaches);
      shifts.push(found === undefined ? guess : { x: found.x - at.x, y: found.y - at.y });
    }
  return shiftAt;
};

/** Between which two patterns a module lies, and how far from the first to the second. */
type Cell = { readonly first: number; readonly share: number };

const cellOf = (middles: readonly number[], place: number): Cell => {
  const after = middles.findIndex((middle) => middle > place);
  const first = after === -1 ? middles.length - 2 : Math.max(0, after - 1);
  const [from = 0, to = 1] = [middles[first], middles[first + 1]];
  return { first, share: Math.min(1, Math.max(0, (place - from) / (to - from))) };
};

/** The shift of a place, mixed from those of the four patterns around. */
const shiftIn = (shiftAt: ShiftAt, across: Cell, down: Cell): Point => {
  const inRow = (row: number): Point =>
    mix(shiftAt(across.first, row), shiftAt(across.first + 1, row), across.share);
  return mix(inRow(down.first), inRow(down.first + 1), down.share);
};

/** A placing bent so that every alignment pattern is where the picture has it; undefined for codes with one or none. */
export const bendToAlignments = (
  image: BlackImage,
  placing: Placing,
  dimension: number,
): Placing | undefined => {
  if (dimension < leastMeshed) return undefined;
  const middles = middlesOf(dimension);
  const shiftAt = shiftsOf(image, placing, middles);
  return {
    transformPoints: (points) => {
      const cells = Array.from(points, (place) => cellOf(middles, place));
      placing.transformPoints(points);
      for (let at = 0; at + 1 < points.length; at += 2) {
        const [across, down] = [cells[at], cells[at + 1]];
        if (across === undefined || down === undefined) continue;
        const { x, y } = shiftIn(shiftAt, across, down);
        points.set([(points[at] ?? 0) + x, (points[at + 1] ?? 0) + y], at);
      }
    },
  };
};
