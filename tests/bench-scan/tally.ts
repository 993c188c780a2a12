import type { Reading } from "./engines.ts";
import type { Verdict } from "./judge.ts";

/** What one engine did on the pictures of one row. */
export type Tally = { images: number; right: number; wrong: number; readonly times: number[] };

export const newTally = (): Tally => ({ images: 0, right: 0, wrong: 0, times: [] });

export const count = (tally: Tally, { right, wrong }: Verdict, { times }: Reading): void => {
  tally.images += 1;
  tally.right += right ? 1 : 0;
  tally.wrong += wrong;
  tally.times.push(...times);
};

/** The time that a share of all looks did not exceed. */
export const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((one, other) => one - other)[Math.floor(share * (times.length - 1))] ?? 0;

const cellOf = ({ right, wrong, times }: Tally): string => {
  const reads = wrong === 0 ? `${right}` : `${right} (${wrong} wrong)`;
  return `${reads} · ${quantile(times, 0.5).toFixed(1)} / ${quantile(times, 0.95).toFixed(1)}`;
};

/** One row per kind of picture, one column per engine. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, Tally>>;

const imagesOf = (tallies: ReadonlyMap<string, Tally>): number =>
  Math.max(0, ...[...tallies.values()].map(({ images }) => images));

const line = (row: string, images: string, cells: readonly string[]): string =>
  `| ${row} | ${images} | ${cells.join(" | ")} |\n`;

/** Markdown: right reads (wrong ones) · milliseconds of one look, median / 95 %. */
export const writeTable = (rows: Rows, engines: readonly string[]): string => {
  const head =
    line("set", "images", engines) +
    line(
      "---",
      "---",
      engines.map(() => "---"),
    );
  const lines = [...rows].map(([row, tallies]) => {
    const cells = engines.map((name) => tallies.get(name)).map((tally) => tally && cellOf(tally));
    return line(
      row,
      `${imagesOf(tallies)}`,
      cells.map((cell) => cell ?? "–"),
    );
  });
  return head + lines.join("");
};
