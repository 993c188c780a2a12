import type { GreyImage } from "../grey-image.ts";
import type { Point } from "../qr/black-image.ts";

/** A line through the picture, from end to end in pixels. */
export type ScanLine = { readonly from: Point; readonly to: Point };

type Steps = { readonly length: number; readonly dx: number; readonly dy: number };

/** Three pixels side by side for each place of a line that runs along a row or a column. */
const straightProfile = (
  { data, width }: GreyImage,
  { x, y }: Point,
  { length, dx, dy }: Steps,
): Float32Array => {
  const profile = new Float32Array(length);
  const [step, aside] = [dx + dy * width, dx * width - dy];
  for (let at = 0, pixel = y * width + x; at < length; at++, pixel += step)
    profile[at] =
      ((data[pixel - aside] ?? 0) + (data[pixel] ?? 0) + (data[pixel + aside] ?? 0)) / 3;
  return profile;
};

/** Three parallel lines, one pixel apart, between the pixels; what lies outside is as the rim is. */
const slantedProfile = (
  { data, width, height }: GreyImage,
  from: Point,
  { length, dx, dy }: Steps,
): Float32Array => {
  const profile = new Float32Array(length);
  const [right, bottom] = [width - 1.001, height - 1.001];
  for (let aside = -1; aside <= 1; aside++) {
    let x = from.x - dy * aside;
    let y = from.y + dx * aside;
    for (let at = 0; at < length; at++, x += dx, y += dy) {
      const column = x < 0 ? 0 : x > right ? right : x;
      const row = y < 0 ? 0 : y > bottom ? bottom : y;
      const left = column | 0;
      const top = row | 0;
      const pixel = top * width + left;
      const [u, v] = [column - left, row - top];
      const upper = (data[pixel] ?? 0) * (1 - u) + (data[pixel + 1] ?? 0) * u;
      const lower = (data[pixel + width] ?? 0) * (1 - u) + (data[pixel + width + 1] ?? 0) * u;
      profile[at] = (profile[at] ?? 0) + (upper * (1 - v) + lower * v) / 3;
    }
  }
  return profile;
};

/** Brightness from pixel to pixel along a line, each the mean of three side by side. */
export const profileOf = (image: GreyImage, { from, to }: ScanLine): Float32Array => {
  const length = Math.max(2, Math.floor(Math.hypot(to.x - from.x, to.y - from.y)));
  const steps = { length, dx: (to.x - from.x) / length, dy: (to.y - from.y) / length };
  const isStraight = [from.x, from.y, steps.dx, steps.dy].every(Number.isInteger);
  return isStraight ? straightProfile(image, from, steps) : slantedProfile(image, from, steps);
};

type Size = { readonly width: number; readonly height: number };

const leastLength = 32;

/** The part of an endless line that lies in the picture. */
const clip = (through: Point, along: Point, { width, height }: Size): ScanLine | undefined => {
  let [first, last] = [-Infinity, Infinity];
  for (const [start, step, end] of [
    [through.x, along.x, width],
    [through.y, along.y, height],
  ] as const) {
    if (step === 0) continue;
    const [one, other] = [-start / step, (end - start) / step];
    first = Math.max(first, Math.min(one, other));
    last = Math.min(last, Math.max(one, other));
  }
  if (last - first < leastLength) return undefined;
  return {
    from: { x: through.x + along.x * first, y: through.y + along.y * first },
    to: { x: through.x + along.x * last, y: through.y + along.y * last },
  };
};

/** So that lines along rows and columns are exactly that. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Lines across the whole picture at an angle, `gap` pixels apart, all moved by a share of it. */
export const linesAt = (
  size: Size,
  degrees: number,
  { gap, shift }: { readonly gap: number; readonly shift: number },
): readonly ScanLine[] => {
  const angle = (degrees * Math.PI) / 180;
  const along = { x: rounded(Math.cos(angle)), y: rounded(Math.sin(angle)) };
  const reach = (Math.abs(along.y) * size.width + Math.abs(along.x) * size.height) / 2;
  const lines: ScanLine[] = [];
  for (let aside = shift * gap - Math.floor(reach / gap) * gap; aside < reach; aside += gap) {
    const x = Math.floor(size.width / 2 - along.y * aside);
    const y = Math.floor(size.height / 2 + along.x * aside);
    const line = clip({ x, y }, along, size);
    if (line !== undefined) lines.push(line);
  }
  return lines;
};
