import {
  addDays,
  instantAt,
  parseBusinessDate,
  wallClock,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../instant.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** Last second in which the acquirer takes a refund: the same wall-clock time that many days later, inclusive (R43). */
export const channelDeadline = (paidAt: Instant, days: number, { zone }: Calendar): Instant => {
  const at = wallClock(paidAt, zone);
  const day = [at.year, at.month, at.day]
    .map((part) => String(part).padStart(2, "0"))
    .join("-") as BusinessDate;
  const last = addDays(day, days);
  const [year, month, date] = last.split("-").map(Number) as [number, number, number];
  return parseBusinessDate(last).ok ? instantAt({ ...at, year, month, day: date }, zone) : paidAt;
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
