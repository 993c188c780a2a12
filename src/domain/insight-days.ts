import type { StatementImport } from "./books.ts";
import {
  addDays,
  parseBusinessDate,
  startOfDay,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "./instant.ts";
import { add, zero, type Money } from "./money.ts";
import { fail, ok, type Result } from "./result.ts";
import { channelDay } from "./statements/channel-clock.ts";

/** How many refunds, or payments, a day had, and how much that was. */
export type InsightDay = {
  readonly date: BusinessDate;
  readonly count: number;
  readonly sum: Money;
};

/** The days of a report, the first and the last included. */
export type InsightRange = readonly [from: BusinessDate, to: BusinessDate];

/** A report covers no more days than a picture of them can show. */
const mostDays = 92;

/** Two days that somebody typed; a report of more days than a quarter has would say nothing of any. */
export const parseRange = (
  from: string,
  to: string,
): Result<InsightRange, { readonly kind: "bad_date" | "range_backwards" | "range_too_long" }> => {
  const [first, last] = [parseBusinessDate(from), parseBusinessDate(to)];
  if (!first.ok) return first;
  if (!last.ok) return last;
  if (first.value > last.value) return fail({ kind: "range_backwards" });
  return addDays(first.value, mostDays) <= last.value
    ? fail({ kind: "range_too_long" })
    : ok([first.value, last.value]);
};

/** From the first instant of some days to before the end of the last. */
export const timeOf = (
  [from, to]: InsightRange,
  calendar: Calendar,
): readonly [Instant, Instant] => [
  startOfDay(from, calendar),
  startOfDay(addDays(to, 1), calendar),
];

const daysOf = ([from, to]: InsightRange): BusinessDate[] => {
  const days: BusinessDate[] = [];
  for (let day = from; day <= to && days.length < mostDays; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Sums by day; where each day begins is worked out once, as asking the zone for every sum would take long. */
export const newDays = (range: InsightRange, calendar: Calendar, currency: Money["currency"]) => {
  const days = daysOf(range).map((date) => ({
    starts: startOfDay(date, calendar),
    day: { date, count: 0, sum: zero(currency) },
  }));
  const latestFirst = [...days].reverse();
  return {
    put: (at: Instant, amount: Money): void => {
      const day = latestFirst.find(({ starts }) => starts <= at)?.day;
      if (day === undefined) return;
      day.count += 1;
      day.sum = add(day.sum, amount);
    },
    all: (): readonly InsightDay[] => days.map(({ day }) => day),
  };
};

/** Fund bills and lists of refunds alone say nothing of all payments. */
const listsPayments = (format: string): boolean =>
  !format.endsWith("_fund") && !format.includes("refund");

const covers = ({ event, at }: StatementImport, day: BusinessDate): boolean =>
  event.period !== undefined &&
  event.period[0] <= day &&
  day <= event.period[1] &&
  day < channelDay(at);

/** The days for which every acquirer that has statements in a time has one: only for them a rate means something. */
export const wholeDays = (
  imports: readonly StatementImport[],
  range: InsightRange,
): ReadonlySet<BusinessDate> => {
  const all = daysOf(range);
  const own = imports.filter(({ event }) => listsPayments(event.format));
  const near = own.filter((one) => all.some((day) => covers(one, day)));
  const acquirers = [...new Set(near.map(({ event }) => event.acquirer))];
  const isWhole = (day: BusinessDate): boolean =>
    acquirers.every((acquirer) =>
      near.some((one) => one.event.acquirer === acquirer && covers(one, day)),
    );
  return new Set(acquirers.length === 0 ? [] : all.filter(isWhole));
};
