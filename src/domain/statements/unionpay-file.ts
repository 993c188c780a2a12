import { CNY } from "../currency.ts";
import { given } from "../given.ts";
import { parseBusinessDate, type BusinessDate, type Instant } from "../instant.ts";
import { parseDecimal } from "./amount-text.ts";
import { newChannelClock } from "./channel-clock.ts";
import type { LineReading, OpenedLayout } from "./layout.ts";
import type { ReadRow, StatementRowKind } from "./statement-row.ts";

/** Bytes of the first 40 fields of the merchant file ZM, one space after each (payments-cn.md §4.6). */
const widths = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15,
  1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1,
];
const lineBytes = 607;

/** The order that a refund belongs to; the older variant has spaces there. */
const originalOrder = { start: 476, end: 508 };

const beginning = /^[ES]\d\d [\d ]{11} [\d ]{11} \d{6} \d{10} /;

/** Whether a line begins as every line of UnionPay's merchant file does; it has no header. */
export const isUnionpayLine = (line: string): boolean => beginning.test(line);

/** One character for each byte of the GBK line, the Chinese ones made unreadable: all numbers are ASCII. */
const byBytes = (line: string): string => line.replace(/[^\0-\x7F]/g, "\0\0");

const fieldsOf = (line: string): readonly string[] | undefined => {
  const bytes = byBytes(line);
  if (bytes.length !== lineBytes) return undefined;
  const fields: string[] = [];
  let start = 0;
  for (const width of widths) {
    const end = start + width;
    if (bytes.charAt(end) !== " ") return undefined;
    fields.push(bytes.slice(start, end).trim());
    start = end + 1;
  }
  return [...fields, bytes.slice(originalOrder.start, originalOrder.end).trim()];
};

const kindsByCode: Readonly<Record<string, StatementRowKind>> = { S22: "payment", S30: "refund" };
const kindsByType: Readonly<Record<string, StatementRowKind>> = {
  "01": "payment",
  "04": "refund",
  "31": "revoked",
};

/** Corrections (E…) are no transactions of their own. */
const kindOf = (code: string, type: string): StatementRowKind | undefined =>
  kindsByCode[code] ?? (code.startsWith("S") ? kindsByType[type] : undefined);

/** MMDDhhmmss of a file made on that day: the day itself, or the last one of that name before it. */
const writtenTime = (text: string, madeOn: BusinessDate): string => {
  const [, day = "", clock = ""] = /^(\d{4})(\d{6})$/.exec(text) ?? [];
  const monthDay = `${day.slice(0, 2)}-${day.slice(2)}`;
  const year = Number(madeOn.slice(0, 4)) - (monthDay > madeOn.slice(5) ? 1 : 0);
  return `${year}-${monthDay} ${clock.replace(/(..)(..)(..)/, "$1:$2:$3")}`;
};

type Numbers = Pick<ReadRow, "transactionId" | "outTradeNo" | "refundNo" | "channelRefundNo">;

/** A refund carries its own numbers, and those of the payment in other fields. */
const numbersOf = (kind: StatementRowKind, fields: readonly string[]): Numbers => {
  const [queryId = "", orderNo = ""] = [fields[9], fields[11]];
  return kind === "payment"
    ? { transactionId: queryId, outTradeNo: orderNo }
    : {
        transactionId: fields[26] ?? "",
        outTradeNo: fields[40] ?? "",
        ...given("refundNo", orderNo === "" ? undefined : orderNo),
        ...given("channelRefundNo", queryId === "" ? undefined : queryId),
      };
};

const rowOf = (
  fields: readonly string[],
  at: Instant | undefined,
  line: number,
): ReadRow | Extract<LineReading, { kind: "problem" }>["reason"] => {
  const kind = kindOf(fields[0] ?? "", fields[19] ?? "");
  if (kind === undefined) return "unknown_type";
  if (at === undefined) return "bad_time";
  const minor = parseDecimal(fields[6] ?? "", 0);
  if (minor === undefined) return "bad_amount";
  const termNo = fields[33];
  const numbers = numbersOf(kind, fields);
  if (Object.values(numbers).every((number) => number === "")) return "number_missing";
  return {
    line,
    kind,
    acquirer: "unionpay",
    channel: "unionpay",
    merchantNo: fields[27] ?? "",
    ...given("termNo", termNo === "" ? undefined : termNo),
    ...numbers,
    minor,
    currency: CNY,
    at,
    status: fields[0] ?? "",
  };
};

const noTotals = () => ({ totals: undefined, notes: [] });

/** UnionPay's merchant file ZM: fixed width by bytes, times without a year, and no totals of its own. */
export const openUnionpayFile = (madeOn: BusinessDate): OpenedLayout => {
  const clock = newChannelClock();
  const read = (line: string, lineNumber: number): LineReading => {
    const fields = fieldsOf(line);
    if (fields === undefined) return { kind: "problem", reason: "cells" };
    const written = writtenTime(fields[4] ?? "", madeOn);
    const row = rowOf(fields, clock(written), lineNumber);
    return typeof row === "string"
      ? { kind: "problem", reason: row }
      : { kind: "row", row, day: written.slice(0, 10) };
  };
  return { name: "unionpay_zm", acquirer: "unionpay", read, finish: noTotals };
};

/** The day in the name of UnionPay's files, such as `IND25092301ZM_777290058110048`. */
export const dayInName = (name: string): BusinessDate | undefined => {
  const [, year, month, day] = /(\d\d)(\d\d)(\d\d)\d\dZM/.exec(name) ?? [];
  const date = parseBusinessDate(`20${year}-${month}-${day}`);
  return date.ok ? date.value : undefined;
};
