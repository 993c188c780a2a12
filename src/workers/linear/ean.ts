import type { LinearRead } from "./linear-read.ts";
import type { LineRuns } from "./runs.ts";

/** Spaces and bars of the digits in number set A, 7 modules each; B is the mirror, C is A with colours swapped (ISO/IEC 15420 table 1). */
const setA = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"].map(
  (digits) => Array.from(digits, Number),
);
const setB = setA.map((widths) => widths.slice().reverse());

/** Which of the left six digits are of set B tells the first digit of an EAN-13. */
const leadingSets = [
  0, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010,
];

type Layout = {
  readonly half: number;
  readonly modules: number;
  readonly quiet: readonly [number, number];
};

const ean13: Layout = { half: 6, modules: 95, quiet: [5, 4] };
const ean8: Layout = { half: 4, modules: 67, quiet: [4, 4] };

const digitModules = 7;
const mostDigitError = 0.6;
const mostMeanError = 0.26;
const [leastGuard, mostGuard] = [0.3, 2.2];

type Guards = {
  readonly middle: number;
  readonly end: number;
  readonly bars: readonly number[];
  readonly spaces: readonly number[];
};

/** All guard bars and spaces are one module wide; more bar than space tells how far ink has spread. */
const spreadOf = (runs: LineRuns, { bars, spaces }: Guards, module: number): number | undefined => {
  const mean = (places: readonly number[]): number =>
    places.reduce((sum, at) => sum + (runs[at] ?? 0), 0) / places.length;
  const isUneven = [...bars, ...spaces].some((at) => {
    const width = (runs[at] ?? 0) / module;
    return width < leastGuard || width > mostGuard;
  });
  return isUneven ? undefined : (mean(bars) - mean(spaces)) / 2;
};

const guardsOf = (first: number, { half }: Layout): Guards => {
  const middle = first + 3 + 4 * half;
  const end = middle + 5 + 4 * half;
  return {
    middle,
    end,
    bars: [first, first + 2, middle + 1, middle + 3, end, end + 2],
    spaces: [first + 1, middle, middle + 2, middle + 4, end + 1],
  };
};

type Digit = { readonly digit: number; readonly isB: boolean; readonly error: number };

const errorOf = (widths: Float32Array, pattern: readonly number[]): number => {
  let error = 0;
  for (let at = 0; at < 4; at++) error += ((widths[at] ?? 0) - (pattern[at] ?? 0)) ** 2;
  for (let at = 0; at < 3; at++) {
    const edge = (widths[at] ?? 0) + (widths[at + 1] ?? 0);
    error += (edge - (pattern[at] ?? 0) - (pattern[at + 1] ?? 0)) ** 2;
  }
  return error / 2;
};

/** The digit whose four widths fit best, of set A (or C), or of B where that may be. */
const digitAt = (
  runs: LineRuns,
  from: number,
  { spread, mayBeB }: { readonly spread: number; readonly mayBeB: boolean },
): Digit => {
  const widths = new Float32Array(4);
  let size = 0;
  for (let at = 0; at < 4; at++) {
    widths[at] = (runs[from + at] ?? 0) + ((from + at) % 2 === 0 ? spread : -spread);
    size += widths[at] ?? 0;
  }
  for (let at = 0; at < 4; at++) widths[at] = ((widths[at] ?? 0) * digitModules) / size;
  let best: Digit = { digit: 0, isB: false, error: Infinity };
  for (const [isB, set] of [
    [false, setA],
    [true, setB],
  ] as const) {
    if (isB && !mayBeB) continue;
    for (const [digit, pattern] of set.entries()) {
      const error = errorOf(widths, pattern);
      if (error < best.error) best = { digit, isB, error };
    }
  }
  return best;
};

const sumOf = (runs: LineRuns, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at < to; at++) sum += runs[at] ?? 0;
  return sum;
};

const hasSteadySize = (runs: LineRuns, from: number, module: number): boolean => {
  const modules = sumOf(runs, from, from + 4) / module;
  return modules > 5 && modules < 9.5;
};

/** Digits count three, one, three, one … from the right; the whole is a multiple of ten (GS1 General Specifications 7.9). */
export const isGs1Checked = (digits: readonly number[]): boolean =>
  digits.reduce((sum, digit, at) => sum + digit * ((digits.length - at) % 2 === 1 ? 1 : 3), 0) %
    10 ===
  0;

/** Quick looks first: guards of about one module, and white on both sides. */
const frameAt = (runs: LineRuns, first: number, layout: Layout) => {
  const guards = guardsOf(first, layout);
  const behind = guards.end + 3;
  const module = sumOf(runs, first, behind) / layout.modules;
  const [before, after] = layout.quiet;
  if ((runs[first - 1] ?? 0) < before * module || (runs[behind] ?? 0) < after * module)
    return undefined;
  const spread = spreadOf(runs, guards, module);
  return spread === undefined ? undefined : { middle: guards.middle, module, spread };
};

const digitsAt = (runs: LineRuns, first: number, layout: Layout): readonly Digit[] | undefined => {
  const frame = frameAt(runs, first, layout);
  if (frame === undefined) return undefined;
  const digits: Digit[] = [];
  const { half } = layout;
  for (let at = 0; at < 2 * half; at++) {
    const from = at < half ? first + 3 + 4 * at : frame.middle + 5 + 4 * (at - half);
    if (!hasSteadySize(runs, from, frame.module)) return undefined;
    const mayBeB = at < half && layout === ean13;
    const digit = digitAt(runs, from, { spread: frame.spread, mayBeB });
    if (digit.error > mostDigitError) return undefined;
    digits.push(digit);
  }
  const mean = digits.reduce((sum, { error }) => sum + error, 0) / digits.length;
  return mean > mostMeanError ? undefined : digits;
};

/** The first digit of an EAN-13 is not drawn. */
const leadingDigit = (digits: readonly Digit[]): number =>
  leadingSets.indexOf(digits.slice(0, 6).reduce((sets, { isB }) => sets * 2 + (isB ? 1 : 0), 0));

const readEan = (runs: LineRuns, layout: Layout): readonly LinearRead[] => {
  const reads: LinearRead[] = [];
  const length = guardsOf(0, layout).end + 3;
  for (let first = 1; first + length < runs.length; first += 2) {
    const digits = digitsAt(runs, first, layout);
    if (digits === undefined) continue;
    const drawn = digits.map(({ digit }) => digit);
    const all = layout === ean13 ? [leadingDigit(digits), ...drawn] : drawn;
    if (all[0] === -1 || !isGs1Checked(all)) continue;
    reads.push({ text: all.join(""), first, last: first + length - 1 });
  }
  return reads;
};

/** Every EAN-13 that the runs of a line hold in reading direction; a UPC-A is one that begins with 0. */
export const readEan13 = (runs: LineRuns): readonly LinearRead[] => readEan(runs, ean13);

/** Every EAN-8, with wide quiet zones: within longer codes there is much that looks like one. */
export const readEan8 = (runs: LineRuns): readonly LinearRead[] => readEan(runs, ean8);
