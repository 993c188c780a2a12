import { addDays, dateOf, instantAt, wallClock, type Calendar, type Instant } from "../instant.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** Last second in which the acquirer takes a refund: the same wall-clock time that many days later, inclusive (R43). */
export const channelDeadline = (paidAt: Instant, days: number, { zone }: Calendar): Instant => {
  const at = wallClock(paidAt, zone);
  const last = addDays(dateOf(at), days);
  const [year = 0, month = 0, day = 0] = last.split("-").map(Number);
  return instantAt({ ...at, year, month, day }, zone);
};

/** Past the acquirer's own window nobody can refund by the original route. */
export const channelWindow = ({ payment, profile, calendar, now }: PolicyFacts): RuleOutcome => {
  if (profile.refundWindowDays === undefined || payment.paidAt === undefined) return "pass";
  const deadline = channelDeadline(payment.paidAt, profile.refundWindowDays, calendar);
  if (now > deadline) return "refused";
  return now > channelDeadline(payment.paidAt, profile.refundWindowDays - 3, calendar)
    ? "warn"
    : "pass";
};
