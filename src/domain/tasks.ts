import { invoiceIsOpen, isLateSuccess } from "./refund/case-state.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { goodsAreSettled } from "./refund/decide-goods.ts";
import type { MoneyState } from "./refund/money-track.ts";

/** What a case waits for a person to do, the most urgent first; kept with the case while it is written. */
export const taskKinds = [
  "conflict",
  "late_success",
  "abnormal",
  "unknown",
  "needs_action",
  "approve",
  "terminal",
  "submit",
  "pay_out",
  "goods",
  "invoice",
  "wait",
  "export",
  "contact",
  "tell",
  "merchant_copy",
] as const;

export type TaskKind = (typeof taskKinds)[number];

const byMoney: Readonly<Partial<Record<MoneyState, TaskKind>>> = {
  abnormal: "abnormal",
  unknown: "unknown",
  needs_action: "needs_action",
  pending_approval: "approve",
  submitted: "wait",
  processing: "wait",
};

/** Our own next step while the money is still here: to a terminal, to the customer, into a file, to the portal. */
const ownStep = (refundCase: RefundCase): TaskKind | undefined => {
  const { money, destination, training, conflict } = refundCase;
  if (conflict) return undefined;
  if (latestAttempt(refundCase).mode === "void")
    return money === "ready" || money === "exported" ? "terminal" : undefined;
  if (money === "exported") return "submit";
  if (money !== "ready" || !goodsAreSettled(refundCase)) return undefined;
  if (destination !== "original") return "pay_out";
  return training ? undefined : "export";
};

const ends: ReadonlySet<MoneyState> = new Set(["succeeded", "failed", "closed", "reversed"]);

/** The customer waits for the end of it: what the acquirer said, or that somebody said no. */
const mustTell = ({ money, notice, approval }: RefundCase): boolean =>
  notice !== "told_result" &&
  money !== undefined &&
  (ends.has(money) || (money === "withdrawn" && approval === "rejected"));

const goodsAreOut = ({ goods, money, type, replacementGiven }: RefundCase): boolean =>
  money !== "withdrawn" &&
  money !== "pending_approval" &&
  (goods === "awaiting" || goods === "lost" || (type === "exchange" && !replacementGiven));

/**
 * Everything about a case that is somebody's turn; what only time makes urgent is found by its due date. A case of another
 * device is nobody's turn here, but a conflict is looked at on both.
 */
export const tasksOf = (refundCase: RefundCase): readonly TaskKind[] => {
  const { money, conflict, elsewhere } = refundCase;
  if (elsewhere) return conflict ? ["conflict"] : [];
  const found: ReadonlySet<TaskKind | undefined> = new Set([
    conflict ? "conflict" : undefined,
    money === undefined ? undefined : byMoney[money],
    ownStep(refundCase),
    isLateSuccess(refundCase) && money !== "reversed" ? "late_success" : undefined,
    goodsAreOut(refundCase) ? "goods" : undefined,
    invoiceIsOpen(refundCase) ? "invoice" : undefined,
    refundCase.nextContact === undefined ? undefined : "contact",
    mustTell(refundCase) ? "tell" : undefined,
    refundCase.merchantTold ? undefined : "merchant_copy",
  ]);
  return taskKinds.filter((kind) => found.has(kind));
};
