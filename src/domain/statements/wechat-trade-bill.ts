import { exponentOf, findCurrency } from "../currency.ts";
import { given } from "../given.ts";
import { maskCardNumbers } from "../pan-guard.ts";
import { parseDecimal } from "./amount-text.ts";
import { newChannelClock } from "./channel-clock.ts";
import { findDamaged, findNumber, type NumberColumn } from "./channel-number.ts";
import { cleanCell, splitTicked } from "./delimited-text.ts";
import type { HeaderReading, LineReading, OpenedLayout, StatementLayout } from "./layout.ts";
import type { ReadRow, StatementNote, StatementRowKind } from "./statement-row.ts";
import { columnsOf, layoutName, missingColumns, type Columns } from "./wechat-columns.ts";
import { newWechatSummary } from "./wechat-summary.ts";

const kinds: ReadonlyMap<string, StatementRowKind> = new Map(
  Object.entries<StatementRowKind>({
    SUCCESS: "payment",
    REFUND: "refund",
    REVOKED: "revoked",
  }),
);

/** The bills ALL, SUCCESS and REFUND of WeChat Pay, in the current and the legacy layout. */
export const wechatTradeBill: StatementLayout = (header) => {
  if (header[0] !== "交易时间" || header[1] !== "公众账号ID") return undefined;
  const columns = columnsOf(header);
  const missing = missingColumns(columns);
  return missing.length > 0 ? { kind: "missing", columns: missing } : openBill(header, columns);
};

const openBill = (header: readonly string[], columns: Columns): HeaderReading => {
  const summary = newWechatSummary(header);
  const notes = new Set<StatementNote>();
  const readRow = newRowReader(columns, notes);
  const read = (line: string, lineNumber: number): LineReading => {
    if (summary.begins(line)) return { kind: "summary" };
    if (summary.isOpen()) return { kind: "problem", reason: "after_summary" };
    const cells = splitTicked(line, header.length);
    if (cells === undefined) return { kind: "problem", reason: "cells" };
    const reading = readRow(cells, lineNumber);
    if (reading.kind === "row") summary.count(cells, reading.row.kind === "revoked");
    return reading;
  };
  const layout: OpenedLayout = {
    name: layoutName(header, columns),
    acquirer: "wechatpay",
    read: (line, lineNumber) =>
      summary.takes(line) ? { kind: "summary" } : read(line, lineNumber),
    finish: () => ({ totals: summary.totals(), notes: [...notes] }),
  };
  return { kind: "opened", layout };
};

type RowReader = (cells: readonly string[], line: number) => LineReading;

const newRowReader = (columns: Columns, notes: Set<StatementNote>): RowReader => {
  const clock = newChannelClock();
  const numbers: readonly NumberColumn[] = [
    [columns.transaction, "微信订单号", true],
    [columns.order, "商户订单号", false],
    [columns.channelRefund, "微信退款单号", true],
    [columns.refund, "商户退款单号", false],
  ];
  return (cells, line) => {
    const cell = (column: number): string => cleanCell(cells[column] ?? "");
    const damaged = findDamaged(cell, numbers);
    const kind = kinds.get(cell(columns.state));
    if (kind === undefined) return { kind: "problem", reason: "unknown_type" };
    const written = (kind === "payment" ? "" : cell(columns.applied)) || cell(columns.time);
    const at = clock(written);
    if (at === undefined) return { kind: "problem", reason: "bad_time" };
    if (written.includes("：")) notes.add("fullwidth_colon");
    const currency = findCurrency(cell(columns.currency));
    if (currency === undefined) return { kind: "problem", reason: "unknown_currency" };
    const row: Draft = {
      line,
      kind,
      acquirer: "wechatpay",
      channel: "wechat",
      merchantNo: "",
      transactionId: "",
      outTradeNo: "",
      minor: 0,
      currency,
      at,
      status: statusOf(kind, cell, columns),
    };
    if (!takeAmounts(row, cell, columns)) return { kind: "problem", reason: "bad_amount" };
    takeNumbers(row, cell, columns);
    return row.transactionId === "" && row.outTradeNo === ""
      ? { kind: "problem", reason: "number_missing" }
      : { kind: "row", row, day: written.slice(0, 10), ...given("damaged", damaged) };
  };
};

type Cell = (column: number) => string;

const statusOf = (kind: StatementRowKind, cell: Cell, columns: Columns): string =>
  (kind === "payment" ? "" : cell(columns.refundState)) || cell(columns.state);

/** A row while its members are filled in: parts put together afterwards cost a tenth of the whole reading. */
type Draft = { -readonly [Member in keyof ReadRow]: ReadRow[Member] };

/** The fee is rounded to fen and written with five decimals. */
const feeDecimals = 5;

/** False where the amount cannot be read. */
const takeAmounts = (row: Draft, cell: Cell, columns: Columns): boolean => {
  const decimals = exponentOf(row.currency);
  const minor = parseDecimal(
    cell(row.kind === "payment" ? columns.amount : columns.asked),
    decimals,
  );
  if (minor === undefined) return false;
  row.minor = Math.abs(minor);
  const fee = parseDecimal(cell(columns.fee), feeDecimals);
  if (fee !== undefined) row.fee = Math.abs(fee) / 10 ** (feeDecimals - decimals);
  const coupon = parseDecimal(cell(columns.coupon) || "0", decimals) ?? 0;
  if (row.kind === "payment" && coupon > 0) row.payerMinor = minor - coupon;
  return true;
};

const takeNumbers = (row: Draft, cell: Cell, columns: Columns): void => {
  row.merchantNo = findNumber(cell(columns.subMerchant)) ?? cell(columns.merchant);
  row.transactionId = findNumber(cell(columns.transaction)) ?? "";
  row.outTradeNo = findNumber(cell(columns.order)) ?? "";
  const termNo = findNumber(cell(columns.device));
  const refundNo = findNumber(cell(columns.refund));
  const channelRefundNo = findNumber(cell(columns.channelRefund));
  const name = cell(columns.name);
  if (termNo !== undefined) row.termNo = termNo;
  if (refundNo !== undefined) row.refundNo = refundNo;
  if (channelRefundNo !== undefined) row.channelRefundNo = channelRefundNo;
  if (name !== "") row.name = readName(name);
};

/** Names escape commas and line ends; a card number in one is masked before anything keeps it (F84). */
const readName = (name: string): string =>
  maskCardNumbers(name.replaceAll("\\ ", ",").replaceAll("\\n", " "));
