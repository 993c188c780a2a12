import { addSeconds, type Instant } from "../instant.ts";
import { overRefunded, type Payment } from "../payment.ts";
import { latestAttempt, type RefundCase } from "./case.ts";
import { excessOf } from "./conflict.ts";
import { arrivedLate, standingOf, type MoneyState } from "./money-track.ts";

/** Where a whole case stands, folded from its tracks (refund-model.md §3.3). */
export type CaseState =
  | "open"
  | "waiting_customer"
  | "waiting_acquirer"
  | "waiting_goods"
  | "done"
  | "reconciled";

/** What asks for a person's eye, whatever else goes on. */
export type Attention =
  | "overdue"
  | "abnormal"
  | "unknown"
  | "conflict"
  | "over_refund"
  | "late_success"
  | "clock_back";

const atAcquirer: ReadonlySet<MoneyState> = new Set([
  "exported",
  "submitted",
  "processing",
  "needs_action",
  "unknown",
  "abnormal",
]);

/** Money is with the acquirer: only its answer moves it. */
const isAtAcquirer = ({ money }: Pick<RefundCase, "money">): boolean =>
  money !== undefined && atAcquirer.has(money);

/** An invoice was issued and nobody has said what becomes of it (X42). */
export const invoiceIsOpen = ({ invoice }: RefundCase): boolean =>
  invoice?.["issued"] === "yes" &&
  invoice["red_no"] === undefined &&
  invoice["red"] !== "not_needed";

const goodsAreOpen = ({ goods, type, replacementGiven, money }: RefundCase): boolean =>
  money !== "withdrawn" &&
  (goods === "awaiting" || goods === "lost" || (type === "exchange" && !replacementGiven));

/** A row that says how it ended; one that says it is under way proves nothing. */
const provenByRow = (refundCase: RefundCase): boolean =>
  latestAttempt(refundCase).steps.some(
    (step) => step.kind === "result" && step.by === "row" && step.state === refundCase.money,
  );

/** A case is done when its money is, its goods are, and its invoice is decided; nothing else closes it (R51). */
export const caseState = (refundCase: RefundCase): CaseState => {
  const { money, destination, conflict } = refundCase;
  if (goodsAreOpen(refundCase)) return "waiting_goods";
  if (conflict) return "open";
  if (isAtAcquirer(refundCase)) return "waiting_acquirer";
  if (money === "ready" && destination !== "original") return "waiting_customer";
  if (money === "pending_approval" || money === "ready" || money === "conflict") return "open";
  if (invoiceIsOpen(refundCase)) return "open";
  return provenByRow(refundCase) ? "reconciled" : "done";
};

/** An older attempt arrived after a newer one was opened, or money came that had counted as free (X7). */
export const isLateSuccess = (refundCase: RefundCase): boolean =>
  refundCase.attempts.some(
    (attempt) =>
      arrivedLate(attempt.start, attempt.steps) ||
      (attempt.money === "succeeded" && attempt !== refundCase.attempts.at(-1)),
  );

/**
 * More went out of the payment, or is on its way, than was paid, and some request of this case is part of it; where
 * several devices refund it, those that came after what was paid had gone (refund-model.md §3.5).
 */
export const isOverRefunded = (
  { attempts, caseId }: Pick<RefundCase, "attempts" | "caseId">,
  payment: Payment | undefined,
): boolean => {
  if (payment === undefined || overRefunded(payment).minor === 0) return false;
  if (payment.shared) return excessOf(payment).get(caseId) === "over_refund";
  return attempts.some(({ money, amount }) => amount.minor > 0 && standingOf(money) !== "frees");
};

const longestAtHome = 86_400;

/** Since when a refund is late: past its due date at the acquirer, or exported a day ago and never submitted. */
export const overdueSince = (refundCase: RefundCase): Instant | undefined => {
  const { money, expectedBy, submittedAt } = latestAttempt(refundCase);
  if (!isAtAcquirer({ money })) return undefined;
  if (money === "exported") {
    const exported = refundCase.history.filter(
      ({ told }) => told.kind === "money" && told.state === "exported",
    );
    const last = exported.at(-1);
    return last && addSeconds(last.at, longestAtHome);
  }
  return expectedBy ?? (submittedAt && addSeconds(submittedAt, 3 * longestAtHome));
};

/** Everything about a case that somebody should look at, now. */
export const attentionOf = (
  refundCase: RefundCase,
  payment: Payment | undefined,
  now: Instant,
): readonly Attention[] => {
  const { money, clockBack, conflict } = refundCase;
  const since = overdueSince(refundCase);
  const flags: readonly (readonly [Attention, boolean])[] = [
    ["conflict", conflict],
    ["over_refund", isOverRefunded(refundCase, payment)],
    ["late_success", isLateSuccess(refundCase)],
    ["abnormal", money === "abnormal"],
    ["unknown", money === "unknown"],
    ["overdue", since !== undefined && now > since],
    ["clock_back", clockBack],
  ];
  return flags.filter(([, on]) => on).map(([flag]) => flag);
};
