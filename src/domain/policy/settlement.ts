import { isByAcquirer, type Rule } from "./facts.ts";

/** Settled at once there may be nothing left to refund from (X14): said before any amount is typed. */
export const settlement: Rule = (facts) => {
  const { settlement: mode, d0Refund } = facts.profile;
  if (mode !== "D0" || !isByAcquirer(facts)) return "pass";
  return d0Refund === "blocked" ? "refused" : "warn";
};
