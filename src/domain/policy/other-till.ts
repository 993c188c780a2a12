import type { Rule } from "./facts.ts";

/**
 * Another till's code says that it refunded this payment, and is wrong once in a hundred: somebody looks, nobody is
 * refused (refundlog.md §16).
 */
export const otherTill: Rule = ({ maybeElsewhere }) => (maybeElsewhere ? "lead" : "pass");
