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

const nothing: Point = { x: 0, y: 0 };

/** How far each alignment pattern lies from where it should be; one that is not found lies as those before it do. */
const shiftsOf = (image: BlackImage, placing: Placing, middles: readonly number[]) => {
  const count = middles.length;
  const shifts: Point[] = [];
  const shiftAt = (column: number, row: number): Point => shifts[row * count + column] ?? nothing;
  for (const [row, y] of middles.entries())
    for (const [column, x] of middles.entries()) {
      const [before, above] = [
        column > 0 ? shiftAt(column - 1, row) : shiftAt(column, row - 1),
        row > 0 ? shiftAt(column, row - 1) : shiftAt(column - 1, row),
      ];
      const guess = { x: (before.x + above.x) / 2, y: (before.y + above.y) / 2 };
      const { at, ...steps } = stepsAt(placing, x, y);
      const isFinder =
        (row === 0 || row === count - 1) && (column === 0 || (column === count - 1 && row === 0));
      const near = { x: at.x + guess.x, y: at.y + guess.y };
      const found = isFinder ? at : findAlignment(image, near, steps, [1, 2.5]);
      shifts.push(found === undefined ? guess : { x: found.x - at.x, y: found.y - at.y });
    }
  return shiftAt;
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
  const cellOf = (place: number) => {
    const after = middles.findIndex((middle) => middle > place);
    const cell = after === -1 ? middles.length - 2 : Math.max(0, after - 1);
    const [from = 0, to = 1] = [middles[cell], middles[cell + 1]];
    return { cell, share: Math.min(1, Math.max(0, (place - from) / (to - from))) };
  };
  const cells = Array.from({ length: dimension }, (_, module) => cellOf(module + 0.5));
  const shift = (x: number, y: number): Point => {
    const [across, down] = [cells[Math.floor(x)] ?? cellOf(x), cells[Math.floor(y)] ?? cellOf(y)];
    const mix = (row: number): Point => {
      const [left, right] = [shiftAt(across.cell, row), shiftAt(across.cell + 1, row)];
      return {
        x: left.x + (right.x - left.x) * across.share,
        y: left.y + (right.y - left.y) * across.share,
      };
    };
    const [upper, lower] = [mix(down.cell), mix(down.cell + 1)];
    return {
      x: upper.x + (lower.x - upper.x) * down.share,
      y: upper.y + (lower.y - upper.y) * down.share,
    };
  };
  return {
    transformPoints: (points) => {
      const modules = points.slice();
      placing.transformPoints(points);
      for (let at = 0; at < points.length; at += 2) {
        const { x, y } = shift(modules[at] ?? 0, modules[at + 1] ?? 0);
        points[at] = (points[at] ?? 0) + x;
        points[at + 1] = (points[at + 1] ?? 0) + y;
      }
    },
  };
};
