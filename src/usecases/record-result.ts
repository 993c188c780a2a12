import type { CaseId } from "../domain/ids.ts";
import { decideResult, type RefundFault, type ResultReport } from "../domain/refund/decide.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** Records what the acquirer or the customer said about a refund, with its evidence. */
export const recordResult = async (
  deps: Deps,
  caseId: CaseId,
  report: ResultReport,
): Promise<Result<Saved, RefundFault | LockedFault | UnknownCaseFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<RefundFault | UnknownCaseFault>(deps, async ({ now }) => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    const event = decideResult(refundCase, report, now);
    return event.ok ? planOf(event.value) : event;
  });
};
