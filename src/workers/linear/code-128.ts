import { code128Text } from "./code-128-text.ts";
import type { LinearRead } from "./linear-read.ts";
import type { LineRuns } from "./runs.ts";

/** Bars and spaces of the symbols 0 to 106 in modules, without the stop's last bar (ISO/IEC 15417 table 1). */
const patterns =
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 233111"
    .split(" ")
    .map((digits) => Array.from(digits, Number));

const symbolRuns = 6;
const symbolModules = 11;
const firstStart = 103;
const stop = 106;

/** From edge to the next like edge, in modules: ink that spreads moves both alike (ISO/IEC 15417 §6). */
const edgeTable = Int8Array.from(
  patterns.flatMap((widths) => [0, 1, 2, 3].map((at) => (widths[at] ?? 0) + (widths[at + 1] ?? 0))),
);
const barTable = patterns.map(([a = 0, , c = 0, , e = 0]) => a + c + e);

const mostError = 0.9;
const mostBarError = 1.9;

const sizeOf = (runs: LineRuns, from: number): number => {
  let size = 0;
  for (let at = from; at < from + symbolRuns; at++) size += runs[at] ?? 0;
  return size;
};

/** How far a symbol's edges lie from those measured, squared; it stops where it is too far anyway. */
const errorOf = (edges: Float32Array, symbol: number, most: number): number => {
  let error = 0;
  for (let at = 0; at < 4 && error < most; at++)
    error += ((edges[at] ?? 0) - (edgeTable[symbol * 4 + at] ?? 0)) ** 2;
  return error;
};

/** The symbol that fits six runs best; undefined when none fits well. */
const symbolAt = (runs: LineRuns, from: number, size: number): number | undefined => {
  const modules = runs.subarray(from, from + 5).map((width) => (width * symbolModules) / size);
  const edges = modules.map((width, at) => width + (modules[at + 1] ?? 0));
  let best = -1;
  let least = mostError;
  for (let symbol = 0; symbol < patterns.length; symbol++) {
    const error = errorOf(edges, symbol, least);
    if (error >= least) continue;
    best = symbol;
    least = error;
  }
  const [b1 = 0, , b2 = 0, , b3 = 0] = modules;
  const isLikely = best >= 0 && Math.abs(b1 + b2 + b3 - (barTable[best] ?? 0)) < mostBarError;
  return isLikely ? best : undefined;
};

const quietModules = 3;

/** All three starts begin 2 1 1, behind a quiet zone or the picture's rim. */
const isStart = (runs: LineRuns, from: number): boolean => {
  const size = sizeOf(runs, from);
  const module = size / symbolModules;
  if (from > 1 && (runs[from - 1] ?? 0) < quietModules * module) return false;
  const [bar = 0, space = 0, next = 0] = runs.subarray(from, from + 3);
  if (Math.abs(bar + space - 3 * module) > module || Math.abs(space + next - 2 * module) > module)
    return false;
  const symbol = symbolAt(runs, from, size) ?? stop;
  return symbol >= firstStart && symbol < stop;
};

/** Symbols one after another until the stop; a symbol much wider or narrower than the one before ends it. */
const symbolsFrom = (runs: LineRuns, first: number): readonly number[] | undefined => {
  const symbols: number[] = [];
  let before = sizeOf(runs, first);
  for (let from = first; from + symbolRuns < runs.length; from += symbolRuns) {
    const size = sizeOf(runs, from);
    if (size > before * 1.3 || before > size * 1.3) return undefined;
    const symbol = symbolAt(runs, from, size);
    if (symbol === stop) return symbols;
    if (symbol === undefined || (symbols.length > 0 && symbol >= firstStart)) return undefined;
    symbols.push(symbol);
    before = size;
  }
  return undefined;
};

const isChecked = (symbols: readonly number[]): boolean => {
  const [start = 0, ...rest] = symbols;
  const check = rest.pop();
  return rest.reduce((sum, value, at) => sum + value * (at + 1), start) % 103 === check;
};

/** The stop's last bar and behind it the quiet zone or the picture's rim. */
const isClosed = (runs: LineRuns, stopAt: number): boolean => {
  const module = sizeOf(runs, stopAt) / symbolModules;
  const [bar, quiet] = [runs[stopAt + symbolRuns] ?? 0, runs[stopAt + symbolRuns + 1] ?? 0];
  const atRim = stopAt + symbolRuns + 2 === runs.length;
  return bar > module && bar < 3.5 * module && (atRim || quiet >= quietModules * module);
};

/** Every Code 128 that the runs of a line hold in reading direction. */
export const readCode128 = (runs: LineRuns): readonly LinearRead[] => {
  const reads: LinearRead[] = [];
  for (let first = 1; first + 4 * symbolRuns < runs.length; first += 2) {
    if (!isStart(runs, first)) continue;
    const symbols = symbolsFrom(runs, first);
    if (symbols === undefined || symbols.length < 3 || !isChecked(symbols)) continue;
    const stopAt = first + symbols.length * symbolRuns;
    const text = code128Text(symbols.slice(0, -1));
    if (!isClosed(runs, stopAt) || text === "") continue;
    reads.push({ text, first, last: stopAt + symbolRuns });
    first = stopAt + symbolRuns - 1;
  }
  return reads;
};
