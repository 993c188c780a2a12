import {
  addDays,
  businessDate,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../instant.ts";
import type { PolicyFacts, Rule, RuleOutcome } from "./facts.ts";

/** Last business day on which the shop refunds by its own policy. */
export const shopDeadline = (
  paidAt: Instant,
  windowDays: number,
  calendar: Calendar,
): BusinessDate => addDays(businessDate(paidAt, calendar), windowDays);

/** `late` when that many business days after the payment are over; a payment without a time is only warned of. */
export const withinDays = (
  { payment, calendar, now }: PolicyFacts,
  days: number,
  late: RuleOutcome,
): RuleOutcome => {
  if (payment === undefined) return "pass";
  if (payment.paidAt === undefined) return "warn";
  const last = shopDeadline(payment.paidAt, days, calendar);
  return businessDate(now, calendar) > last ? late : "pass";
};

/** After the shop's own window an entitled person decides. */
export const shopWindow: Rule = (facts) => withinDays(facts, facts.policy.windowDays, "lead");
