import {
  businessDate,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../../../domain/instant.ts";
import { add, type Money } from "../../../domain/money.ts";

/** The rows of one day; without sums while more of the day may still be loaded. */
export type DayOfList<Row> = {
  readonly date: BusinessDate;
  readonly rows: readonly Row[];
  /** One per currency, never added together. */
  readonly sums: readonly Money[];
  readonly whole: boolean;
};

type Reading<Row> = {
  readonly at: (row: Row) => Instant;
  /** Undefined for what must not be counted: withdrawn, failed. */
  readonly amount: (row: Row) => Money | undefined;
  readonly calendar: Calendar;
  /** The list goes on below. */
  readonly more: boolean;
};

const sumsOf = (amounts: readonly (Money | undefined)[]): readonly Money[] => {
  const sums = new Map<string, Money>();
  for (const amount of amounts) {
    if (amount === undefined) continue;
    const known = sums.get(amount.currency);
    sums.set(amount.currency, known === undefined ? amount : add(known, amount));
  }
  return [...sums.values()];
};

/** Cuts a list into the stall's days, in its order. */
export const groupDays = <Row>(
  rows: readonly Row[],
  { at, amount, calendar, more }: Reading<Row>,
): readonly DayOfList<Row>[] => {
  const days = new Map<BusinessDate, Row[]>();
  for (const row of rows) {
    const date = businessDate(at(row), calendar);
    days.set(date, [...(days.get(date) ?? []), row]);
  }
  return [...days].map(([date, ofDay], index) => ({
    date,
    rows: ofDay,
    sums: sumsOf(ofDay.map(amount)),
    whole: !more || index < days.size - 1,
  }));
};
