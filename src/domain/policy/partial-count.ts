import { countedClaims } from "../payment.ts";
import { isByAcquirer, withMoney, type Rule } from "./facts.ts";

/**
 * Acquirers take only so many refunds of one payment (X17): the 51st of WeChat is refused, and where an order can
 * only be refunded whole a part is (X21). What was refunded elsewhere was a refund too.
 */
export const partialCount: Rule = (facts) => {
  const { payment, profile, amount } = facts;
  if (payment === undefined || !isByAcquirer(facts)) return "pass";
  const before = withMoney(countedClaims(payment)).length + (payment.external > 0 ? 1 : 0);
  if (profile.partialLimit !== undefined && before >= profile.partialLimit) return "refused";
  const isPart = amount.minor < payment.amount.minor;
  if (profile.partials === "none" && isPart) return "refused";
  return profile.partials === "once" && before > 0 ? "refused" : "pass";
};
