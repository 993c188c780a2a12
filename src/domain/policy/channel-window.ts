import { addDays, dateOf, instantAt, wallClock, type Calendar, type Instant } from "../instant.ts";
import { isByAcquirer, type Rule } from "./facts.ts";

/** Last second in which the acquirer takes a refund: the same wall-clock time that many days later, inclusive (R43). */
export const channelDeadline = (paidAt: Instant, days: number, { zone }: Calendar): Instant => {
  const at = wallClock(paidAt, zone);
  const last = addDays(dateOf(at), days);
  const [year = 0, month = 0, day = 0] = last.split("-").map(Number);
  return instantAt({ ...at, year, month, day }, zone);
};

/** Days before the end in which it is said that the window closes soon. */
const warnDays = 3;

/** Past the acquirer's own window nobody can refund by the original route; another way stays open. */
export const channelWindow: Rule = (facts) => {
  const { payment, profile, calendar, now } = facts;
  const { refundWindowDays: days } = profile;
  if (days === undefined || payment?.paidAt === undefined || !isByAcquirer(facts)) return "pass";
  if (now > channelDeadline(payment.paidAt, days, calendar)) return "refused";
  return now > channelDeadline(payment.paidAt, days - warnDays, calendar) ? "warn" : "pass";
};
