import type { DecideEvent } from "../journal-event.ts";
import { money } from "../money.ts";
import type { Payment } from "../payment.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { latestAttempt, type RefundCase } from "./case.ts";
import { roomFor } from "./conflict.ts";
import type { RefundFault } from "./faults.ts";

/**
 * Lets a refund go on that waits because several devices recorded more than was paid (M23): others that have not moved wait
 * in its place. Only on the device that recorded it, and only while what has moved leaves so much (G2).
 */
export const decideConflict = (
  staff: Staff,
  refundCase: RefundCase,
  payment: Payment | undefined,
): Result<DecideEvent, RefundFault> => {
  if (rightOf(staff, "decide_conflict") === "no")
    return fail({ kind: "not_entitled", action: "decide_conflict" });
  if (refundCase.elsewhere) return fail({ kind: "other_device" });
  const attempt = latestAttempt(refundCase);
  if (!refundCase.conflict || payment === undefined)
    return fail({ kind: "not_allowed_now", state: refundCase.money });
  const room = money(Math.max(0, roomFor(payment, refundCase.caseId)), attempt.amount.currency);
  if (attempt.amount.minor > room.minor) return fail({ kind: "over_remaining", remaining: room });
  return ok({
    kind: "decide",
    about: "conflict",
    result: "approve",
    method: "pin",
    refund: attempt.record,
  });
};
