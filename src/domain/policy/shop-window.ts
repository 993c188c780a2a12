import {
  addDays,
  businessDate,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../instant.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** Last business day on which the shop refunds by its own policy. */
export const shopDeadline = (
  paidAt: Instant,
  windowDays: number,
  calendar: Calendar,
): BusinessDate => addDays(businessDate(paidAt, calendar), windowDays);

/** After the shop's own window an entitled person decides. */
export const shopWindow = ({ payment, policy, calendar, now }: PolicyFacts): RuleOutcome => {
  if (payment.paidAt === undefined) return "warn";
  const last = shopDeadline(payment.paidAt, policy.windowDays, calendar);
  return businessDate(now, calendar) > last ? "needs_approval" : "pass";
};
