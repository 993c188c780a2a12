import { findChannel } from "./channels.ts";
import { given } from "./given.ts";
import type { CaseId, StaffId } from "./ids.ts";
import { secondsOf, wallClock, weekdayOf, type Instant, type Zone } from "./instant.ts";
import { add, compare, isZero, zero, type Money } from "./money.ts";
import { findReason } from "./reasons.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { standingOf } from "./refund/money-track.ts";

/** One line of a ranking: what it is about, how many refunds and how much. */
export type Ranked = { readonly key: string; readonly count: number; readonly sum: Money };

/** What the refunds of a time say, all of it from the journal (R53). */
export type Insights = {
  /** Refunds that count: not withdrawn, refused, failed or closed. */
  readonly count: number;
  readonly sum: Money;
  /** Of these, what has not arrived yet. */
  readonly open: { readonly count: number; readonly sum: Money };
  /** Refunds of the time that did not count. */
  readonly ended: number;
  /** Most money first. */
  readonly reasons: readonly Ranked[];
  readonly channels: readonly Ranked[];
  readonly items: readonly Ranked[];
  readonly staff: readonly Ranked[];
  /** Seconds from recording to arrival: half took no longer; undefined while none arrived. */
  readonly arrival: number | undefined;
  /** Refunds by weekday (Monday first) and hour of the shop's zone. */
  readonly hours: readonly (readonly number[])[];
  /** What customers said of these refunds, the worst first, of one score the newest first (R54). */
  readonly feedback: readonly Feedback[];
  /** Refunds that name no payment, and refunds that their requester approved (X30). */
  readonly unreferenced: number;
  readonly selfApproved: number;
  /** Money that went out in another currency than the shop's: it is in no sum (X47). */
  readonly otherCurrency: number;
};

/** How satisfied a customer was with a refund. */
export type Feedback = {
  readonly caseId: CaseId;
  readonly at: Instant;
  readonly score: number;
  readonly text?: string;
};

const counts = (refundCase: RefundCase): boolean => {
  const { money, amount } = latestAttempt(refundCase);
  return !isZero(amount) && standingOf(money) !== "frees";
};

const put = (ranking: Map<string, Ranked>, key: string, amount: Money): void => {
  const known = ranking.get(key) ?? { key, count: 0, sum: zero(amount.currency) };
  ranking.set(key, { key, count: known.count + 1, sum: add(known.sum, amount) });
};

const byMoney = (ranking: ReadonlyMap<string, Ranked>): readonly Ranked[] =>
  [...ranking.values()].sort(
    (one, other) => compare(other.sum, one.sum) || (one.key < other.key ? -1 : 1),
  );

const arrivedAt = ({ history }: RefundCase): Instant | undefined => {
  const arrived = history.filter(({ told }) => told.kind === "money" && told.state === "succeeded");
  const told = arrived.at(-1)?.told;
  return told?.kind === "money" ? told.at : undefined;
};

const waited = (refundCase: RefundCase): readonly number[] => {
  const at = latestAttempt(refundCase).money === "succeeded" ? arrivedAt(refundCase) : undefined;
  return at === undefined ? [] : [Math.max(0, secondsOf(at) - secondsOf(refundCase.createdAt))];
};

/** The middle of a sorted list; of an even one the lower of both. */
const median = (sorted: readonly number[]): number | undefined =>
  sorted[Math.floor((sorted.length - 1) / 2)];

const isSelfApproved = ({ history, requestedBy }: RefundCase): boolean =>
  history.some(
    ({ told, staff }) =>
      told.kind === "decided" &&
      told.about === "refund" &&
      told.result === "approve" &&
      staff === requestedBy,
  );

const emptyWeek = (): number[][] => Array.from({ length: 7 }, () => Array<number>(24).fill(0));

const feedbackOf = ({ caseId, history }: RefundCase): readonly Feedback[] =>
  history.flatMap(({ at, told, text }) =>
    told.kind === "contact" && told.score !== undefined
      ? [{ caseId, at, score: told.score, ...given("text", text) }]
      : [],
  );

const worstFirst = (one: Feedback, other: Feedback): number =>
  one.score - other.score || (one.at > other.at ? -1 : 1);

/** A refund with the channel of its payment, where one is known. */
export type InsightCase = { readonly refundCase: RefundCase; readonly channel?: string };

const itemOf = ({ lines }: RefundCase): string => lines?.[0]?.name ?? "";

/** Adds up the refunds of a time; their order does not matter. */
export const readInsights = (
  cases: readonly InsightCase[],
  {
    currency,
    zone,
    training,
  }: {
    readonly currency: Money["currency"];
    readonly zone: Zone;
    /** Practice and real refunds are never in one sum (X40). */
    readonly training: boolean;
  },
): Insights => {
  const rankings = {
    reasons: new Map<string, Ranked>(),
    channels: new Map<string, Ranked>(),
    items: new Map<string, Ranked>(),
    staff: new Map<string, Ranked>(),
  };
  const real = cases.filter(({ refundCase }) => refundCase.training === training);
  const all = real.filter(({ refundCase }) => counts(refundCase));
  const own = all.filter(
    ({ refundCase }) => latestAttempt(refundCase).amount.currency === currency,
  );
  const hours = emptyWeek();
  let sum = zero(currency);
  let open = { count: 0, sum: zero(currency) };
  for (const { refundCase, channel = "other" } of own) {
    const { amount, money } = latestAttempt(refundCase);
    sum = add(sum, amount);
    if (money !== "succeeded") open = { count: open.count + 1, sum: add(open.sum, amount) };
    put(rankings.reasons, findReason(refundCase.reason) ?? "other", amount);
    put(rankings.channels, findChannel(channel) ?? "other", amount);
    put(rankings.items, itemOf(refundCase), amount);
    put(rankings.staff, refundCase.requestedBy satisfies StaffId, amount);
    const clock = wallClock(refundCase.createdAt, zone);
    const day = hours[weekdayOf(clock)];
    if (day !== undefined) day[clock.hour] = (day[clock.hour] ?? 0) + 1;
  }
  const waits = own.flatMap(({ refundCase }) => waited(refundCase)).sort((a, b) => a - b);
  return {
    count: own.length,
    sum,
    open,
    ended: real.length - all.length,
    reasons: byMoney(rankings.reasons),
    channels: byMoney(rankings.channels),
    items: byMoney(rankings.items),
    staff: byMoney(rankings.staff),
    arrival: median(waits),
    hours,
    feedback: real.flatMap(({ refundCase }) => feedbackOf(refundCase)).sort(worstFirst),
    unreferenced: own.filter(({ refundCase }) => refundCase.paymentId === undefined).length,
    selfApproved: own.filter(({ refundCase }) => isSelfApproved(refundCase)).length,
    otherCurrency: all.length - own.length,
  };
};
