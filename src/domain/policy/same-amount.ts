import { countedClaims } from "../payment.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** The same amount again may be a second article or a second tap: warn, never block (X8). */
export const sameAmount = ({ payment, amount }: PolicyFacts): RuleOutcome =>
  countedClaims(payment).some((claim) => claim.amount.minor === amount.minor) ? "warn" : "pass";
