import type { Channel } from "../channels.ts";
import { CNY } from "../currency.ts";
import { given } from "../given.ts";
import { maskCardNumbers } from "../pan-guard.ts";
import { parseDecimal } from "./amount-text.ts";
import { findDamaged, findNumber, type NumberColumn } from "./channel-number.ts";
import type { LineReading, OpenedLayout } from "./layout.ts";
import { openHeader } from "./mapped-table.ts";
import { newMappedClock } from "./mapped-time.ts";
import {
  columnRoles,
  headerMark,
  type ColumnRole,
  type SavedMapping,
  type StatementMapping,
} from "./mapping.ts";
import type { ProblemReason, ReadRow, StatementRowKind } from "./statement-row.ts";

/** A file whose header somebody has explained; undefined when nobody has. */
export const openMapped = (
  line: string,
  saved: readonly SavedMapping[],
): OpenedLayout | undefined => {
  if (saved.length === 0) return undefined;
  const { words, split } = openHeader(line);
  const mark = headerMark(words);
  const known = saved.find(({ mapping }) => mapping.header === mark);
  if (known === undefined) return undefined;
  const readRow = newRowReader(known, words);
  return {
    name: "mapped",
    acquirer: known.acquirer,
    mapping: known.mapping,
    read: (text, lineNumber) => {
      const cells = split(text);
      if (cells !== undefined) return readRow(cells, lineNumber);
      return isTotals(text) ? { kind: "summary" } : { kind: "problem", reason: "cells" };
    },
    finish: () => ({ totals: [], notes: [] }),
  };
};

/** A line that names itself a sum; its number is nobody's row. */
const isTotals = (text: string): boolean =>
  /^[\s"'`#＃,;|]*(?:合计|总计|小计|汇总|总笔数|总金额|total)/i.test(text);

/** The cell of a role, empty where the mapping has no such column. */
type Cell = (role: ColumnRole) => string;

const newRowReader = (saved: SavedMapping, words: readonly string[]) => {
  const { acquirer, mapping } = saved;
  const places = new Map(
    columnRoles.flatMap((role) => {
      const name = mapping.columns[role];
      return name === undefined ? [] : [[role, words.indexOf(name)] as const];
    }),
  );
  const numbers = (
    ["transaction", "order", "original", "channelRefund", "refund"] as const
  ).flatMap((role): readonly NumberColumn[] => {
    const place = places.get(role);
    const isChannels = role === "transaction" || role === "channelRefund";
    return place === undefined ? [] : [[place, words[place] ?? "", isChannels]];
  });
  const clock = newMappedClock();
  return (cells: readonly string[], line: number): LineReading => {
    const cell: Cell = (role) => cells[places.get(role) ?? -1] ?? "";
    const time = clock(cell("day"), cell("clock"));
    if (time === undefined)
      return isTotals(cells.join(","))
        ? { kind: "summary" }
        : { kind: "problem", reason: "bad_time" };
    const moved = readMoved(cell, mapping);
    if (typeof moved === "string") return { kind: "problem", reason: moved };
    const row: ReadRow = {
      line,
      acquirer,
      channel: channelOf(cell("channel"), saved),
      ...moved,
      ...(moved.kind === "payment" ? paymentNumbers(cell) : returnNumbers(cell)),
      ...otherFacts(cell),
      currency: CNY,
      at: time.at,
      status: cell("status"),
    };
    const damaged = findDamaged((column) => cells[column] ?? "", numbers);
    return row.transactionId === "" && row.outTradeNo === ""
      ? { kind: "problem", reason: "number_missing" }
      : { kind: "row", row, day: time.day, ...given("damaged", damaged) };
  };
};

/** What a row says happened and how much; money that was not moved is no row. */
const readMoved = (
  cell: Cell,
  { unit, direction, words, columns }: StatementMapping,
): Pick<ReadRow, "kind" | "minor"> | ProblemReason => {
  if (columns.status !== undefined && !words.done.includes(cell("status"))) return "not_done";
  const minor = parseDecimal(cell("amount").replace(/\s*元$/, ""), unit === "yuan" ? 2 : 0);
  if (minor === undefined) return "bad_amount";
  if (direction === "payments" && minor < 0) return "negative_amount";
  if (direction === "sign")
    return { kind: minor < 0 ? "refund" : "payment", minor: Math.abs(minor) };
  const kind = direction === "payments" ? "payment" : kindOf(cell("kind"), words);
  return kind === undefined ? "unknown_type" : { kind, minor: Math.abs(minor) };
};

const kindOf = (word: string, words: StatementMapping["words"]): StatementRowKind | undefined =>
  (["payment", "refund", "revoked"] as const).find((kind) => words[kind].includes(word));

/** Numbers that are not written as such are left out. */
const numberIn = (cell: Cell, ...roles: readonly ColumnRole[]): string | undefined =>
  roles.map((role) => findNumber(cell(role))).find((number) => number !== undefined);

type Numbers = Pick<ReadRow, "transactionId" | "outTradeNo" | "refundNo" | "channelRefundNo">;

/**
 * Portals give a refund numbers of its own under the columns of the payment's. Where a column names the original, that
 * leads to the payment and the others are the refund's; else the order number leads there, and the transaction number,
 * which may be either's, only where there is no order number.
 */
const returnNumbers = (cell: Cell): Numbers => {
  const original = numberIn(cell, "original");
  const paid = original ?? numberIn(cell, "order");
  const own = original === undefined ? [] : (["transaction"] as const);
  const ownOrder = original === undefined ? [] : (["order"] as const);
  return {
    transactionId: paid === undefined ? (numberIn(cell, "transaction") ?? "") : "",
    outTradeNo: paid ?? "",
    ...given("refundNo", otherThan(paid, numberIn(cell, "refund", ...ownOrder))),
    ...given("channelRefundNo", otherThan(paid, numberIn(cell, "channelRefund", ...own))),
  };
};

const otherThan = (paid: string | undefined, number: string | undefined): string | undefined =>
  number === paid ? undefined : number;

const paymentNumbers = (cell: Cell): Numbers => ({
  transactionId: numberIn(cell, "transaction") ?? "",
  outTradeNo: numberIn(cell, "order") ?? "",
});

const otherFacts = (cell: Cell): Pick<ReadRow, "merchantNo" | "termNo" | "name"> => ({
  merchantNo: numberIn(cell, "merchant") ?? "",
  ...given("termNo", numberIn(cell, "terminal")),
  ...given("name", maskCardNumbers(cell("name")) || undefined),
});

const wallets: readonly (readonly [RegExp, Channel])[] = [
  [/微信|wechat|weixin|财付通/i, "wechat"],
  [/支付宝|alipay|zhifubao/i, "alipay"],
  [/银联|云闪付|unionpay|刷卡|银行卡/i, "unionpay"],
];

/** The wallet of a row by the words of its column; without one that of the acquirer. */
const channelOf = (word: string, { channel, mapping }: SavedMapping): Channel =>
  mapping.columns.channel === undefined
    ? channel
    : (wallets.find(([words]) => words.test(word))?.[1] ?? "other");
