import { writeRef } from "../ids.ts";
import type { DecideEvent } from "../journal-event.ts";
import { compare, money, type Money } from "../money.ts";
import type { Payment } from "../payment.ts";
import { findRefusal } from "../reasons.ts";
import { fail, ok, type Result } from "../result.ts";
import { limitOf, rightOf, type AmountLimits } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { cleanText } from "../typed-text.ts";
import { latestAttempt, type RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";
import { leftFault } from "./own-share.ts";

type Approver = { readonly staff: Staff; readonly limits: AmountLimits };

const ownLimit = ({ staff, limits }: Approver, refundCase: RefundCase): Money | undefined => {
  const limit = limitOf(staff, limits);
  return limit === undefined ? undefined : money(limit, refundCase.amount.currency);
};

/** Who asked for the refund, and who asked again for its latest attempt. */
const isAsker = ({ staff }: Staff, refundCase: RefundCase): boolean => {
  const { record } = latestAttempt(refundCase);
  const asked = refundCase.history.find(({ ref }) => writeRef(ref) === writeRef(record));
  return staff === refundCase.requestedBy || staff === asked?.staff;
};

/**
 * Whether this person may decide about this refund: entitled, never one's own request, within the own limit, and high
 * enough for what has to be let through (refund-model.md §7, G4).
 */
export const approvalFault = (
  approver: Approver,
  refundCase: RefundCase,
): RefundFault | undefined => {
  const { staff } = approver;
  if (rightOf(staff, "approve") === "no") return { kind: "not_entitled", action: "approve" };
  if (isAsker(staff, refundCase)) return { kind: "own_request" };
  if (refundCase.need?.level === "owner" && staff.role !== "owner")
    return { kind: "not_entitled", action: "approve" };
  const limit = ownLimit(approver, refundCase);
  return limit !== undefined && compare(refundCase.amount, limit) > 0
    ? { kind: "above_own_limit", limit }
    : undefined;
};

export type Decision =
  | { readonly result: "approve" }
  | { readonly result: "reject"; readonly reason: string; readonly note?: string };

/** A refusal tells why, and what is not in the list in words (R14). */
const reasonFault = (decision: Decision): RefundFault | undefined => {
  if (decision.result === "approve") return undefined;
  const reason = findRefusal(decision.reason);
  if (reason === undefined) return { kind: "reason_missing" };
  return reason === "other" && cleanText(decision.note ?? "") === ""
    ? { kind: "note_missing" }
    : undefined;
};

/** Approves or rejects a refund that waits for it (M3, M4); the proof is added by whoever signs. */
export const decideApproval = (
  approver: Approver,
  refundCase: RefundCase,
  decision: Decision,
): Result<DecideEvent, RefundFault> => {
  const attempt = latestAttempt(refundCase);
  if (attempt.money !== "pending_approval" || attempt.approval !== "pending")
    return fail({ kind: "not_allowed_now", state: attempt.money });
  const fault = approvalFault(approver, refundCase) ?? reasonFault(decision);
  if (fault !== undefined) return fail(fault);
  return ok({
    kind: "decide",
    about: "refund",
    result: decision.result,
    method: "pin",
    refund: attempt.record,
    ...(decision.result === "reject" ? { reason: decision.reason } : {}),
  });
};

/**
 * Opens a rejected refund once more, because there is new evidence (M5); it then waits for approval under its old
 * number, as long as its payment can still give that much, of those goods (G2).
 */
export const decideReopen = (
  approver: Approver,
  refundCase: RefundCase,
  facts: {
    readonly payment: Payment | undefined;
    readonly shareLeft?: Money;
    readonly newEvidence: number;
  },
): Result<DecideEvent, RefundFault> => {
  const attempt = latestAttempt(refundCase);
  if (attempt.approval !== "rejected" || attempt.money !== "withdrawn")
    return fail({ kind: "not_allowed_now", state: attempt.money });
  if (attempt.reopened) return fail({ kind: "reopened_before" });
  if (facts.newEvidence === 0) return fail({ kind: "evidence_missing" });
  const { payment, shareLeft } = facts;
  const fault =
    (payment && leftFault(payment, refundCase, shareLeft)) ?? approvalFault(approver, refundCase);
  if (fault !== undefined) return fail(fault);
  return ok({
    kind: "decide",
    about: "reopen",
    result: "approve",
    method: "pin",
    refund: attempt.record,
  });
};
