import { adviceFor } from "../../../domain/acquirers/advice.ts";
import { unlistedError, type AcquirerError } from "../../../domain/acquirers/error-catalogue.ts";
import { gate } from "../../../domain/refund/gate.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { goodsAreSettled } from "../../../domain/refund/decide-goods.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";

/** The one thing that brings a refund on. */
export type NextStep =
  | "approve"
  | "goods"
  | "terminal"
  | "pay_out"
  | "export"
  | "prove"
  | "upload"
  | "result"
  | "retry"
  | "again"
  | "reopen"
  | "none";

/** Whether the payment can be refunded once more. */
export const isRefundable = ({ payment }: CaseFile): boolean => {
  if (payment === undefined) return false;
  const open = gate(payment);
  return open.kind === "refund" || open.kind === "transfer";
};

/** What the acquirer's last answer means; undefined while it has given none. */
export const adviceOf = ({ refundCase, profile }: CaseFile): AcquirerError | undefined => {
  const { answer } = latestAttempt(refundCase);
  return answer === undefined ? undefined : adviceFor(profile, answer);
};

/** After a final refusal another try would only be refused again (X18). */
const mayAskAgain = (file: CaseFile): boolean => {
  const advice = adviceOf(file);
  if (advice === undefined || advice.meaning === unlistedError.meaning) return true;
  return ["new_number", "new_case", "retry_same", "topup"].some((wanted) =>
    advice.actions.some((action) => action === wanted),
  );
};

const whenReady = ({ refundCase, payment }: CaseFile): NextStep => {
  if (latestAttempt(refundCase).mode === "void") return "terminal";
  if (!goodsAreSettled(refundCase)) return "goods";
  if (refundCase.destination !== "original") return "pay_out";
  if (refundCase.training) return "none";
  return payment?.grade === "E" ? "prove" : "export";
};

const afterEnd = (file: CaseFile): NextStep => {
  if (!isRefundable(file)) return "none";
  return mayAskAgain(file) ? "retry" : "again";
};

/** What a key before this device's own left open: what became of it is told here, a new try is a new refund. */
const formerSteps: Readonly<Partial<Record<NextStep, NextStep>>> = {
  export: "result",
  prove: "result",
  upload: "result",
  result: "result",
  goods: "goods",
  again: "again",
  retry: "again",
};

/** The next step of a refund, for its one filled button. */
export const nextStep = (file: CaseFile): NextStep => {
  const step = ownStep(file);
  return file.isFormer ? (formerSteps[step] ?? "none") : step;
};

const ownStep = (file: CaseFile): NextStep => {
  const { refundCase } = file;
  const { money, batchId, mode, reopened } = latestAttempt(refundCase);
  if (refundCase.elsewhere || refundCase.conflict) return "none";
  if (refundCase.money === undefined) return refundCase.replacementGiven ? "none" : "goods";
  switch (money) {
    case "pending_approval":
      return "approve";
    case "ready":
      return whenReady(file);
    case "exported":
      if (mode === "void") return "terminal";
      return batchId === undefined ? "result" : "upload";
    case "submitted":
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
      return "result";
    case "failed":
    case "closed":
      return afterEnd(file);
    case "withdrawn":
      if (refundCase.approval === "rejected") return reopened ? "none" : "reopen";
      return isRefundable(file) ? "again" : "none";
    case "reversed":
      return isRefundable(file) ? "again" : "none";
    case "succeeded":
    case "conflict":
      return "none";
  }
};
