import type { Currency } from "../currency.ts";
import { money } from "../money.ts";
import type { BatchRow, FileRow, SkippedRow, SkipReason } from "./batch-row.ts";
import { identifierOf } from "./batch-cell.ts";
import { isForPeople, type ExportColumn, type ExportFormat } from "./export-format.ts";

const charsets = {
  alphanumeric: /^[0-9A-Za-z]*$/,
  order_number: /^[0-9A-Za-z_\-|*@]*$/,
} as const;

type Chosen = { readonly chosen: readonly FileRow[]; readonly skipped: readonly SkippedRow[] };

/** Parts the refunds into the rows this file may hold, in their order, and the others with the first reason each. */
export const chooseRows = (
  format: ExportFormat,
  currency: Currency,
  rows: readonly BatchRow[],
): Chosen => {
  const file = openFile(format);
  const skipped: SkippedRow[] = [];
  for (const row of rows) {
    const reason =
      faultOfRow(row, currency) ?? faultOfKeys(format, row) ?? file.findFault(row) ?? file.add(row);
    if (reason !== undefined) skipped.push({ row, reason });
  }
  return { chosen: file.rows(), skipped };
};

/** The rows of one file as they come to it: one acquirer, each refund once, orders apart or together. */
const openFile = (format: ExportFormat) => {
  const { mergeBy, maxRows } = format;
  const chosen: FileRow[] = [];
  const orders = new Set<string>();
  const refunds = new Set<string>();
  const places = new Map<string, number>();
  const keyOf = (row: BatchRow): string =>
    (mergeBy && identifierOf(mergeBy, row)) ?? `refund ${row.refundNo}`;
  return {
    rows: (): readonly FileRow[] => chosen,
    findFault: (row: BatchRow): SkipReason | undefined => {
      const [first] = chosen;
      if (refunds.has(row.refundNo)) return { kind: "twice_in_batch" };
      if (first !== undefined && !isForPeople(format) && row.acquirer !== first.acquirer)
        return { kind: "other_acquirer" };
      if (namesMerchant(format) && first !== undefined && row.merchantNo !== first.merchantNo)
        return { kind: "other_merchant" };
      return format.onePerOrder && ordersOf(row).some((order) => orders.has(order))
        ? { kind: "same_order" }
        : undefined;
    },
    add: (row: BatchRow): SkipReason | undefined => {
      const at = places.get(keyOf(row)) ?? chosen.length;
      const known = chosen[at];
      if (known === undefined && chosen.length === maxRows) return { kind: "batch_full", maxRows };
      refunds.add(row.refundNo);
      for (const order of ordersOf(row)) orders.add(order);
      places.set(keyOf(row), at);
      chosen[at] = known === undefined ? { ...row, refunds: [row.refundNo] } : merge(known, row);
      return undefined;
    },
  };
};

const merge = (known: FileRow, row: BatchRow): FileRow => ({
  ...known,
  minor: money(known.minor + row.minor, known.currency).minor,
  refunds: [...known.refunds, row.refundNo],
});

/** A file that bears a merchant number holds the refunds of no other. */
const namesMerchant = ({ name, head }: ExportFormat): boolean =>
  [name, ...head.flat()].some((text) => text.includes("{mer_id}"));

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

/** What a column needs and the row does not have. */
const missingIn = ({ field }: ExportColumn, row: BatchRow): SkipReason | undefined => {
  if (field === "paid_at")
    return row.paidAt === undefined ? { kind: "paid_at_missing" } : undefined;
  if (field === "amount_total")
    return row.originalMinor === undefined ? { kind: "total_missing" } : undefined;
  if ((identifierOf(field, row) ?? "") !== "") return undefined;
  return field === "acquirer_no" ? { kind: "prefix_missing" } : { kind: "key_missing", field };
};

/** What has to be known of a row whatever its columns. */
const faultOfNames = (format: ExportFormat, row: BatchRow): SkipReason | undefined => {
  const { oneOf = [] } = format;
  if (namesMerchant(format) && row.merchantNo === undefined)
    return { kind: "key_missing", field: "merchant_no" };
  const [first] = oneOf;
  return first !== undefined && oneOf.every((field) => identifierOf(field, row) === undefined)
    ? { kind: "key_missing", field: first }
    : undefined;
};

const faultOfKeys = (format: ExportFormat, row: BatchRow): SkipReason | undefined => {
  const unnamed = faultOfNames(format, row);
  if (unnamed !== undefined) return unnamed;
  for (const column of format.columns) {
    const { field, max = Infinity } = column;
    const missing = column.needed === true ? missingIn(column, row) : undefined;
    if (missing !== undefined) return missing;
    const value = identifierOf(field, row);
    if (value === undefined) continue;
    if (value.length > max) return { kind: "number_too_long", field, max };
    if (!hasGoodCharacters(format, column, value)) return { kind: "number_characters", field };
  }
  return undefined;
};

/** A number that would end its cell or its line is refused even where the target names no characters. */
const hasGoodCharacters = (
  { file }: ExportFormat,
  column: ExportColumn,
  value: string,
): boolean => {
  const ends = file.kind === "text" && !file.forPeople && value.includes(file.delimiter);
  if (/\p{Cc}/u.test(value) || ends) return false;
  return column.characters === undefined || charsets[column.characters].test(value);
};
