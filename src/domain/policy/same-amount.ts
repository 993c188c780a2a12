import { countedClaims } from "../payment.ts";
import type { Rule } from "./facts.ts";

/** The same amount again may be a second article or a second tap: warn, never block (X8). */
export const sameAmount: Rule = ({ payment, amount }) =>
  payment !== undefined &&
  countedClaims(payment).some((claim) => claim.amount.minor === amount.minor)
    ? "warn"
    : "pass";

/** The same amount was refunded on another payment just now: two customers, or one code read for another. */
export const similarRefund: Rule = ({ similar }) => (similar > 0 ? "warn" : "pass");
