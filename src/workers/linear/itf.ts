import { isGs1Checked } from "./ean.ts";
import type { LinearRead } from "./linear-read.ts";
import type { LineRuns } from "./runs.ts";

/** Of five elements two are wide; their places add up to the digit (ISO/IEC 16390 table 1). */
const weights = [1, 2, 4, 7, 0];
const pairRuns = 10;
const quietModules = 6;
const leastRatio = 1.35;
const lengths = new Set([6, 8, 10, 12, 14, 16, 18, 20]);

/** The digit of every second run from a place on; undefined when not exactly two are clearly wider. */
const digitAt = (runs: LineRuns, from: number): number | undefined => {
  const widths = weights.map((_, at) => runs[from + 2 * at] ?? 0);
  const sorted = [...widths].sort((one, other) => one - other);
  const [least = 0, , narrow = 0, wide = 0, most = 0] = sorted;
  if (wide < narrow * leastRatio || most > wide * 1.6 || narrow > least * 2.2) return undefined;
  const sum = weights.reduce(
    (total, weight, at) => total + ((widths[at] ?? 0) >= wide ? weight : 0),
    0,
  );
  return sum === 11 ? 0 : sum;
};

const sumOf = (runs: LineRuns, from: number, count: number): number => {
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += runs[at] ?? 0;
  return sum;
};

/** Two narrow bars and two narrow spaces behind a quiet zone. */
const isStart = (runs: LineRuns, first: number): boolean => {
  const module = sumOf(runs, first, 4) / 4;
  if ((runs[first - 1] ?? 0) < quietModules * module) return false;
  for (let at = first; at < first + 4; at++)
    if (Math.abs((runs[at] ?? 0) - module) > 0.6 * module) return false;
  return sumOf(runs, first + 4, pairRuns) < 24 * module;
};

/** A wide and a narrow bar with a narrow space between, and a quiet zone behind. */
const isStop = (runs: LineRuns, at: number, module: number): boolean => {
  const [wide = 0, space = 0, bar = 0, quiet = 0] = runs.subarray(at, at + 4);
  return (
    wide > 1.5 * module &&
    wide < 4.5 * module &&
    Math.max(space, bar) < 1.7 * module &&
    Math.min(space, bar) > 0.4 * module &&
    quiet >= quietModules * module
  );
};

const digitsFrom = (runs: LineRuns, first: number): readonly number[] | undefined => {
  const module = sumOf(runs, first, 4) / 4;
  const size = sumOf(runs, first + 4, pairRuns);
  const digits: number[] = [];
  for (let from = first + 4; from + 3 < runs.length; from += pairRuns) {
    if (isStop(runs, from, module)) return digits;
    const now = sumOf(runs, from, pairRuns);
    const [bars, spaces] = [digitAt(runs, from), digitAt(runs, from + 1)];
    if (bars === undefined || spaces === undefined || Math.abs(now / size - 1) > 0.25)
      return undefined;
    digits.push(bars, spaces);
  }
  return undefined;
};

/** Whether an ITF may have these digits: a usual length, and of 14 the last one must check (GS1 ITF-14). */
export const isItf = (digits: readonly number[]): boolean =>
  lengths.has(digits.length) && (digits.length !== 14 || isGs1Checked(digits));

/** Every ITF that the runs of a line hold in reading direction. */
export const readItf = (runs: LineRuns): readonly LinearRead[] => {
  const reads: LinearRead[] = [];
  for (let first = 1; first + 2 * pairRuns < runs.length; first += 2) {
    const digits = isStart(runs, first) ? digitsFrom(runs, first) : undefined;
    if (digits === undefined || !isItf(digits)) continue;
    const last = first + 6 + 5 * digits.length;
    reads.push({ text: digits.join(""), first, last });
  }
  return reads;
};
