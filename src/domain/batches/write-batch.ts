import { CNY, findCurrency, type Currency } from "../currency.ts";
import type { BatchId } from "../ids.ts";
import type { Zone } from "../instant.ts";
import { money, writeAmount, type Money } from "../money.ts";
import { fail, ok, type Result } from "../result.ts";
import { guardCell, writeCell } from "./batch-cell.ts";
import type { BatchRow, SkippedRow } from "./batch-row.ts";
import { chooseRows } from "./choose-rows.ts";
import { encodeText } from "./encode-text.ts";
import type { ExportFormat } from "./export-format.ts";
import { readBackTotal } from "./read-back.ts";

/** One file that is ready to leave. */
export type BatchFile = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The refunds in the file, in its order. */
  readonly rows: readonly BatchRow[];
  /** Count and sum, added up again from the finished bytes. */
  readonly count: number;
  readonly total: Money;
  readonly skipped: readonly SkippedRow[];
};

export type BatchFault = {
  readonly kind: "nothing_to_write";
  readonly skipped: readonly SkippedRow[];
};

export type BatchContext = {
  readonly batchNo: BatchId;
  /** The stall's zone, for times in the file. */
  readonly zone: Zone;
};

/** Writes refunds in the form an acquirer takes: the same rows always give the same bytes (upload-files.md §1). */
export const writeBatch = (
  format: ExportFormat,
  rows: readonly BatchRow[],
  context: BatchContext,
): Result<BatchFile, BatchFault> => {
  const currency = currencyOf(format, rows);
  const { chosen, skipped } = chooseRows(format, currency, rows);
  if (chosen.length === 0) return fail({ kind: "nothing_to_write", skipped });
  const body = chosen.map((row, index) => writeRow(format, row, index + 1, context.zone));
  const declared = money(
    chosen.reduce((sum, row) => sum + row.minor, 0),
    currency,
  );
  const facts = factsOf(declared, chosen.length, context.batchNo);
  const bytes = bytesOf(format, body, facts);
  const { count, total } = readBackTotal(format, bytes, currency);
  if (count !== chosen.length || total.minor !== declared.minor)
    throw new Error("a batch file does not add up to its rows");
  const name = `${fill(format.name, facts).replace(/[^\w.-]/g, "_")}.${format.extension}`;
  return ok({ name, bytes, rows: chosen, count, total, skipped });
};

const currencyOf = (format: ExportFormat, rows: readonly BatchRow[]): Currency =>
  findCurrency(format.currency ?? "") ?? rows[0]?.currency ?? CNY;

type Facts = { readonly [name: string]: string };

const factsOf = (total: Money, count: number, batchNo: BatchId): Facts => ({
  batch_no: batchNo,
  count: String(count),
  total: writeAmount(total),
  unit: total.currency === CNY ? "元" : total.currency,
});

const fill = (text: string, facts: Facts): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);

const writeRow = (format: ExportFormat, row: BatchRow, rowNumber: number, zone: Zone): string => {
  const cells = format.columns.map((column) => writeCell(column, row, { format, zone, rowNumber }));
  return joinCells(format, cells);
};

const joinCells = (format: ExportFormat, cells: readonly string[]): string =>
  (format.forPeople ? cells.map(guardCell) : cells).join(format.delimiter);

const bytesOf = (
  format: ExportFormat,
  body: readonly string[],
  facts: Facts,
): Uint8Array<ArrayBuffer> => {
  const lineOf = (cells: readonly string[]): readonly string[] =>
    cells.length === 0
      ? []
      : [
          joinCells(
            format,
            cells.map((cell) => fill(cell, facts)),
          ),
        ];
  const lines = [...lineOf(format.header), ...body, ...lineOf(format.trailer)];
  const text = lines.join(format.eol) + (format.finalEol ? format.eol : "");
  return encodeText(
    (format.bom && format.encoding === "utf-8" ? "\uFEFF" : "") + text,
    format.encoding,
  );
};
