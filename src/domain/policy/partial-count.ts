import { countedClaims } from "../payment.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** Acquirers take only so many refunds of one payment (X17): the 51st of WeChat is refused. */
export const partialCount = ({ payment, profile }: PolicyFacts): RuleOutcome =>
  profile.partialLimit !== undefined && countedClaims(payment).length >= profile.partialLimit
    ? "refused"
    : "pass";
