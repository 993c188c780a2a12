import { eligibilityOf } from "../reasons.ts";
import type { Rule } from "./facts.ts";
import { withinDays } from "./shop-window.ts";

/** A change of mind is taken within the days that the shop gives without a cause, later by an entitled person. */
export const coolingOff: Rule = (facts) => {
  const { reason, policy } = facts;
  const eligible = eligibilityOf(reason, policy.eligible);
  return eligible === "in_window" ? withinDays(facts, policy.coolingOffDays, "lead") : "pass";
};
