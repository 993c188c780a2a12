import type { WithdrawCause, WithdrawEvent } from "../journal-event.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { latestAttempt, type RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";
import { commandAllowed } from "./money-track.ts";

/** Takes our own record back before it leaves (M6); another person's only by somebody who may. */
export const decideWithdraw = (
  staff: Staff,
  refundCase: RefundCase,
  why: WithdrawCause,
): Result<WithdrawEvent, RefundFault> => {
  const action = staff.staff === refundCase.requestedBy ? "withdraw_own" : "withdraw_other";
  if (rightOf(staff, action) === "no") return fail({ kind: "not_entitled", action });
  const attempt = latestAttempt(refundCase);
  if (!commandAllowed(attempt.money, "withdrawn"))
    return fail({ kind: "not_allowed_now", state: attempt.money });
  return ok({ kind: "withdraw", refund: attempt.record, why });
};
