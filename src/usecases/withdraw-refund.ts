import type { CaseId } from "../domain/ids.ts";
import type { WithdrawCause } from "../domain/journal-event.ts";
import { decideWithdraw } from "../domain/refund/decide-withdraw.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type UnknownCaseFault = { readonly kind: "case_unknown" };

/** Takes a refund back that has not left yet; the record stays, the balance is free again. */
export const withdrawRefund = async (
  deps: Deps,
  caseId: CaseId,
  why: WithdrawCause,
): Promise<Result<Saved, RefundFault | LockedFault | UnknownCaseFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<RefundFault | UnknownCaseFault>(deps, async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    const event = decideWithdraw(staff.value, refundCase, why);
    return event.ok ? planOf(event.value) : event;
  });
};
