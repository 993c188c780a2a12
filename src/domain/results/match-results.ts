import type { BatchId, CaseId } from "../ids.ts";
import { addSeconds, type Instant } from "../instant.ts";
import type { Numbers } from "../journal-event.ts";
import type { Money } from "../money.ts";
import { parseRefundNumber } from "../refund-number.ts";
import type { ResultRow } from "./read-results.ts";

/** A refund that left, as far as a portal's answer can name it. */
export type SentRefund = {
  readonly caseId: CaseId;
  /** Which attempt of the case. */
  readonly number: number;
  readonly acquirer: string;
  readonly refundNo: string;
  /** What its acquirer has in front of our numbers. */
  readonly prefix: string;
  readonly channelRefundNo: string | undefined;
  readonly amount: Money;
  readonly numbers: Numbers;
  readonly recordedAt: Instant;
  readonly batchId: BatchId | undefined;
};

/** How sure a row names its refunds: by a number of theirs, or by order, amount and day, which a person confirms. */
export type ResultMatch = {
  readonly row: ResultRow;
  readonly by: "refund_no" | "channel_no" | "order";
  readonly refunds: readonly SentRefund[];
};

/** Why a row moves nothing. */
export type UnmatchedRow = {
  readonly row: ResultRow;
  readonly why: "not_here" | "amount_differs" | "several";
};

export type MatchedResults = {
  readonly matches: readonly ResultMatch[];
  readonly unmatched: readonly UnmatchedRow[];
};

const bearsNumber = ({ refundNo, prefix }: SentRefund, number: string): boolean =>
  number === refundNo || number === prefix + refundNo;

const isOrderOf = ({ numbers }: SentRefund, { orderNo, transactionNo }: ResultRow): boolean => {
  const { out_trade_no: order, transaction_id: transaction } = numbers;
  if (orderNo !== undefined && order !== undefined) return orderNo === order;
  return transactionNo !== undefined && transactionNo === transaction;
};

const clockSeconds = 300;
const longestSeconds = 92 * 86_400;

/** A row without a time is looked at by a person anyway. */
const isInTime = ({ recordedAt }: SentRefund, { at }: ResultRow): boolean =>
  at === undefined ||
  (at >= addSeconds(recordedAt, -clockSeconds) && at <= addSeconds(recordedAt, longestSeconds));

const sumOf = (refunds: readonly SentRefund[]): number =>
  refunds.reduce((sum, { amount }) => sum + amount.minor, 0);

/** Refunds of one order that left as one row of one file. */
const mergedGroups = (refunds: readonly SentRefund[]): readonly (readonly SentRefund[])[] => {
  const batches = new Set(refunds.flatMap(({ batchId }) => batchId ?? []));
  return [...batches].map((id) => refunds.filter(({ batchId }) => batchId === id));
};

const byOrder = (row: ResultRow, sent: readonly SentRefund[]): ResultMatch | UnmatchedRow => {
  const own = sent.filter((one) => isOrderOf(one, row) && isInTime(one, row));
  if (own.length === 0) return { row, why: "not_here" };
  const single = own.filter(({ amount }) => amount.minor === row.minor);
  const groups = mergedGroups(own).filter(
    (group) => group.length > 1 && sumOf(group) === row.minor,
  );
  const [first, ...others] = [...single.map((one) => [one]), ...groups];
  if (first === undefined) return { row, why: "amount_differs" };
  return others.length > 0
    ? { row, why: "several" }
    : { row, by: "order", refunds: [first].flat() };
};

const matchRow = (
  row: ResultRow,
  sent: readonly SentRefund[],
  acquirer: string,
): ResultMatch | UnmatchedRow => {
  const theirs = sent.filter((one) => one.acquirer === acquirer);
  const { refundNo = "", channelRefundNo } = row;
  const named = sent.find((one) => bearsNumber(one, refundNo));
  const known =
    named ??
    theirs.find(
      (one) => one.channelRefundNo !== undefined && one.channelRefundNo === channelRefundNo,
    );
  if (known !== undefined)
    return known.amount.minor === row.minor
      ? { row, by: named === undefined ? "channel_no" : "refund_no", refunds: [known] }
      : { row, why: "amount_differs" };
  return parseRefundNumber(refundNo).ok ? { row, why: "not_here" } : byOrder(row, theirs);
};

/** Finds the refunds that an acquirer's rows speak of, never by an amount alone (upload-files.md §5). */
export const matchResults = (
  rows: readonly ResultRow[],
  sent: readonly SentRefund[],
  acquirer: string,
): MatchedResults => {
  const found = rows.map((row) => matchRow(row, sent, acquirer));
  return {
    matches: found.flatMap((one) => ("by" in one ? [one] : [])),
    unmatched: found.flatMap((one) => ("why" in one ? [one] : [])),
  };
};
