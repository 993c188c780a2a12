import type { LinearFormat } from "../decode.ts";
import type { GreyImage } from "../grey-image.ts";
import type { Point } from "../qr/black-image.ts";
import { readCode128 } from "./code-128.ts";
import { readEan13, readEan8 } from "./ean.ts";
import { readItf } from "./itf.ts";
import type { LinearRead } from "./linear-read.ts";
import { aroundOf, runsOf, type LineRuns } from "./runs.ts";
import { linesAt, profileOf, type ScanLine } from "./scan-line.ts";

/** Which lines are laid over a picture. */
export type Sweep = {
  readonly angles: readonly number[];
  /** Pixels between lines of one angle, and by which share of that they are all moved. */
  readonly gap: number;
  readonly shift: number;
};

/** A linear code in the picture: how many lines agreed, and the corners in pixels of what they crossed. */
export type LinearCode = {
  readonly format: LinearFormat;
  readonly text: string;
  readonly lines: number;
  readonly corners: readonly [Point, Point, Point, Point];
};

const readers: readonly (readonly [LinearFormat, (runs: LineRuns) => readonly LinearRead[]])[] = [
  ["code_128", readCode128],
  ["ean_13", readEan13],
  ["ean_8", readEan8],
  ["itf", readItf],
];

/** How much of the contrast around makes an edge, one look for each: blurred bars first, then noisy ones. */
const keenness = [0.15, 0.35];

/** Start, stop and a few symbols have at least as many edges. */
const leastRuns = 30;

type Sighting = { readonly format: LinearFormat; readonly text: string; readonly place: ScanLine };

const pointOn = ({ from, to }: ScanLine, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

const placeOf = (line: ScanLine, runs: LineRuns, { first, last }: LinearRead): ScanLine => {
  let [start, end, length] = [0, 0, 0];
  for (let at = 0; at < runs.length; at++) {
    if (at === first) start = length;
    length += runs[at] ?? 0;
    if (at === last) end = length;
  }
  return { from: pointOn(line, start / length), to: pointOn(line, end / length) };
};

const readRuns = (line: ScanLine, runs: LineRuns): readonly Sighting[] =>
  readers.flatMap(([format, read]) =>
    read(runs).map((found) => ({ format, text: found.text, place: placeOf(line, runs, found) })),
  );

const reversed = ({ from, to }: ScanLine): ScanLine => ({ from: to, to: from });

/** What one line shows, in both directions, each text once. */
const readLine = (image: GreyImage, line: ScanLine): readonly Sighting[] => {
  const profile = profileOf(image, line);
  const around = aroundOf(profile);
  const found = new Map<string, Sighting>();
  for (const keen of keenness) {
    const runs = runsOf(profile, around, keen);
    if (runs.length < leastRuns) break;
    const forwards = readRuns(line, runs);
    for (const one of [...forwards, ...readRuns(reversed(line), runs.reverse())])
      found.set(`${one.format} ${one.text}`, one);
  }
  return [...found.values()];
};

/** A line beside a read, a little longer than it at both ends. */
const beside = (place: ScanLine, pixels: number): ScanLine => {
  const [dx, dy] = [place.to.x - place.from.x, place.to.y - place.from.y];
  const length = Math.hypot(dx, dy);
  const [x, y] = [(-dy * pixels) / length, (dx * pixels) / length];
  const [from, to] = [pointOn(place, -0.2), pointOn(place, 1.2)];
  return { from: { x: from.x + x, y: from.y + y }, to: { x: to.x + x, y: to.y + y } };
};

const asides = [-3, 3, -6, 6];
const linesWanted = 3;

/** A read for the first time is looked at beside its line at once, so that one frame can be enough. */
const readAround = (image: GreyImage, { place }: Sighting): readonly Sighting[] =>
  asides.flatMap((aside) => readLine(image, beside(place, aside)));

const lengthOf = ({ from, to }: ScanLine): number => Math.hypot(to.x - from.x, to.y - from.y);

/** Around all lines, along the shortest: that one crosses the bars straight. */
const cornersOf = (lines: readonly ScanLine[], first: ScanLine): LinearCode["corners"] => {
  const { from, to } = lines.reduce((a, b) => (lengthOf(b) < lengthOf(a) ? b : a), first);
  const length = lengthOf({ from, to });
  const normal = { x: (from.y - to.y) / length, y: (to.x - from.x) / length };
  const offsets = lines
    .flatMap((line) => [line.from, line.to])
    .map(({ x, y }) => (x - from.x) * normal.x + (y - from.y) * normal.y);
  const moved = ({ x, y }: Point, by: number): Point => ({
    x: x + normal.x * by,
    y: y + normal.y * by,
  });
  const [low, high] = [Math.min(...offsets), Math.max(...offsets)];
  return [moved(from, low), moved(to, low), moved(to, high), moved(from, high)];
};

/** Every linear code that the lines of some sweeps cross. */
export const readLinearCodes = (
  image: GreyImage,
  sweeps: readonly Sweep[],
): readonly LinearCode[] => {
  const seen = new Map<string, { readonly read: Sighting; readonly places: ScanLine[] }>();
  const note = (read: Sighting): number => {
    const key = `${read.format} ${read.text}`;
    const one = seen.get(key) ?? { read, places: [] };
    seen.set(key, one);
    return one.places.push(read.place);
  };
  const lines = sweeps.flatMap((sweep) =>
    sweep.angles.flatMap((angle) => linesAt(image, angle, sweep)),
  );
  for (const line of lines)
    for (const sighting of readLine(image, line))
      if (note(sighting) < linesWanted) for (const near of readAround(image, sighting)) note(near);
  return [...seen.values()].map(({ read: { format, text, place }, places }) => ({
    format,
    text,
    lines: places.length,
    corners: cornersOf(places, place),
  }));
};
