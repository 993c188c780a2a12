import { CNY } from "../currency.ts";
import { given } from "../given.ts";
import { maskCardNumbers } from "../pan-guard.ts";
import { alipayCells } from "./alipay-cells.ts";
import { parseDecimal } from "./amount-text.ts";
import { newAlipaySummary, type AlipaySummary } from "./alipay-summary.ts";
import { newChannelClock } from "./channel-clock.ts";
import { findDamaged, findNumber, type NumberColumn } from "./channel-number.ts";
import { findColumns } from "./columns.ts";
import { cleanCell } from "./delimited-text.ts";
import type { HeaderReading, LineReading, StatementLayout } from "./layout.ts";
import type { ReadRow, StatementNote, StatementRowKind } from "./statement-row.ts";

const kinds: ReadonlyMap<string, StatementRowKind> = new Map(
  Object.entries<StatementRowKind>({ 交易: "payment", 退款: "refund" }),
);

/** Columns by their names (payments-cn.md §4.4). */
const names = {
  transaction: "支付宝交易号",
  order: "商户订单号",
  type: "业务类型",
  name: "商品名称",
  created: "创建时间",
  finished: "完成时间",
  terminal: "终端号",
  amount: "订单金额(元)",
  received: "商家实收(元)",
  refund: "退款批次号/请求号",
} as const;

type Columns = { readonly [key in keyof typeof names]: number };

/** The trade detail (业务明细) of Alipay: `#` lines around rows whose cells end with tabs. */
export const alipayTradeDetail: StatementLayout = (header, preamble) => {
  if (!header.includes(names.transaction) || !header.includes(names.type)) return undefined;
  const columns = findColumns(header, names);
  if (!columns.ok) return { kind: "missing", columns: columns.fault };
  const account = /账号[:：]\s*\[(\d{16})/.exec(preamble.join("\n"))?.[1] ?? "";
  return openDetail(header.length, columns.value, account);
};

const openDetail = (count: number, columns: Columns, merchantNo: string): HeaderReading => {
  const places = { count, name: columns.name, times: [columns.created, columns.finished] };
  const summary = newAlipaySummary();
  const notes = new Set<StatementNote>();
  const readRow = newRowReader({ columns, merchantNo, notes, summary });
  const read = (line: string, lineNumber: number): LineReading => {
    if (line.startsWith("#")) {
      summary.take(line);
      return { kind: "summary" };
    }
    if (summary.isOpen()) return { kind: "problem", reason: "after_summary" };
    const cells = alipayCells(line, places);
    if (cells === undefined) return { kind: "problem", reason: "cells" };
    if (cells.repaired) notes.add("repaired_commas");
    return readRow(cells.cells, lineNumber);
  };
  const finish = () => ({ totals: summary.totals(), notes: [...notes] });
  return {
    kind: "opened",
    layout: { name: "alipay_trade", acquirer: "alipay", read, finish },
  };
};

type RowContext = {
  readonly columns: Columns;
  readonly merchantNo: string;
  readonly notes: Set<StatementNote>;
  readonly summary: AlipaySummary;
};

const newRowReader = ({ columns, merchantNo, notes, summary }: RowContext) => {
  const clock = newChannelClock();
  const numbers: readonly NumberColumn[] = [
    [columns.transaction, names.transaction, true],
    [columns.order, names.order, false],
    [columns.refund, names.refund, false],
  ];
  return (cells: readonly string[], line: number): LineReading => {
    const cell = (column: number): string => cleanCell(cells[column] ?? "");
    const damaged = findDamaged(cell, numbers);
    const status = cell(columns.type);
    const kind = kinds.get(status);
    if (kind === undefined) return { kind: "problem", reason: "unknown_type" };
    const finished = cell(columns.finished);
    const at = clock(finished);
    if (at === undefined) return { kind: "problem", reason: "bad_time" };
    if (finished.includes("：")) notes.add("fullwidth_colon");
    const amount = parseDecimal(cell(columns.amount), 2);
    const received = parseDecimal(cell(columns.received), 2);
    if (amount === undefined || received === undefined)
      return { kind: "problem", reason: "bad_amount" };
    const transactionId = findNumber(cell(columns.transaction));
    if (transactionId === undefined) return { kind: "problem", reason: "number_missing" };
    if (kind === "refund" && amount > 0) notes.add("positive_refund");
    summary.count(kind === "refund", received);
    const row: ReadRow = {
      line,
      kind,
      acquirer: "alipay",
      channel: "alipay",
      merchantNo,
      transactionId,
      ...numbersOf(cell, columns),
      minor: Math.abs(amount),
      currency: CNY,
      at,
      status,
    };
    return { kind: "row", row, day: finished.slice(0, 10), ...given("damaged", damaged) };
  };
};

type Cell = (column: number) => string;

const numbersOf = (
  cell: Cell,
  columns: Columns,
): Pick<ReadRow, "outTradeNo" | "termNo" | "refundNo" | "name"> => {
  const termNo = findNumber(cell(columns.terminal));
  const refundNo = findNumber(cell(columns.refund));
  const name = cell(columns.name);
  return {
    outTradeNo: findNumber(cell(columns.order)) ?? "",
    ...(termNo !== undefined && { termNo }),
    ...(refundNo !== undefined && { refundNo }),
    ...(name !== "" && { name: maskCardNumbers(name) }),
  };
};
