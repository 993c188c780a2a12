import type { AcquirerProfile } from "./acquirers/profile.ts";
import type { BlockReason, ReadyRefund } from "./batch-choice.ts";
import { isForPeople, type ExportFormat } from "./batches/export-format.ts";
import { exponentOf } from "./currency.ts";
import { writeRef, type PaymentId, type RecordRef } from "./ids.ts";
import { addSeconds, type Calendar, type Instant } from "./instant.ts";
import type { Money } from "./money.ts";
import { nextOpen } from "./planner/refund-hours.ts";
import { channelDeadline } from "./policy/channel-window.ts";
import type { Attempt } from "./refund/attempt.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { standingOf } from "./refund/money-track.ts";

/** How much left for one acquirer in one currency. */
export type Sent = { readonly count: number; readonly minor: number };

/** What has left already, as far as it sets the pace of what leaves now. */
export type Pace = {
  readonly now: Instant;
  readonly calendar: Calendar;
  /** When a refund of a payment last left. */
  readonly last: ReadonlyMap<PaymentId, Instant>;
  /** What left on this day of the channels, by acquirer and currency. */
  readonly today: ReadonlyMap<string, Sent>;
};

type Waiting = { readonly refund: ReadyRefund; readonly reason: BlockReason };

type Paced = { readonly going: readonly ReadyRefund[]; readonly waiting: readonly Waiting[] };

const nothing: Sent = { count: 0, minor: 0 };

const keyFor = (acquirer: string, currency: Money["currency"]): string => `${acquirer} ${currency}`;

const keyOf = ({ acquirer }: RefundCase, { amount }: Attempt): string =>
  keyFor(acquirer, amount.currency);

/** How much left for one acquirer in one currency on the day. */
export const sentOn = (today: Pace["today"], acquirer: string, currency: Money["currency"]): Sent =>
  today.get(keyFor(acquirer, currency)) ?? nothing;

/** What left, with one more. */
export const withOne = ({ count, minor }: Sent, { minor: more }: Money): Sent => ({
  count: count + 1,
  minor: minor + more,
});

const addTo = (sums: ReadonlyMap<string, Sent>, refundCase: RefundCase, attempt: Attempt): Sent =>
  withOne(sums.get(keyOf(refundCase, attempt)) ?? nothing, attempt.amount);

/** What these records asked for, by acquirer and currency. */
export const sentIn = (
  cases: readonly RefundCase[],
  records: readonly RecordRef[],
): Pace["today"] => {
  const inside = new Set(records.map(writeRef));
  const sums = new Map<string, Sent>();
  for (const refundCase of cases)
    for (const attempt of refundCase.attempts)
      if (inside.has(writeRef(attempt.record)))
        sums.set(keyOf(refundCase, attempt), addTo(sums, refundCase, attempt));
  return sums;
};

const unsent: ReadonlySet<Attempt["money"]> = new Set(["pending_approval", "ready"]);

const isOut = ({ money }: Attempt): boolean => !unsent.has(money) && standingOf(money) !== "frees";

const leftAt = ({ attempts, history }: RefundCase): readonly Instant[] =>
  !attempts.some(isOut)
    ? []
    : history.flatMap(({ told, at }) =>
        told.kind === "money" && (told.state === "exported" || told.state === "submitted")
          ? [at]
          : [],
      );

/** When a refund of each payment last left for its acquirer. */
export const lastLeft = (cases: readonly RefundCase[]): Pace["last"] => {
  const last = new Map<PaymentId, Instant>();
  for (const refundCase of cases)
    for (const at of leftAt(refundCase)) {
      const { paymentId } = refundCase;
      if (paymentId !== undefined && at > (last.get(paymentId) ?? "")) last.set(paymentId, at);
    }
  return last;
};

const endOf = ({ payment, profile }: ReadyRefund, { calendar }: Pace): string =>
  payment?.paidAt === undefined || profile.refundWindowDays === undefined
    ? "~"
    : channelDeadline(payment.paidAt, profile.refundWindowDays, calendar);

/** Whose window closes first goes first; else they stay in their order. */
const byEnd = (refunds: readonly ReadyRefund[], pace: Pace): readonly ReadyRefund[] =>
  refunds
    .map((refund) => ({ refund, end: endOf(refund, pace) }))
    .sort((one, other) => Number(one.end > other.end) - Number(one.end < other.end))
    .map(({ refund }) => refund);

const hoursReason = (
  { profile }: ReadyRefund,
  { now, calendar }: Pace,
): BlockReason | undefined => {
  const from = nextOpen(now, profile.refundHours, calendar);
  return from > now ? { kind: "outside_hours", from } : undefined;
};

/** Whether a refund can have left then: what lies ahead by more than its gap was stamped by a clock that went wrong. */
export const canHaveLeft = (
  at: Instant | undefined,
  now: Instant,
  { minIntervalSeconds: seconds = 0 }: Pick<AcquirerProfile, "minIntervalSeconds">,
): at is Instant => at !== undefined && at <= addSeconds(now, seconds);

const soonReason = ({ refundCase, profile }: ReadyRefund, { now, last }: Pace) => {
  const { minIntervalSeconds: seconds = 0 } = profile;
  const before = refundCase.paymentId && last.get(refundCase.paymentId);
  const from = canHaveLeft(before, now, profile) ? addSeconds(before, seconds) : undefined;
  return from !== undefined && from > now
    ? ({ kind: "too_soon", from, seconds } as const)
    : undefined;
};

/** What an acquirer takes on one day of the channels. */
export type DailyLimits = Pick<AcquirerProfile, "dailyRefunds" | "dailyAmount">;

export type LimitReason = Extract<BlockReason, { kind: "daily_refunds" | "daily_amount" }>;

/** Which limit of the day is passed once so much has left. */
export const limitReason = (
  { dailyRefunds = Infinity, dailyAmount = Infinity }: DailyLimits,
  { count, minor }: Sent,
  currency: Money["currency"],
): LimitReason | undefined => {
  if (count > dailyRefunds) return { kind: "daily_refunds", most: dailyRefunds };
  return isOver(dailyAmount, minor, currency)
    ? { kind: "daily_amount", most: dailyAmount }
    : undefined;
};

const isOver = (most: number, minor: number, currency: Money["currency"]): boolean =>
  minor > most * 10 ** exponentOf(currency);

/** A refund that alone is over the sum of a day would wait for ever: its acquirer never takes it whole. */
export const aboveDaily = (
  { dailyAmount = Infinity }: DailyLimits,
  { minor, currency }: Money,
): Extract<BlockReason, { kind: "above_daily" }> | undefined =>
  isOver(dailyAmount, minor, currency) ? { kind: "above_daily", most: dailyAmount } : undefined;

/** Whether two refunds of one payment in one file would come to the acquirer without time between them. */
const needsGaps = (format: ExportFormat, { profile }: ReadyRefund): boolean =>
  profile.minIntervalSeconds !== undefined && format.mergeBy === undefined && !isForPeople(format);

/**
 * Puts refunds into the order in which they leave and keeps back, each with its reason, what its acquirer would refuse
 * now: the second one of a payment too soon, more than it takes on a day, anything outside its hours (X17).
 */
export const pacedFor = (
  format: ExportFormat,
  refunds: readonly ReadyRefund[],
  pace: Pace,
): Paced => {
  const going: ReadyRefund[] = [];
  const waiting: Waiting[] = [];
  const payments = new Set<PaymentId>();
  const sums = new Map(pace.today);
  const reasonFor = (refund: ReadyRefund, sum: Sent): BlockReason | undefined => {
    const { paymentId } = refund.refundCase;
    const { amount } = latestAttempt(refund.refundCase);
    const never = aboveDaily(refund.profile, amount);
    if (never !== undefined) return never;
    const apart = needsGaps(format, refund);
    if (apart && paymentId !== undefined && payments.has(paymentId)) return { kind: "same_order" };
    return (
      hoursReason(refund, pace) ??
      (apart ? soonReason(refund, pace) : undefined) ??
      limitReason(refund.profile, sum, amount.currency)
    );
  };
  for (const refund of byEnd(refunds, pace)) {
    const { paymentId } = refund.refundCase;
    const attempt = latestAttempt(refund.refundCase);
    const sum = addTo(sums, refund.refundCase, attempt);
    const reason = reasonFor(refund, sum);
    if (reason === undefined) {
      going.push(refund);
      sums.set(keyOf(refund.refundCase, attempt), sum);
      if (paymentId !== undefined) payments.add(paymentId);
    } else waiting.push({ refund, reason });
  }
  return { going, waiting };
};
