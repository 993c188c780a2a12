import { exponentOf } from "../currency.ts";
import { wallClock, type Instant, type Zone } from "../instant.ts";
import { money, writeAmount } from "../money.ts";
import type { BatchRow } from "./batch-row.ts";
import { encodedLength } from "./encode-text.ts";
import {
  isForPeople,
  type ExportColumn,
  type ExportField,
  type ExportFormat,
} from "./export-format.ts";

/** A number that names something: written whole or not at all. */
export const identifierOf = (field: ExportField, row: BatchRow): string | undefined => {
  const numbers: { readonly [field in ExportField]?: string | undefined } = {
    refund_no: row.refundNo,
    acquirer_no: row.acquirerNo,
    serial_no: row.serialNo,
    out_trade_no: row.outTradeNo,
    transaction_id: row.transactionId,
    ref_no: row.refNo,
    voucher_no: row.voucherNo,
    slip_batch_no: row.slipBatchNo,
    merchant_no: row.merchantNo,
    term_no: row.termNo,
  };
  return numbers[field];
};

const amountOf = (minor: number | undefined, row: BatchRow, unit: "yuan" | "fen"): string => {
  if (minor === undefined) return "";
  return unit === "fen" ? String(minor) : writeAmount(money(minor, row.currency));
};

const two = (value: number): string => String(value).padStart(2, "0");

/** A moment of the stall's clock in the pattern of a file. */
export const writeTime = (at: Instant, pattern: string, zone: Zone): string => {
  const clock = wallClock(at, zone);
  return pattern
    .replace("yyyy", String(clock.year).padStart(4, "0"))
    .replace("MM", two(clock.month))
    .replace("dd", two(clock.day))
    .replace("HH", two(clock.hour))
    .replace("mm", two(clock.minute))
    .replace("ss", two(clock.second));
};

/** Free text in a file for machines: nothing that ends a cell or a line or starts a formula, cut by bytes. */
const cleanText = (text: string, column: ExportColumn, format: ExportFormat): string => {
  const forPeople = isForPeople(format);
  const { file } = format;
  const unquoted = forPeople ? text : text.replace(/["'`]/g, "");
  const whole =
    file.kind === "text" && !forPeople ? unquoted.replaceAll(file.delimiter, "") : unquoted;
  const plain = whole
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const started = forPeople ? plain : plain.replace(/^[=+\-@\s＝＋－＠]+/, "");
  return cutToBytes(started, column.maxBytes ?? Infinity, format);
};

const cutToBytes = (text: string, most: number, { file }: ExportFormat): string => {
  const encoding = file.kind === "text" ? file.encoding : "utf-8";
  let kept = "";
  let length = 0;
  for (const character of text) {
    const bytes = encodedLength(character, encoding);
    if (bytes === 0) continue;
    if (length + bytes > most) return kept.trimEnd();
    kept += character;
    length += bytes;
  }
  return kept;
};

export type CellContext = {
  readonly format: ExportFormat;
  readonly zone: Zone;
  readonly rowNumber: number;
};

/** One cell as the target wants it, before quoting. */
export const writeCell = (column: ExportColumn, row: BatchRow, context: CellContext): string => {
  const { format, zone, rowNumber } = context;
  const { field, unit = "yuan", pattern = "yyyy-MM-dd" } = column;
  if (field === "amount") return amountOf(row.minor, row, unit);
  if (field === "amount_total") return amountOf(row.originalMinor, row, unit);
  if (field === "paid_at")
    return row.paidAt === undefined ? "" : writeTime(row.paidAt, pattern, zone);
  if (field === "row_no") return String(rowNumber);
  return identifierOf(field, row) ?? cleanText(textOf(column, row), column, format);
};

const textOf = (column: ExportColumn, row: BatchRow): string => {
  const texts: { readonly [field in ExportField]?: string | undefined } = {
    reason: row.reason,
    note: row.note,
    operator_id: row.operator,
    channel: row.channel,
    const: column.text,
  };
  return texts[column.field] ?? "";
};

/** A cell for people: quoted, and marked as text where a spreadsheet would compute it or round it. */
export const guardCell = (cell: string): string => {
  const isFormula = /^['=+\-@＝＋－＠\t\r]/.test(cell);
  const isRounded = /^\d{12,}$|^0\d+$|^\d+(?:\.\d+)?[eE]\d+$/.test(cell);
  const guarded = isFormula || isRounded ? `'${cell}` : cell;
  return `"${guarded.replaceAll('"', '""')}"`;
};

/** Decimals behind the point in this column's amounts. */
export const decimalsOf = (column: ExportColumn, currency: BatchRow["currency"]): number =>
  column.unit === "fen" ? 0 : exponentOf(currency);
