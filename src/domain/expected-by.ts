import type { AcquirerProfile } from "./acquirers/profile.ts";
import {
  addDays,
  addSeconds,
  dateIn,
  startOfDay,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "./instant.ts";

const daysOfWeek = 7;

/** Days since Monday, for a date of the Gregorian calendar; 1970-01-05 was a Monday. */
const weekday = (date: BusinessDate): number => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const shift = Math.floor((14 - month) / 12);
  const y = year - shift;
  const m = month + 12 * shift - 2;
  const sunday = day + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return (sunday + Math.floor((31 * m) / 12) + 6) % daysOfWeek;
};

const isWorkingDay = (date: BusinessDate): boolean => weekday(date) < 5;

/** The n-th working day after a day, Monday to Friday; public holidays are not known here. */
export const addWorkingDays = (date: BusinessDate, days: number): BusinessDate => {
  let next = date;
  for (let left = days; left > 0;) {
    next = addDays(next, 1);
    if (isWorkingDay(next)) left--;
  }
  return next;
};

/** The last second of a day of the calendar in the stall's zone, whatever the clocks do that night. */
export const endOfDate = (date: BusinessDate, { zone }: Pick<Calendar, "zone">): Instant =>
  addSeconds(startOfDay(addDays(date, 1), { zone, cutoffMinutes: 0 }), -1);

/**
 * When a refund submitted now should have arrived at the latest: at the end of the bank's working days (R5, X19).
 * A wallet is faster, but no payment tells where the money came from for certain.
 */
export const expectedBy = (
  { expected }: Pick<AcquirerProfile, "expected">,
  submittedAt: Instant,
  calendar: Calendar,
): Instant => {
  const day = dateIn(submittedAt, calendar);
  return endOfDate(addWorkingDays(day, expected.bankDays), calendar);
};

/** When a wallet should have it. */
export const walletBy = (
  { expected }: Pick<AcquirerProfile, "expected">,
  submittedAt: Instant,
): Instant => addSeconds(submittedAt, expected.walletMinutes * 60);
