import { findChannel } from "./channels.ts";
import { newDays, type InsightDay, type InsightRange } from "./insight-days.ts";
import type { StaffId } from "./ids.ts";
import { secondsOf, wallClock, weekdayOf, type Calendar, type Instant } from "./instant.ts";
import { median } from "./median.ts";
import { add, zero, type Money } from "./money.ts";
import { newRanking, type Ranked } from "./ranking.ts";
import { findReason } from "./reasons.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { isCounted, isSelfApproved } from "./risks.ts";
import {
  feedbackOf,
  newSatisfaction,
  worstFirst,
  type Feedback,
  type Satisfaction,
} from "./satisfaction.ts";

/** How long money took to arrive, the shortest first; `open` has not arrived. */
export const waitSteps = ["10m", "1d", "2d", "4d", "longer", "open"] as const;

/** What the refunds of a time say, all of it from the journal (R53). */
export type Insights = {
  /** Refunds that count: not withdrawn, refused, failed or closed. */
  readonly count: number;
  readonly sum: Money;
  /** Of these, what has not arrived yet. */
  readonly open: { readonly count: number; readonly sum: Money };
  /** Refunds of the time that did not count. */
  readonly ended: number;
  /** Every day of the time, also those without a refund. */
  readonly days: readonly InsightDay[];
  /** Most money first. */
  readonly reasons: readonly Ranked[];
  readonly channels: readonly Ranked[];
  readonly items: readonly Ranked[];
  readonly staff: readonly Ranked[];
  /** By type, or by how it was done where that says more. */
  readonly types: readonly Ranked[];
  /** In the order of `waitSteps`, those alone that there were. */
  readonly waits: readonly Ranked[];
  /** Seconds from recording to arrival: half took no longer; undefined while none arrived. */
  readonly arrival: number | undefined;
  /** Refunds by weekday (Monday first) and hour of the shop's zone. */
  readonly hours: readonly (readonly number[])[];
  /** What customers said of these refunds, the worst first, of one score the newest first (R54). */
  readonly feedback: readonly Feedback[];
  /** The same by reason, the worst first. */
  readonly satisfaction: readonly Satisfaction[];
  /** Refunds that name no payment, and refunds that their requester approved (X30). */
  readonly unreferenced: number;
  readonly selfApproved: number;
  /** Money that went out in another currency than the shop's: it is in no sum (X47). */
  readonly otherCurrency: number;
};

/** A refund with the channel of its payment, where one is known. */
export type InsightCase = { readonly refundCase: RefundCase; readonly channel?: string };

/** What is counted, and how. */
export type InsightTerms = {
  readonly currency: Money["currency"];
  readonly calendar: Calendar;
  readonly range: InsightRange;
  /** Practice and real refunds are never in one sum (X40). */
  readonly training: boolean;
};

const arrivedAt = ({ history }: RefundCase): Instant | undefined => {
  const arrived = history.filter(({ told }) => told.kind === "money" && told.state === "succeeded");
  const told = arrived.at(-1)?.told;
  return told?.kind === "money" ? told.at : undefined;
};

const waited = (refundCase: RefundCase): number | undefined => {
  const at = latestAttempt(refundCase).money === "succeeded" ? arrivedAt(refundCase) : undefined;
  return at === undefined
    ? undefined
    : Math.max(0, secondsOf(at) - secondsOf(refundCase.createdAt));
};

const daySeconds = 86_400;

const waitStep = (seconds: number | undefined): (typeof waitSteps)[number] => {
  if (seconds === undefined) return "open";
  if (seconds <= 600) return "10m";
  if (seconds <= daySeconds) return "1d";
  if (seconds <= 2 * daySeconds) return "2d";
  return seconds <= 4 * daySeconds ? "4d" : "longer";
};

const itemOf = ({ lines }: RefundCase): string => lines?.[0]?.name ?? "";

const typeOf = ({ type, mode }: RefundCase): string => (mode === "referenced" ? type : mode);

const reasonOf = ({ reason }: RefundCase): string => findReason(reason) ?? "other";

const newRankings = () => {
  const rankings = {
    reasons: newRanking(),
    channels: newRanking(),
    items: newRanking(),
    staff: newRanking(),
    types: newRanking(),
    waits: newRanking(),
  };
  const waits: number[] = [];
  return {
    put: (refundCase: RefundCase, channel: string): void => {
      const { amount } = latestAttempt(refundCase);
      const wait = waited(refundCase);
      if (wait !== undefined) waits.push(wait);
      rankings.reasons.put(reasonOf(refundCase), amount);
      rankings.channels.put(findChannel(channel) ?? "other", amount);
      rankings.items.put(itemOf(refundCase), amount);
      rankings.staff.put(refundCase.requestedBy satisfies StaffId, amount);
      rankings.types.put(typeOf(refundCase), amount);
      rankings.waits.put(waitStep(wait), amount);
    },
    all: () => ({
      reasons: rankings.reasons.byMoney(),
      channels: rankings.channels.byMoney(),
      items: rankings.items.byMoney(),
      staff: rankings.staff.byMoney(),
      types: rankings.types.byMoney(),
      waits: rankings.waits.inOrder(waitSteps),
      arrival: median(waits),
    }),
  };
};

const newNumbers = (currency: Money["currency"]) => {
  const numbers = {
    count: 0,
    sum: zero(currency),
    open: { count: 0, sum: zero(currency) },
    ended: 0,
    otherCurrency: 0,
    unreferenced: 0,
    selfApproved: 0,
  };
  const put = (refundCase: RefundCase): void => {
    const { amount, money } = latestAttempt(refundCase);
    const { open } = numbers;
    numbers.count += 1;
    numbers.sum = add(numbers.sum, amount);
    if (money !== "succeeded") numbers.open = { count: open.count + 1, sum: add(open.sum, amount) };
    if (refundCase.paymentId === undefined) numbers.unreferenced += 1;
    if (isSelfApproved(refundCase)) numbers.selfApproved += 1;
  };
  return { numbers, put };
};

const newHours = ({ zone }: Calendar) => {
  const hours = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
  const put = ({ createdAt }: RefundCase): void => {
    const clock = wallClock(createdAt, zone);
    const day = hours[weekdayOf(clock)];
    if (day !== undefined) day[clock.hour] = (day[clock.hour] ?? 0) + 1;
  };
  return { hours, put };
};

/** Adds up the refunds of a time, some after the other; their order does not matter. */
export const newInsights = ({ currency, calendar, range, training }: InsightTerms) => {
  const { numbers, put } = newNumbers(currency);
  const rankings = newRankings();
  const days = newDays(range, calendar, currency);
  const week = newHours(calendar);
  const satisfaction = newSatisfaction();
  const feedback: Feedback[] = [];
  const take = ({ refundCase, channel = "other" }: InsightCase): void => {
    if (refundCase.training !== training) return;
    const told = feedbackOf(refundCase);
    feedback.push(...told);
    satisfaction.put(reasonOf(refundCase), told);
    if (!isCounted(refundCase)) return void (numbers.ended += 1);
    const { amount } = latestAttempt(refundCase);
    if (amount.currency !== currency) return void (numbers.otherCurrency += 1);
    put(refundCase);
    rankings.put(refundCase, channel);
    days.put(refundCase.createdAt, amount);
    week.put(refundCase);
  };
  return {
    take: (cases: readonly InsightCase[]): void => cases.forEach(take),
    result: (): Insights => ({
      ...numbers,
      ...rankings.all(),
      days: days.all(),
      hours: week.hours,
      feedback: feedback.sort(worstFirst),
      satisfaction: satisfaction.worstFirst(),
    }),
  };
};
