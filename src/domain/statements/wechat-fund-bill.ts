import { CNY } from "../currency.ts";
import { wechatNumbers } from "../codes/wechat-numbers.ts";
import { given } from "../given.ts";
import { parseDecimal, parseTotal } from "./amount-text.ts";
import { newChannelClock } from "./channel-clock.ts";
import { findDamaged, findNumber, type NumberColumn } from "./channel-number.ts";
import { findColumns } from "./columns.ts";
import { cleanCell, headerWords, splitCells, splitTicked } from "./delimited-text.ts";
import { newFundSums } from "./fund-sums.ts";
import type { HeaderReading, LineReading, StatementLayout } from "./layout.ts";
import type { ReadRow } from "./statement-row.ts";

/** Columns by their names (payments-cn.md §4.3). */
const names = {
  time: "记账时间",
  business: "微信支付业务单号",
  flow: "资金流水单号",
  type: "业务类型",
  direction: "收支类型",
  amount: "收支金额(元)",
  remark: "备注",
  voucher: "业务凭证号",
} as const;

type Columns = { readonly [key in keyof typeof names]: number };
type Cell = (column: number) => string;

const directions: ReadonlyMap<string, "income" | "expense"> = new Map(
  Object.entries<"income" | "expense">({
    收入: "income",
    支出: "expense",
  }),
);

/** The numbers of the last line, each of them a sum or a count. */
const totalNames = ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"];

/** The fund bill (资金账单) of WeChat Pay: what moved on the merchant's account, each refund with both of its numbers. */
export const wechatFundBill: StatementLayout = (header) => {
  if (header[0] !== names.time) return undefined;
  const columns = findColumns(header, names);
  return columns.ok
    ? openBill(header.length, columns.value)
    : { kind: "missing", columns: columns.fault };
};

const openBill = (count: number, columns: Columns): HeaderReading => {
  const sums = newFundSums();
  const clock = newChannelClock();
  const numbers: readonly NumberColumn[] = [
    [columns.business, names.business, true],
    [columns.flow, names.flow, true],
    [columns.voucher, names.voucher, false],
  ];
  let summary: readonly string[] | undefined;
  let declared: readonly (readonly [string, number | undefined])[] = [];
  const takeSummary = (line: string): LineReading => {
    if (declared.length > 0) return { kind: "problem", reason: "after_summary" };
    const cells = splitCells(line).map(cleanCell);
    declared = totalNames.map((name) => {
      const cell = cells[summary?.indexOf(name) ?? -1] ?? "";
      return [name, parseTotal(cell, name.endsWith("数") ? 0 : 2)];
    });
    return { kind: "summary" };
  };
  const readRow = (cells: readonly string[], line: number): LineReading => {
    const cell: Cell = (column) => cleanCell(cells[column] ?? "");
    const written = cell(columns.time);
    const at = clock(written);
    if (at === undefined) return { kind: "problem", reason: "bad_time" };
    const direction = directions.get(cell(columns.direction));
    if (direction === undefined) return { kind: "problem", reason: "unknown_type" };
    const moved = parseDecimal(cell(columns.amount), 2);
    if (moved === undefined || moved < 0) return { kind: "problem", reason: "bad_amount" };
    if (findNumber(cell(columns.flow)) === undefined)
      return { kind: "problem", reason: "number_missing" };
    sums.count(direction, moved);
    const row = { line, at, ...movementOf(cell, columns, { direction, moved }) };
    const damaged = findDamaged(cell, numbers);
    return { kind: "row", row, day: written.slice(0, 10), ...given("damaged", damaged) };
  };
  const read = (line: string, lineNumber: number): LineReading => {
    if (summary !== undefined) return takeSummary(line);
    if (/^[\s"`]*资金流水总笔数/.test(line)) {
      summary = headerWords(line);
      return { kind: "summary" };
    }
    const cells = splitTicked(line, count);
    return cells === undefined ? { kind: "problem", reason: "cells" } : readRow(cells, lineNumber);
  };
  const finish = () => ({ totals: sums.totals(declared), notes: [] });
  return { kind: "opened", layout: { name: "wechat_fund", acquirer: "wechatpay", read, finish } };
};

const transactionIn = (number: string): string =>
  wechatNumbers[0]?.pattern.test(number) === true ? number : "";

type Movement = { readonly direction: "income" | "expense"; readonly moved: number };

/** A refund is one by its type and both of its numbers; every other row says only that money moved. */
const movementOf = (
  cell: Cell,
  columns: Columns,
  { direction, moved }: Movement,
): Omit<ReadRow, "line" | "at"> => {
  const type = cell(columns.type);
  const flowNo = cell(columns.flow);
  const business = cell(columns.business);
  const voucher = findNumber(cell(columns.voucher));
  const common = {
    acquirer: "wechatpay",
    channel: "wechat",
    merchantNo: "",
    flowNo,
    currency: CNY,
    status: type,
  } as const;
  if (type === "退款" && direction === "expense" && voucher !== undefined)
    return {
      ...common,
      kind: "refund",
      transactionId: transactionIn(flowNo),
      outTradeNo: "",
      refundNo: voucher,
      ...given("channelRefundNo", findNumber(business)),
      minor: Math.max(moved, refundedIn(cell(columns.remark))),
    };
  return {
    ...common,
    kind: direction,
    transactionId: transactionIn(business),
    outTradeNo: type === "交易" ? (voucher ?? "") : "",
    minor: moved,
  };
};

/** The whole refund as WeChat writes it into the remark; what moved may be less by the fee that comes back. */
const refundedIn = (remark: string): number =>
  parseDecimal(/^退款总金额([\d.]{1,20})元;含手续费/.exec(remark)?.[1] ?? "0", 2) ?? 0;
