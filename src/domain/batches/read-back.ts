import type { Currency } from "../currency.ts";
import { money, type Money } from "../money.ts";
import { parseTotal } from "../statements/amount-text.ts";
import { splitQuoted } from "../statements/delimited-text.ts";
import { decimalsOf } from "./batch-cell.ts";
import type { ExportFormat } from "./export-format.ts";

/** The cells of every row of a finished file, as a program at the other end reads them; guards taken off. */
export const readBackRows = (
  format: ExportFormat,
  bytes: Uint8Array,
): readonly (readonly string[])[] => {
  const lines = new TextDecoder(format.encoding).decode(bytes).split(format.eol);
  const last = lines.length - (format.finalEol ? 1 : 0) - (format.trailer.length > 0 ? 1 : 0);
  return lines.slice(format.header.length > 0 ? 1 : 0, last).map((line) => cellsOf(format, line));
};

const cellsOf = (format: ExportFormat, line: string): readonly string[] =>
  format.forPeople
    ? (splitQuoted(line) ?? []).map((cell) => cell.replace(/^'/, ""))
    : line.split(format.delimiter);

/** Count and sum of the rows in the finished bytes. */
export const readBackTotal = (
  format: ExportFormat,
  bytes: Uint8Array,
  currency: Currency,
): { readonly count: number; readonly total: Money } => {
  const at = format.columns.findIndex(({ field }) => field === "amount");
  const column = format.columns[at];
  const rows = readBackRows(format, bytes);
  const decimals = column === undefined ? 0 : decimalsOf(column, currency);
  const minors = rows.map((cells) => parseTotal(cells[at] ?? "", decimals) ?? NaN);
  return {
    count: rows.length,
    total: money(
      minors.reduce((a, b) => a + b, 0),
      currency,
    ),
  };
};
