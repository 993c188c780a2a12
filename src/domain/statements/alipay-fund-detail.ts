import { CNY } from "../currency.ts";
import { given } from "../given.ts";
import { alipayCells, type CellPlaces } from "./alipay-cells.ts";
import { parseDecimal, parseTotal } from "./amount-text.ts";
import { newChannelClock } from "./channel-clock.ts";
import { findDamaged, findNumber, type NumberColumn } from "./channel-number.ts";
import { findColumns } from "./columns.ts";
import { cleanCell } from "./delimited-text.ts";
import { newFundSums } from "./fund-sums.ts";
import type { HeaderReading, LineReading, StatementLayout } from "./layout.ts";
import type { StatementNote } from "./statement-row.ts";

/** Columns by their names (payments-cn.md §4.5). */
const names = {
  flow: "账务流水号",
  business: "业务流水号",
  order: "商户订单号",
  name: "商品名称",
  time: "发生时间",
  income: "收入金额(+元)",
  expense: "支出金额(-元)",
  type: "业务类型",
} as const;

type Columns = { readonly [key in keyof typeof names]: number };
type Cell = (column: number) => string;

/** The fund detail (账务明细) of Alipay: what moved on the account; no row of it names a refund by a number of its own. */
export const alipayFundDetail: StatementLayout = (header, preamble) => {
  if (header[0] !== names.flow) return undefined;
  const columns = findColumns(header, names);
  if (!columns.ok) return { kind: "missing", columns: columns.fault };
  const account = /账号[:：]\s*\[(\d{16})/.exec(preamble.join("\n"))?.[1] ?? "";
  return openDetail(header.length, columns.value, account);
};

const openDetail = (count: number, columns: Columns, merchantNo: string): HeaderReading => {
  const places: CellPlaces = { count, name: columns.name, times: [columns.time] };
  const sums = newFundSums();
  const notes = new Set<StatementNote>();
  const readRow = newRowReader(columns, merchantNo);
  let ended = false;
  let declared: readonly (readonly [string, number | undefined])[] = [];
  const read = (line: string, lineNumber: number): LineReading => {
    if (line.startsWith("#")) {
      declared = [...declared, ...totalsIn(line)];
      ended ||= line.includes("列表结束") || declared.length > 0;
      return { kind: "summary" };
    }
    if (ended) return { kind: "problem", reason: "after_summary" };
    const cells = alipayCells(line, places);
    if (cells === undefined) return { kind: "problem", reason: "cells" };
    if (cells.repaired) notes.add("repaired_commas");
    const reading = readRow(cells.cells, lineNumber);
    if (reading.kind === "row")
      sums.count(reading.row.kind === "income" ? "income" : "expense", reading.row.minor);
    return reading;
  };
  const finish = () => ({
    totals: declared.length < 4 ? undefined : sums.totals(declared),
    notes: [...notes],
  });
  return { kind: "opened", layout: { name: "alipay_fund", acquirer: "alipay", read, finish } };
};

/** `#支出合计：2笔，共-15.01元` is a count and a sum. */
const totalsIn = (line: string): readonly (readonly [string, number | undefined])[] => {
  const match = /^#(收入|支出)合计[:：](\d{1,9})笔[,，]共-?([\d.,]{1,20})元/.exec(line);
  return match === null
    ? []
    : [
        [`${match[1]}笔数`, Number(match[2])],
        [`${match[1]}金额`, parseTotal(match[3] ?? "")],
      ];
};

const newRowReader = (columns: Columns, merchantNo: string) => {
  const clock = newChannelClock();
  const numbers: readonly NumberColumn[] = [
    [columns.flow, names.flow, true],
    [columns.business, names.business, true],
    [columns.order, names.order, false],
  ];
  return (cells: readonly string[], line: number): LineReading => {
    const cell: Cell = (column) => cleanCell(cells[column] ?? "");
    const written = cell(columns.time);
    const at = clock(written);
    if (at === undefined) return { kind: "problem", reason: "bad_time" };
    const moved = movedIn(cell, columns);
    if (moved === undefined) return { kind: "problem", reason: "bad_amount" };
    const flowNo = findNumber(cell(columns.flow));
    if (flowNo === undefined) return { kind: "problem", reason: "number_missing" };
    const row = {
      line,
      ...moved,
      acquirer: "alipay",
      channel: "alipay",
      merchantNo,
      transactionId: findNumber(cell(columns.business)) ?? "",
      outTradeNo: findNumber(cell(columns.order)) ?? "",
      flowNo,
      currency: CNY,
      at,
      status: cell(columns.type),
    } as const;
    const damaged = findDamaged(cell, numbers);
    return { kind: "row", row, day: written.slice(0, 10), ...given("damaged", damaged) };
  };
};

/** Which way, and how much; one of the two cells is zero or empty. */
const movedIn = (
  cell: Cell,
  columns: Columns,
): { readonly kind: "income" | "expense"; readonly minor: number } | undefined => {
  const income = parseDecimal(cell(columns.income) || "0", 2);
  const expense = parseDecimal(cell(columns.expense) || "0", 2);
  if (income === undefined || expense === undefined || (income !== 0) === (expense !== 0))
    return undefined;
  return income === 0
    ? { kind: "expense", minor: Math.abs(expense) }
    : { kind: "income", minor: Math.abs(income) };
};
