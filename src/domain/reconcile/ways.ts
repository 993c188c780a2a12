import { confusableKey } from "../codes/number-key.ts";
import { addSeconds, clockSeconds } from "../instant.ts";
import { parseRefundNumber } from "../refund-number.ts";
import { isOut, type OurAttempt } from "./our-attempt.ts";
import type { TheirRefund } from "./their-refund.ts";

/** WeChat closes a refund without funds after seven days: until then it may still begin (payments-cn.md §2.2). */
const closesAfterSeconds = 7 * 86_400;

const agree = (one: string | undefined, other: string): boolean =>
  one !== undefined && other !== "" && confusableKey(one) === confusableKey(other);

const differ = (one: string | undefined, other: string): boolean =>
  one !== undefined && other !== "" && confusableKey(one) !== confusableKey(other);

/** Both name the payment, by the channel's number if they can, else by the merchant's. */
const isSamePayment = ({ numbers }: OurAttempt, theirs: TheirRefund): boolean =>
  agree(numbers["transaction_id"], theirs.transactionId) ||
  (!differ(numbers["transaction_id"], theirs.transactionId) &&
    agree(numbers["out_trade_no"], theirs.outTradeNo));

const isOtherPayment = (attempt: OurAttempt, theirs: TheirRefund): boolean => {
  if (attempt.acquirer !== theirs.acquirer || isSamePayment(attempt, theirs)) return false;
  const { transaction_id: transaction, out_trade_no: order } = attempt.numbers;
  return differ(transaction, theirs.transactionId) || differ(order, theirs.outTradeNo);
};

const isSameAmount = ({ amount }: OurAttempt, theirs: TheirRefund): boolean =>
  amount.minor === theirs.amount.minor && amount.currency === theirs.amount.currency;

const isSameKind = ({ mode }: OurAttempt, { kind }: TheirRefund): boolean =>
  (mode === "void") === (kind === "revoked");

const isInTime = ({ recordedAt, until }: OurAttempt, { at }: TheirRefund): boolean =>
  at >= addSeconds(recordedAt, -clockSeconds) && at <= addSeconds(until, closesAfterSeconds);

/** A row that bears a refund number of this app is that refund's and nobody else's. */
const bearsOurs = ({ prefix }: OurAttempt, { refundNo = "" }: TheirRefund): boolean =>
  parseRefundNumber(refundNo).ok ||
  (refundNo.startsWith(prefix) && parseRefundNumber(refundNo.slice(prefix.length)).ok);

/** Whether a row bears the very refund number of an attempt, as we write it or as its acquirer does. */
export const bearsItsNumber = (
  { refundNo, prefix }: Pick<OurAttempt, "refundNo" | "prefix">,
  theirs: TheirRefund,
): boolean => theirs.refundNo === refundNo || theirs.refundNo === prefix + refundNo;

/** Our own refund number is unique over all devices; another payment's number beside it speaks louder. */
const byRefundNo = (attempt: OurAttempt, theirs: TheirRefund): boolean =>
  bearsItsNumber(attempt, theirs) && !isOtherPayment(attempt, theirs);

/** The acquirer's number as a person read it: the payment or the amount has to agree as well. */
const byChannelNo = (attempt: OurAttempt, theirs: TheirRefund): boolean =>
  attempt.channelRefundNo !== undefined &&
  [theirs.channelRefundNo, theirs.refundNo].includes(attempt.channelRefundNo) &&
  attempt.acquirer === theirs.acquirer &&
  !isOtherPayment(attempt, theirs) &&
  (isSamePayment(attempt, theirs) || isSameAmount(attempt, theirs));

/** Payment, amount and time: for what was typed at a portal or terminal, which gave it a number of its own. */
const byPayment = (attempt: OurAttempt, theirs: TheirRefund): boolean =>
  attempt.acquirer === theirs.acquirer &&
  !attempt.numbered &&
  isOut(attempt) &&
  !bearsOurs(attempt, theirs) &&
  isSameKind(attempt, theirs) &&
  !differ(attempt.merchantNo, theirs.merchantNo) &&
  isSamePayment(attempt, theirs) &&
  isSameAmount(attempt, theirs) &&
  isInTime(attempt, theirs);

/**
 * Whether a person may say that a refund of the files is this attempt: nothing speaks against it, payment and amount agree,
 * and it bears a number by which the two stay together.
 */
export const mayBeLinked = (attempt: OurAttempt, theirs: TheirRefund): boolean =>
  attempt.acquirer === theirs.acquirer &&
  isOut(attempt) &&
  attempt.channelRefundNo === undefined &&
  !bearsOurs(attempt, theirs) &&
  (theirs.refundNo ?? theirs.channelRefundNo) !== undefined &&
  isSameKind(attempt, theirs) &&
  isSamePayment(attempt, theirs) &&
  isSameAmount(attempt, theirs);

const numbersOf = (...numbers: readonly (string | undefined)[]): readonly string[] =>
  numbers.filter((number): number is string => number !== undefined && number !== "");

/** One way to know an attempt again: a number that both bear, and what else has to hold. */
export type Way = {
  readonly ofAttempt: (attempt: OurAttempt) => readonly string[];
  readonly ofTheirs: (theirs: TheirRefund) => readonly string[];
  readonly fits: (attempt: OurAttempt, theirs: TheirRefund) => boolean;
};

/** The ways in their order (refund-model.md §13): refund number, channel number, payment with amount and time. */
export const ways: readonly [Way, ...Way[]] = [
  {
    ofAttempt: ({ refundNo, prefix }) => [refundNo, prefix + refundNo],
    ofTheirs: ({ refundNo }) => numbersOf(refundNo),
    fits: byRefundNo,
  },
  {
    ofAttempt: ({ channelRefundNo }) => numbersOf(channelRefundNo),
    ofTheirs: ({ refundNo, channelRefundNo }) => numbersOf(refundNo, channelRefundNo),
    fits: byChannelNo,
  },
  {
    ofAttempt: ({ numbers }) =>
      numbersOf(numbers["transaction_id"], numbers["out_trade_no"]).map(confusableKey),
    ofTheirs: ({ transactionId, outTradeNo }) =>
      numbersOf(transactionId, outTradeNo).map(confusableKey),
    fits: byPayment,
  },
];
