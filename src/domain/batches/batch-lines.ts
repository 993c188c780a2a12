import { CNY } from "../currency.ts";
import type { BatchId } from "../ids.ts";
import type { Instant, Zone } from "../instant.ts";
import { writeAmount, type Money } from "../money.ts";
import { writeCell, writeTime } from "./batch-cell.ts";
import type { FileRow } from "./batch-row.ts";
import type { ExportFormat } from "./export-format.ts";

export type BatchContext = {
  readonly batchNo: BatchId;
  /** When the batch is made, for dates in the file. */
  readonly at: Instant;
  /** How many files of this kind left on that day before, and one. */
  readonly seq: number;
  /** The stall's zone, for times in the file. */
  readonly zone: Zone;
};

type Facts = { readonly [name: string]: string };

/** What cells and names of a file may be filled with. */
export const factsOf = (
  total: Money,
  rows: readonly FileRow[],
  { batchNo, at, seq, zone }: BatchContext,
): Facts => ({
  batch_no: batchNo,
  count: String(rows.length),
  total: writeAmount(total),
  total_fen: String(total.minor),
  unit: total.currency === CNY ? "元" : total.currency,
  date: writeTime(at, "yyyyMMdd", zone),
  stamp: writeTime(at, "yyyyMMddHHmmss", zone),
  mer_id: rows[0]?.merchantNo ?? "",
  seq: String(seq).padStart(2, "0"),
});

/** A text with its facts in their places. */
export const fill = (text: string, facts: Facts): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);

/** Whether a file names its columns. */
export const hasCaptions = ({ columns }: Pick<ExportFormat, "columns">): boolean =>
  columns.some(({ caption }) => caption !== undefined);

/** All lines of a file in cells: what stands over the rows, the rows, what stands under them. */
export const batchLines = (
  format: ExportFormat,
  rows: readonly FileRow[],
  { facts, zone }: { readonly facts: Facts; readonly zone: Zone },
): readonly (readonly string[])[] => {
  const filled = (lines: ExportFormat["head"]) =>
    lines.map((cells) => cells.map((cell) => fill(cell, facts)));
  const captions = format.columns.map(({ caption = "" }) => caption);
  return [
    ...filled(format.head),
    ...filled(hasCaptions(format) ? [captions] : []),
    ...rows.map((row, at) =>
      format.columns.map((column) => writeCell(column, row, { format, zone, rowNumber: at + 1 })),
    ),
    ...filled(format.trailer),
  ];
};
