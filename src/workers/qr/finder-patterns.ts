import type { BlackImage } from "./black-image.ts";

/** A place that looks like the finder of a QR code; `size` is a module in pixels, `seen` how many rows agree. */
export type Finder = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly seen: number;
};

type Sighting = Omit<Finder, "seen">;

type Runs = readonly [number, number, number, number, number];

/** 1 : 1 : 3 : 1 : 1, each within half a module (ISO/IEC 18004 §9.8). */
const fits = ([a, b, c, d, e]: Runs): boolean => {
  const module = (a + b + c + d + e) / 7;
  const slack = module / 2;
  return (
    module >= 1 &&
    Math.abs(module - a) < slack &&
    Math.abs(module - b) < slack &&
    Math.abs(3 * module - c) < 3 * slack &&
    Math.abs(module - d) < slack &&
    Math.abs(module - e) < slack
  );
};

/** How far the same colour goes on from a pixel, not counting it, at most `most` pixels. */
const reach = (
  { data }: BlackImage,
  from: number,
  { step, most, colour }: { readonly step: number; readonly most: number; readonly colour: number },
): number => {
  let count = 0;
  while (count < most && data[from + step * (count + 1)] === colour) count++;
  return count;
};

type Side = {
  readonly step: number;
  readonly room: number;
  readonly limit: number;
};

/** Lengths of centre, white and black on one side of a pixel in the middle of a finder. */
const sideRuns = (image: BlackImage, from: number, { step, room, limit }: Side) => {
  const most = (used: number): number => Math.min(limit, room - used);
  const centre = reach(image, from, { step, most: most(0), colour: 1 });
  const edge = from + step * centre;
  const white = reach(image, edge, { step, most: most(centre), colour: 0 });
  const rim = edge + step * white;
  const black = reach(image, rim, { step, most: most(centre + white), colour: 1 });
  return { centre, white, black };
};

/** The middle of a finder along one line through a pixel of it, relative to that pixel; undefined when it is none. */
const crossCheck = (
  image: BlackImage,
  from: number,
  { step, before, after, limit }: { step: number; before: number; after: number; limit: number },
): { readonly offset: number; readonly total: number } | undefined => {
  const low = sideRuns(image, from, { step: -step, room: before, limit });
  const high = sideRuns(image, from, { step, room: after, limit });
  const centre = low.centre + high.centre + 1;
  const runs: Runs = [low.black, low.white, centre, high.white, high.black];
  if (!fits(runs)) return undefined;
  return {
    offset: (high.centre - low.centre) / 2,
    total: runs.reduce((sum, run) => sum + run, 0),
  };
};

/** Seen at a slant a finder is so many times as high as wide, or as wide as high. */
const mostSlant = 2.5;

/** Checks a place that a row suggests down its column and along its row again. */
const confirm = (
  image: BlackImage,
  { x, y, total }: { readonly x: number; readonly y: number; readonly total: number },
): Sighting | undefined => {
  const { width, height } = image;
  const column = Math.floor(x);
  const limit = total * mostSlant;
  const down = crossCheck(image, y * width + column, {
    step: width,
    before: y,
    after: height - 1 - y,
    limit,
  });
  if (down === undefined || down.total > mostSlant * total || total > mostSlant * down.total)
    return undefined;
  const middle = Math.round(y + down.offset);
  const along = crossCheck(image, middle * width + column, {
    step: 1,
    before: column,
    after: width - 1 - column,
    limit,
  });
  if (along === undefined) return undefined;
  return {
    x: column + along.offset + 0.5,
    y: y + down.offset + 0.5,
    size: (down.total + along.total) / 14,
  };
};

/** Adds a sighting to the place it belongs to. */
const collect = (finders: Finder[], found: Sighting): void => {
  const { x, y, size } = found;
  const at = finders.findIndex(
    (one) =>
      Math.abs(one.x - x) <= one.size &&
      Math.abs(one.y - y) <= one.size &&
      Math.abs(one.size - size) <= Math.max(1, one.size / 2),
  );
  const known = finders[at];
  if (known === undefined) finders.push({ ...found, seen: 1 });
  else {
    const seen = known.seen + 1;
    const mean = (before: number, now: number): number => (before * known.seen + now) / seen;
    finders[at] = { x: mean(known.x, x), y: mean(known.y, y), size: mean(known.size, size), seen };
  }
};

/** The rhythm that ends at a pixel of a row, black on both ends. */
const checkRuns = (image: BlackImage, y: number, x: number, runs: Runs): Sighting | undefined => {
  const [, , c, d, e] = runs;
  if (!fits(runs)) return undefined;
  return confirm(image, { x: x - e - d - c / 2, y, total: runs.reduce((sum, run) => sum + run) });
};

const scanRow = (image: BlackImage, y: number, finders: Finder[]): void => {
  const { data, width } = image;
  let [a, b, c, d, e] = [0, 0, 0, 0, 0];
  let colour = 0;
  for (let x = 0, at = y * width; x <= width; x++, at++) {
    if (x < width && data[at] === colour) {
      e++;
      continue;
    }
    const found = colour === 1 && a > 0 ? checkRuns(image, y, x, [a, b, c, d, e]) : undefined;
    if (found !== undefined) collect(finders, found);
    [a, b, c, d, e] = [b, c, d, e, 1];
    colour = 1 - colour;
  }
};

/** Every place where a row, its column and its row again have the rhythm of a finder. */
export const findFinders = (image: BlackImage): readonly Finder[] => {
  const finders: Finder[] = [];
  for (let y = 0; y < image.height; y++) scanRow(image, y, finders);
  return finders;
};
