import { latestAttempt, type RefundCase } from "./case.ts";
import { everLeft } from "./decide-batch.ts";

/** What another person may be asked about a refund. */
export type Question = "refund" | "recall" | "reopen";

/** What somebody else can allow now: the refund, that its file is taken back, or that it is opened again. */
export const openQuestion = (refundCase: RefundCase): Question | undefined => {
  const attempt = latestAttempt(refundCase);
  const { money, approval, reopened, recallApproved } = attempt;
  if (money === "pending_approval") return "refund";
  if (money === "exported") return everLeft(attempt) && !recallApproved ? "recall" : undefined;
  return money === "withdrawn" && approval === "rejected" && !reopened ? "reopen" : undefined;
};
