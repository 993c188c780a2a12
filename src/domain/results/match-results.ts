import type { BatchId, CaseId } from "../ids.ts";
import { addSeconds, clockSeconds, type Instant } from "../instant.ts";
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
  /** It failed, was closed, came back or was withdrawn: a row without its number speaks of another. */
  readonly isOver: boolean;
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

const isOrderOf = ({ numbers }: SentRefund, { orderNo, transactionNo }: ResultRow): boolean => {
  const { out_trade_no: order, transaction_id: transaction } = numbers;
  if (orderNo !== undefined && order !== undefined) return orderNo === order;
  return transactionNo !== undefined && transactionNo === transaction;
};

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
  const all = sent.filter((one) => isOrderOf(one, row) && isInTime(one, row));
  if (all.length === 0) return { row, why: "not_here" };
  const open = all.filter(({ isOver }) => !isOver);
  const own = open.length === 0 ? all : open;
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

/** Refunds by their own numbers, by the channel's, and by the orders they belong to. */
const openIndex = (sent: readonly SentRefund[], acquirer: string) => {
  const theirs = sent.filter((one) => one.acquirer === acquirer);
  const named = new Map(
    sent.flatMap((one) =>
      [one.refundNo, one.prefix + one.refundNo].map((no) => [no, one] as const),
    ),
  );
  const channel = new Map(
    theirs.flatMap((one) =>
      one.channelRefundNo === undefined ? [] : [[one.channelRefundNo, one] as const],
    ),
  );
  const orders = new Map<string, SentRefund[]>();
  for (const one of theirs)
    for (const number of Object.values(one.numbers))
      orders.set(number, [...(orders.get(number) ?? []), one]);
  return { named, channel, orders };
};

const matchRow = (
  row: ResultRow,
  index: ReturnType<typeof openIndex>,
): ResultMatch | UnmatchedRow => {
  const { refundNo = "", channelRefundNo = "", orderNo = "", transactionNo = "" } = row;
  const named = index.named.get(refundNo);
  const known = named ?? index.channel.get(channelRefundNo);
  if (known !== undefined)
    return known.amount.minor === row.minor
      ? { row, by: named === undefined ? "channel_no" : "refund_no", refunds: [known] }
      : { row, why: "amount_differs" };
  if (parseRefundNumber(refundNo).ok) return { row, why: "not_here" };
  const near = new Set(
    [orderNo, transactionNo].flatMap((number) => index.orders.get(number) ?? []),
  );
  return byOrder(row, [...near]);
};

/** Finds the refund that a row of an acquirer speaks of, never by an amount alone (upload-files.md §5). */
export const openMatching = (
  sent: readonly SentRefund[],
  acquirer: string,
): ((row: ResultRow) => ResultMatch | UnmatchedRow) => {
  const index = openIndex(sent, acquirer);
  return (row) => matchRow(row, index);
};
