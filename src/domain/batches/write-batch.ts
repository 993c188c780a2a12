import { CNY, findCurrency, type Currency } from "../currency.ts";
import { money, type Money } from "../money.ts";
import { fail, ok, type Result } from "../result.ts";
import { guardCell, writeCell } from "./batch-cell.ts";
import { batchLines, factsOf, fill, type BatchContext } from "./batch-lines.ts";
import type { BatchRow, FileRow, SkippedRow } from "./batch-row.ts";
import { chooseRows } from "./choose-rows.ts";
import { encodeText } from "./encode-text.ts";
import { extensionOf, type ExportFormat, type RequestApi, type TextFile } from "./export-format.ts";
import { readBackTotal } from "./read-back.ts";
import { requestBody } from "./request-bodies.ts";
import { writeXls } from "./xls.ts";

/** One file that is ready to leave. */
export type BatchFile = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What stands in the file, in its order, each with its refunds. */
  readonly rows: readonly FileRow[];
  /** Count of rows and sum, added up again from the finished bytes. */
  readonly count: number;
  readonly total: Money;
  readonly skipped: readonly SkippedRow[];
};

export type BatchFault = {
  readonly kind: "nothing_to_write";
  readonly skipped: readonly SkippedRow[];
};

/** What a file would hold and what not, before anything is written. */
export const planBatch = (
  format: ExportFormat,
  rows: readonly BatchRow[],
): Pick<BatchFile, "rows" | "total" | "skipped"> => {
  const currency = currencyOf(format, rows);
  const { chosen, skipped } = chooseRows(format, currency, rows);
  const sum = chosen.reduce((minor, row) => minor + row.minor, 0);
  return { rows: chosen, total: money(sum, currency), skipped };
};

/** Writes refunds in the form an acquirer takes: the same rows always give the same bytes (upload-files.md §1). */
export const writeBatch = (
  format: ExportFormat,
  rows: readonly BatchRow[],
  context: BatchContext,
): Result<BatchFile, BatchFault> => {
  const { rows: chosen, total: declared, skipped } = planBatch(format, rows);
  if (chosen.length === 0) return fail({ kind: "nothing_to_write", skipped });
  const facts = factsOf(declared, chosen, context);
  const bytes = bytesOf(format, chosen, { facts, context });
  const { count, total } = readBackTotal(format, bytes, declared.currency);
  if (count !== chosen.length || total.minor !== declared.minor)
    throw new Error("a batch file does not add up to its rows");
  const name = `${fill(format.name, facts).replace(/[^\w.-]/g, "_")}.${extensionOf(format)}`;
  return ok({ name, bytes, rows: chosen, count, total, skipped });
};

const currencyOf = (format: ExportFormat, rows: readonly BatchRow[]): Currency =>
  findCurrency(format.currency ?? "") ?? rows[0]?.currency ?? CNY;

type Filling = { readonly facts: ReturnType<typeof factsOf>; readonly context: BatchContext };

const bytesOf = (
  format: ExportFormat,
  rows: readonly FileRow[],
  { facts, context }: Filling,
): BatchFile["bytes"] => {
  const { file } = format;
  if (file.kind === "json")
    return encodeText(requestsText(format, file.api, { rows, context }), "utf-8");
  const lines = batchLines(format, rows, { facts, zone: context.zone });
  return file.kind === "xls" ? writeXls(lines) : textBytes(file, lines);
};

const textBytes = (file: TextFile, lines: readonly (readonly string[])[]): BatchFile["bytes"] => {
  const written = lines.map((cells) =>
    (file.forPeople ? cells.map(guardCell) : cells).join(file.delimiter),
  );
  const text = written.join(file.eol) + (file.finalEol ? file.eol : "");
  return encodeText((file.bom && file.encoding === "utf-8" ? "\uFEFF" : "") + text, file.encoding);
};

/** Bodies in their order under a word on what they are; whoever holds the keys signs and sends them. */
const requestsText = (
  format: ExportFormat,
  api: RequestApi,
  { rows, context }: { readonly rows: readonly FileRow[]; readonly context: BatchContext },
): string => {
  const { batchNo, at, zone } = context;
  const column = format.columns.find(({ field }) => field === "reason");
  const requests = rows.map((row, index) => {
    const cell = { format, zone, rowNumber: index + 1 };
    const reason = column === undefined ? "" : writeCell(column, row, cell);
    return requestBody(api, row, { at, zone, reason });
  });
  return `${JSON.stringify({ batch: batchNo, api, unsigned: true, requests }, null, 1)}\n`;
};
