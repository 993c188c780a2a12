import type { PolicyFacts, RuleOutcome } from "./facts.ts";

/** How well the original payment is proven (refund-model.md §5.1): D needs an entitled person, E is only kept on file. */
export const paymentGrade = ({ payment }: PolicyFacts): RuleOutcome => {
  if (payment.grade === "D") return "needs_approval";
  return payment.grade === "E" ? "warn" : "pass";
};
