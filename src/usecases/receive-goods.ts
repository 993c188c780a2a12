import type { CaseId } from "../domain/ids.ts";
import { amountLimits, parsePolicy } from "../domain/policy/shop-policy.ts";
import { decideGoods, type GoodsReport } from "../domain/refund/decide-goods.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import { currentPolicy, getCase } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { UnknownCaseFault } from "./withdraw-refund.ts";

/** Records how goods came back, that they are waived or lost, or that the replacement was handed over (R19, R51). */
export const recordGoods = async (
  deps: Deps,
  caseId: CaseId,
  report: GoodsReport,
  text = "",
): Promise<Result<Saved, RefundFault | LockedFault | UnknownCaseFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<RefundFault | UnknownCaseFault>(deps, async () => {
    const { db } = deps.journal;
    const refundCase = await getCase(db, caseId);
    if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
    const policy = parsePolicy((await currentPolicy(db, "policy")).document);
    const event = decideGoods(refundCase, report, {
      staff: staff.value,
      limits: amountLimits(policy),
      unusedRequired: policy.unusedRequired,
    });
    const note = cutText(text, longestText);
    return event.ok ? planOf(event.value, note === "" ? undefined : { text: note }) : event;
  });
};
