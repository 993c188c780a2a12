import type { Rule } from "./facts.ts";

/**
 * How well the original payment is proven (refund-model.md §5.1): with A to C the role's limit counts, D is let through
 * by a lead, E by the owner alone and never leaves (X26).
 */
export const paymentGrade: Rule = ({ payment }) => {
  if (payment?.grade === "D") return "lead";
  return payment?.grade === "E" ? "owner" : "pass";
};
