import type { AcquirerProfile } from "../acquirers/profile.ts";
import {
  aboveDaily,
  canHaveLeft,
  limitReason,
  withOne,
  type DailyLimits,
  type LimitReason,
  type Sent,
} from "../batch-pace.ts";
import type { DueKind } from "../due-dates.ts";
import { given } from "../given.ts";
import type { CaseId, PaymentId } from "../ids.ts";
import { addDays, addSeconds, businessDate, startOfDay, type Instant } from "../instant.ts";
import { compare, subtract, sum, zero, type Money } from "../money.ts";
import { nextChannelDay } from "../statements/channel-clock.ts";
import { availableOf, paysFromTakings, type Availability, type MoneyFacts } from "./available.ts";
import type { QueuedRefund } from "./queue.ts";
import { lastOpen, nextOpen } from "./refund-hours.ts";

/** Everything that the plan of one acquirer and currency rests on. */
export type PlanFacts = Omit<MoneyFacts, "profile"> & {
  readonly profile: MoneyFacts["profile"] &
    Pick<AcquirerProfile, "id" | "refundHours" | "minIntervalSeconds"> &
    DailyLimits;
  readonly queue: readonly QueuedRefund[];
  /** When the last refund of a payment was handed in. */
  readonly sent: ReadonlyMap<PaymentId, Instant>;
  /** What left on this day of the channels. */
  readonly today: Sent;
};

/** Now, when a time has come, when money has come, or never by this way. */
export const planSteps = ["now", "later", "wait", "never"] as const;

export type PlanStep = (typeof planSteps)[number];

/** Why a refund stands where it stands, one line each. */
export type StepReason =
  | { readonly kind: "fits"; readonly rest: Money }
  | { readonly kind: "short"; readonly rest: Money }
  | { readonly kind: "spacing" | "hours"; readonly from: Instant }
  | LimitReason
  | NonNullable<ReturnType<typeof aboveDaily>>
  | { readonly kind: "void" | "no_promise" | "too_late" | "d0_blocked" };

export type PlannedRefund = {
  readonly refund: QueuedRefund;
  readonly step: PlanStep;
  /** Not before then. */
  readonly from?: Instant;
  /** The last second of its first date in which the acquirer takes refunds. */
  readonly ends?: { readonly kind: DueKind; readonly until: Instant };
  readonly because: readonly StepReason[];
};

/** Advice for one acquirer; it changes no state (refund-model.md §11). */
export type FloatPlan = Availability & {
  readonly acquirer: string;
  readonly currency: Money["currency"];
  /** In the order to hand them in. */
  readonly queue: readonly PlannedRefund[];
  /** The first that would fail if it were handed in now. */
  readonly firstFailure: CaseId | undefined;
  /** What has to be put in so that all that waits for money can go. */
  readonly topUp: Money | undefined;
  readonly endsToday: readonly CaseId[];
  /** Everything that waits for money may as well wait for tomorrow's takings. */
  readonly tomorrow: boolean;
};

type Timed = Pick<PlannedRefund, "refund" | "ends">;

const endOf = ({ due, isVoid }: QueuedRefund, facts: PlanFacts): PlannedRefund["ends"] => {
  if (due === undefined) return undefined;
  const hours = isVoid ? undefined : facts.profile.refundHours;
  return { kind: due.kind, until: lastOpen(due.until, hours, facts.calendar) };
};

const text = (one: string, other: string): number => Number(one > other) - Number(one < other);

/** Earliest end first, then the smaller amount, then the older one. */
const byUrgency = (one: Timed, other: Timed): number =>
  text(one.ends?.until ?? "~", other.ends?.until ?? "~") ||
  compare(one.refund.amount, other.refund.amount) ||
  text(one.refund.createdAt, other.refund.createdAt) ||
  text(one.refund.caseId, other.refund.caseId);

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** What is left when a refund's turn comes, and what goes before it. */
type Turn = {
  readonly rest: Money | undefined;
  readonly sent: PlanFacts["sent"];
  readonly today: Sent;
};

type Start = { readonly from: Instant; readonly because: readonly StepReason[] };

/** When it may be handed in: so long after the last refund of its payment, on a day and in hours that it is taken. */
const startOf = (refund: QueuedRefund, facts: PlanFacts, { sent, today }: Turn): Start => {
  const { now, profile, calendar } = facts;
  if (refund.isVoid) return { from: now, because: [] };
  const last = refund.paymentId && sent.get(refund.paymentId);
  const interval = profile.minIntervalSeconds ?? 0;
  const spaced = last === undefined ? now : later(now, addSeconds(last, interval));
  const limit = limitReason(profile, withOne(today, refund.amount), facts.currency);
  const allowed = limit === undefined ? spaced : later(spaced, nextChannelDay(now));
  const from = nextOpen(allowed, profile.refundHours, calendar);
  return {
    from,
    because: [
      ...(spaced > now ? [{ kind: "spacing", from: spaced } as const] : []),
      ...(limit === undefined ? [] : [limit]),
      ...(from > allowed ? [{ kind: "hours", from } as const] : []),
    ],
  };
};

const closesFor: ReadonlySet<DueKind> = new Set(["channel_window", "void_cutoff"]);

/** What nobody can hand in any more, however much money there is. */
const barredBy = (
  { refund, ends }: Timed,
  { from }: Start,
  { profile }: PlanFacts,
): StepReason | undefined => {
  const { settlement, d0Refund } = profile;
  if (settlement === "D0" && d0Refund === "blocked") return { kind: "d0_blocked" };
  const above = refund.isVoid ? undefined : aboveDaily(profile, refund.amount);
  if (above !== undefined) return above;
  return ends !== undefined && closesFor.has(ends.kind) && from > ends.until
    ? { kind: "too_late" }
    : undefined;
};

const moneyReason = ({ isVoid, amount }: QueuedRefund, rest: Money | undefined): StepReason => {
  if (isVoid) return { kind: "void" };
  if (rest === undefined) return { kind: "no_promise" };
  return compare(amount, rest) > 0
    ? { kind: "short", rest }
    : { kind: "fits", rest: subtract(rest, amount) };
};

/** Where one refund stands when so much is left. */
const placeOne = (timed: Timed, facts: PlanFacts, turn: Turn): PlannedRefund => {
  const start = startOf(timed.refund, facts, turn);
  const barred = barredBy(timed, start, facts);
  if (barred !== undefined) return { ...timed, step: "never", because: [barred] };
  const reason = moneyReason(timed.refund, turn.rest);
  if (reason.kind === "short") return { ...timed, step: "wait", because: [reason] };
  const waits = start.from > facts.now;
  return {
    ...timed,
    step: waits ? "later" : "now",
    ...given("from", waits ? start.from : undefined),
    because: [reason, ...start.because],
  };
};

/** One after another: what fits takes its money, what does not lets the later ones by. */
const placeAll = (facts: PlanFacts, available: Money | undefined): readonly PlannedRefund[] => {
  const sent = new Map(
    [...facts.sent].filter(([, at]) => canHaveLeft(at, facts.now, facts.profile)),
  );
  let rest = available;
  let { today } = facts;
  const timed = facts.queue.map((refund) => ({ refund, ...given("ends", endOf(refund, facts)) }));
  return timed.sort(byUrgency).map((one) => {
    const placed = placeOne(one, facts, { rest, sent, today });
    const goes = placed.step === "now" || placed.step === "later";
    const { isVoid, paymentId, amount } = one.refund;
    if (goes && !isVoid && rest !== undefined) rest = subtract(rest, amount);
    if (placed.step === "now" && !isVoid) today = withOne(today, amount);
    if (goes && paymentId !== undefined) sent.set(paymentId, placed.from ?? facts.now);
    return placed;
  });
};

const amountsOf = (queue: readonly PlannedRefund[], steps: readonly PlanStep[]) =>
  queue
    .filter(({ refund, step }) => steps.includes(step) && !refund.isVoid)
    .map(({ refund }) => refund.amount);

/** Σ of what does not fit, less what is left after all that does. */
const topUpFor = (
  queue: readonly PlannedRefund[],
  available: Money | undefined,
): Money | undefined => {
  const waiting = amountsOf(queue, ["wait"]);
  if (available === undefined || waiting.length === 0) return undefined;
  const { currency } = available;
  const rest = subtract(available, sum(amountsOf(queue, ["now", "later"]), currency));
  return subtract(sum(waiting, currency), rest);
};

/**
 * What to hand in now, what waits for money and how much, what ends when, and which refund would be the first to fail; it
 * never counts with more than the data shows, and its order does not depend on that of its facts.
 */
export const planFloat = (facts: PlanFacts): FloatPlan => {
  const { profile, currency, calendar, now } = facts;
  const voids = sum(
    facts.queue.filter(({ isVoid }) => isVoid).map(({ amount }) => amount),
    currency,
  );
  const money = availableOf(facts, voids);
  const queue = placeAll(facts, money.available);
  const tomorrow = startOfDay(addDays(businessDate(now, calendar), 1), calendar);
  const waiting = queue.filter(({ step }) => step === "wait");
  return {
    ...money,
    acquirer: profile.id,
    currency,
    queue,
    firstFailure: queue.find(({ step }) => step === "wait" || step === "never")?.refund.caseId,
    topUp: topUpFor(queue, money.available),
    endsToday: queue
      .filter(({ step, ends }) => step !== "never" && isBetween(ends?.until, now, tomorrow))
      .map(({ refund }) => refund.caseId),
    tomorrow:
      waiting.length > 0 &&
      paysFromTakings(profile) &&
      waiting.every(({ ends }) => ends === undefined || ends.until >= tomorrow),
  };
};

const isBetween = (at: Instant | undefined, from: Instant, before: Instant): boolean =>
  at !== undefined && at >= from && at < before;

/** The sum of what stands at some step, voids included. */
export const sumOfStep = ({ queue, currency }: FloatPlan, step: PlanStep): Money =>
  queue
    .filter((one) => one.step === step)
    .reduce((total, { refund }) => sum([total, refund.amount], currency), zero(currency));
