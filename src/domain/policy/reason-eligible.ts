import { eligibilityOf } from "../reasons.ts";
import type { Rule } from "./facts.ts";

/** A reason that the shop does not refund for by itself needs somebody who decides it (R9). */
export const reasonEligible: Rule = ({ reason, policy }) => {
  switch (eligibilityOf(reason, policy.eligible)) {
    case "yes":
    case "in_window":
      return "pass";
    case "approval":
      return reason === "goodwill" ? "owner" : "lead";
    case "no":
      return "owner";
  }
};
