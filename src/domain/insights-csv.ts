import { guardCell } from "./batches/batch-cell.ts";
import type { Ranked } from "./ranking.ts";
import { writeAmount } from "./money.ts";

/** A ranking with the words that its keys have for people. */
export type NamedRanking = {
  readonly title: string;
  readonly rows: readonly (Ranked & { readonly name: string })[];
};

const byte = "\u{FEFF}";

/**
 * The rankings of a report for a spreadsheet: UTF-8 with a byte order mark, words that start no formula, amounts as numbers
 * with a point (X46).
 */
export const writeInsightsCsv = (
  header: readonly [part: string, name: string, count: string, sum: string, currency: string],
  rankings: readonly NamedRanking[],
): string => {
  const lines = rankings.flatMap(({ title, rows }) =>
    rows.map(({ name, count, sum }) =>
      [guardCell(title), guardCell(name), String(count), writeAmount(sum), sum.currency].join(","),
    ),
  );
  return `${byte}${[header.map(guardCell).join(","), ...lines, ""].join("\r\n")}`;
};
