import { blackAt, type BlackImage, type Point } from "./black-image.ts";

/** How far the middle of the last alignment pattern lies inside the code, in modules (ISO/IEC 18004 annex E). */
export const alignmentInset = 6.5;

/** 1 where an alignment pattern is black, over its 5 × 5 modules. */
const isRing = (column: number, row: number): number =>
  Math.max(Math.abs(column), Math.abs(row)) === 1 ? 0 : 1;

/** One module along a row and along a column, in pixels. */
export type Steps = { readonly across: Point; readonly down: Point };

/** Puts modules of a code (x and y in turn) to their places in the picture. */
export type Placing = { readonly transformPoints: (points: Float32Array) => void };

/** A module's place and one module along its row and column, as a placing has them. */
export const stepsAt = (placing: Placing, x: number, y: number): Steps & { readonly at: Point } => {
  const points = new Float32Array([x, y, x + 1, y, x, y + 1]);
  placing.transformPoints(points);
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = points;
  return {
    at: { x: ax, y: ay },
    across: { x: bx - ax, y: by - ay },
    down: { x: cx - ax, y: cy - ay },
  };
};

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

/** The alignment pattern near the place where it should be, ever farther from it: the middle of all places that fit best. */
export const findAlignment = (
  image: BlackImage,
  near: Point,
  steps: Steps,
  reaches: readonly number[],
): Point | undefined => {
  const module = Math.hypot(steps.across.x, steps.across.y);
  for (const modules of reaches) {
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
