import { blackAt, type BlackImage, type Point } from "./black-image.ts";
import type { Triple } from "./finder-triples.ts";

/** A line as a·x + b·y = c with a² + b² = 1. */
type Line = { readonly a: number; readonly b: number; readonly c: number };

/** One module to the outside of a finder, and one along its outer edge. */
type Edge = { readonly middle: Point; readonly out: Point; readonly along: Point };

const offsets = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3];
const reach = 5.5;

/** The last black of a finder on a line to the outside, half a step further: beyond lies the quiet zone. */
const edgePoint = (
  image: BlackImage,
  { middle, out, along }: Edge,
  offset: number,
): Point | undefined => {
  const start = { x: middle.x + along.x * offset, y: middle.y + along.y * offset };
  const stride = 0.5 / Math.max(1, Math.hypot(out.x, out.y));
  let last: number | undefined;
  for (let modules = 2; modules <= reach; modules += stride)
    if (blackAt(image, start.x + out.x * modules, start.y + out.y * modules) === 1) last = modules;
  if (last === undefined || last > reach - 1) return undefined;
  const edge = last + stride / 2;
  return { x: start.x + out.x * edge, y: start.y + out.y * edge };
};

/** The line that lies nearest to all points (total least squares). */
const fitLine = (points: readonly Point[]): Line => {
  const count = points.length;
  const x = points.reduce((sum, point) => sum + point.x, 0) / count;
  const y = points.reduce((sum, point) => sum + point.y, 0) / count;
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of points) {
    xx += (point.x - x) ** 2;
    xy += (point.x - x) * (point.y - y);
    yy += (point.y - y) ** 2;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const [a, b] = [-Math.sin(angle), Math.cos(angle)];
  return { a, b, c: a * x + b * y };
};

const offLine = ({ a, b, c }: Line, { x, y }: Point): number => Math.abs(a * x + b * y - c);

const leastPoints = 6;

/** The outer edge of a finder; what lies off the first fit is dropped, and too few points are no edge. */
const edgeLine = (image: BlackImage, edge: Edge): Line | undefined => {
  const points = offsets.flatMap((offset) => edgePoint(image, edge, offset) ?? []);
  if (points.length < leastPoints) return undefined;
  const first = fitLine(points);
  const slack = Math.max(1, Math.hypot(edge.out.x, edge.out.y) / 2);
  const good = points.filter((point) => offLine(first, point) <= slack);
  return good.length < leastPoints ? undefined : fitLine(good);
};

type Corners = Pick<Triple, "topLeft" | "topRight" | "bottomLeft">;

const scaled = ({ x, y }: Point, by: number): Point => ({ x: x * by, y: y * by });

/** Where the right edge of the top right finder meets the lower edge of the bottom left one: the code's fourth corner. */
export const cornerByEdges = (
  image: BlackImage,
  { topLeft, topRight, bottomLeft }: Corners,
  { across, down }: { readonly across: Point; readonly down: Point },
): Point | undefined => {
  const size = (topLeft.size + topRight.size + bottomLeft.size) / 3;
  const [near, far] = [topRight.size / size, bottomLeft.size / size];
  const right = edgeLine(image, {
    middle: topRight,
    out: scaled(across, near),
    along: scaled(down, near),
  });
  const lower = edgeLine(image, {
    middle: bottomLeft,
    out: scaled(down, far),
    along: scaled(across, far),
  });
  if (right === undefined || lower === undefined) return undefined;
  const area = right.a * lower.b - right.b * lower.a;
  if (Math.abs(area) < 0.2) return undefined;
  return {
    x: (right.c * lower.b - right.b * lower.c) / area,
    y: (right.a * lower.c - right.c * lower.a) / area,
  };
};
