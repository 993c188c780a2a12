import { given } from "../given.ts";
import type { CaseId, PaymentId } from "../ids.ts";
import type { DecideEvent } from "../journal-event.ts";
import { findRefusal, type Alternative } from "../reasons.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { cleanText } from "../typed-text.ts";
import type { RefundFault } from "./faults.ts";

/** A request that is not met: why, and what is offered in place of money (R14, R24). */
export type DeclineDraft = {
  readonly caseId: CaseId;
  readonly paymentId?: PaymentId;
  readonly reason: string;
  readonly note?: string;
  readonly offers: readonly Alternative[];
};

/** Declines a request before any refund is recorded. */
export const decideDecline = (
  staff: Staff,
  draft: DeclineDraft,
): Result<DecideEvent, RefundFault> => {
  if (rightOf(staff, "decline") === "no") return fail({ kind: "not_entitled", action: "decline" });
  const reason = findRefusal(draft.reason);
  if (reason === undefined) return fail({ kind: "reason_missing" });
  if (reason === "other" && cleanText(draft.note ?? "") === "")
    return fail({ kind: "note_missing" });
  return ok({
    kind: "decide",
    about: "request",
    result: "reject",
    reason,
    caseId: draft.caseId,
    offers: draft.offers,
    ...given("paymentId", draft.paymentId),
  });
};
