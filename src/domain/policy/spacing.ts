import { openClaims } from "../payment.ts";
import { isByAcquirer, withMoney, type Rule } from "./facts.ts";

/** Two refunds of one payment need time between them; the export spaces them, so it is only said (X17). */
export const spacing: Rule = (facts) => {
  const { payment, profile } = facts;
  if (payment === undefined || profile.minIntervalSeconds === undefined) return "pass";
  return isByAcquirer(facts) && withMoney(openClaims(payment)).length > 0 ? "warn" : "pass";
};
