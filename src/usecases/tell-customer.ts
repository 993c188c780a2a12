import type { CaseId } from "../domain/ids.ts";
import type { NoticeEvent } from "../domain/journal-event.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase } from "../storage/queries.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

const isResult = (refundCase: RefundCase): boolean =>
  ["succeeded", "failed", "closed", "reversed", "withdrawn"].includes(
    latestAttempt(refundCase).money,
  );

const noticeOf = (
  refundCase: RefundCase,
  via: NoticeEvent["via"],
  language: string,
): NoticeEvent => ({
  kind: "notice",
  refund: latestAttempt(refundCase).record,
  to: "customer",
  state: isResult(refundCase) ? "result" : "accepted",
  via,
  language,
  ...(via === "print" ? { copy: refundCase.copies + 1 } : {}),
});

/** Records that the customer was told, how and in which language; printed copies are counted, the first is no copy (X40). */
export const tellCustomer = async (
  deps: Deps,
  caseId: CaseId,
  notice: { readonly via: NoticeEvent["via"]; readonly language: string },
): Promise<Result<Saved, LockedFault | NotEntitled | UnknownCaseFault | RecordFault>> => {
  const staff = whoMay(deps, "tell");
  if (!staff.ok) return staff;
  return recordEvents(deps, async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    return planOf(noticeOf(refundCase, notice.via, notice.language));
  });
};
