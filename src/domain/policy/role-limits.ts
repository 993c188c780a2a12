import { countedClaims } from "../payment.ts";
import { limitOf } from "../rights.ts";
import { amountLimits } from "./shop-policy.ts";
import { withMoney, type PolicyFacts, type Rule, type RuleOutcome } from "./facts.ts";
import { withinDays } from "./shop-window.ts";

/** Above one's own limit a person with a higher one decides; above a lead's only the owner (X28). */
export const roleLimit: Rule = ({ requester, amount, policy }) => {
  const limits = amountLimits(policy);
  const own = limitOf(requester, limits);
  if (own === undefined || amount.minor <= own) return "pass";
  const lead = limits.lead;
  const leadMay = requester.role === "clerk" && (lead === undefined || amount.minor <= lead);
  return leadMay ? "lead" : "owner";
};

/** Nobody sets aside a limit of their own: above a lead's the owner decides. */
const above = ({ requester }: PolicyFacts): RuleOutcome =>
  requester.role === "clerk" ? "lead" : "owner";

const limitsOf = ({ requester, policy }: PolicyFacts) =>
  requester.role === "clerk" || requester.role === "lead" ? policy.limits[requester.role] : {};

/** A role may be given fewer days than the shop. */
export const roleWindow: Rule = (facts) => {
  const { days } = limitsOf(facts);
  return days === undefined ? "pass" : withinDays(facts, days, above(facts));
};

/** A role may be given fewer refunds of one payment: from the third on a clerk asks. */
export const roleCount: Rule = (facts) => {
  const { refunds } = limitsOf(facts);
  if (refunds === undefined || facts.payment === undefined) return "pass";
  return withMoney(countedClaims(facts.payment)).length >= refunds ? above(facts) : "pass";
};
