import type { Currency } from "../currency.ts";
import type { BatchRow, SkippedRow, SkipReason } from "./batch-row.ts";
import { identifierOf } from "./batch-cell.ts";
import type { ExportColumn, ExportFormat } from "./export-format.ts";

const charsets = {
  alphanumeric: /^[0-9A-Za-z]*$/,
  order_number: /^[0-9A-Za-z_\-|*@]*$/,
} as const;

/** Parts the refunds into those this file may hold, in their order, and the others with the first reason each. */
export const chooseRows = (
  format: ExportFormat,
  currency: Currency,
  rows: readonly BatchRow[],
): { readonly chosen: readonly BatchRow[]; readonly skipped: readonly SkippedRow[] } => {
  const chosen: BatchRow[] = [];
  const skipped: SkippedRow[] = [];
  const orders = new Set<string>();
  const refunds = new Set<string>();
  const placeFault = (row: BatchRow): SkipReason | undefined => {
    if (refunds.has(row.refundNo)) return { kind: "twice_in_batch" };
    if (format.onePerOrder && ordersOf(row).some((order) => orders.has(order)))
      return { kind: "same_order" };
    return chosen.length === format.maxRows
      ? { kind: "batch_full", maxRows: format.maxRows }
      : undefined;
  };
  for (const row of rows) {
    const reason = faultOfRow(row, currency) ?? faultOfKeys(format, row) ?? placeFault(row);
    if (reason !== undefined) {
      skipped.push({ row, reason });
      continue;
    }
    refunds.add(row.refundNo);
    for (const order of ordersOf(row)) orders.add(order);
    chosen.push(row);
  }
  return { chosen, skipped };
};

const ordersOf = ({ outTradeNo, transactionId }: BatchRow): readonly string[] => [
  ...(outTradeNo === undefined ? [] : [`order ${outTradeNo}`]),
  ...(transactionId === undefined ? [] : [`transaction ${transactionId}`]),
];

const faultOfRow = (row: BatchRow, currency: Currency): SkipReason | undefined => {
  if (row.currency !== currency) return { kind: "other_currency", currency: row.currency };
  if (row.minor <= 0) return { kind: "amount_not_positive" };
  return row.originalMinor !== undefined && row.minor > row.originalMinor
    ? { kind: "amount_above_original" }
    : undefined;
};

const faultOfKeys = (format: ExportFormat, row: BatchRow): SkipReason | undefined => {
  for (const column of format.columns) {
    const { field, max = Infinity } = column;
    const value = identifierOf(field, row);
    if (column.needed === true && (value ?? "") === "") return { kind: "key_missing", field };
    if (value === undefined) continue;
    if (value.length > max) return { kind: "number_too_long", field, max };
    if (!hasGoodCharacters(format, column, value)) return { kind: "number_characters", field };
  }
  return undefined;
};

/** A number that would end its cell or its line is refused even where the target names no characters. */
const hasGoodCharacters = (format: ExportFormat, column: ExportColumn, value: string): boolean => {
  if (/\p{Cc}/u.test(value) || (!format.forPeople && value.includes(format.delimiter)))
    return false;
  return column.characters === undefined || charsets[column.characters].test(value);
};
