import type { CaseId } from "../domain/ids.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { decideRetry } from "../domain/refund/decide-retry.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { getCase, getPayment } from "../storage/queries.ts";
import { whoActs, type Deps } from "./deps.ts";
import { endOfClaim } from "./end-claim.ts";
import { recordEvents } from "./record-event.ts";
import { refundContext, withVersions } from "./record-refund.ts";
import type { FollowUpFault } from "./record-result.ts";

/**
 * Asks once more for a refund that failed or was closed, under a new number (M21). `attempt` is the one that the person
 * saw fail: a second tap finds the next one open and is answered with it.
 */
export const retryRefund = async (
  deps: Deps,
  caseId: CaseId,
  attempt: number,
): Promise<Result<Saved, FollowUpFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<FollowUpFault>(
    deps,
    async (moment) => {
      const { db } = deps.journal;
      const refundCase = await getCase(db, caseId);
      if (refundCase === undefined) return fail({ kind: "case_unknown" } as const);
      if (latestAttempt(refundCase).number !== attempt)
        return fail({ kind: "not_allowed_now", state: refundCase.money });
      const { paymentId } = refundCase;
      const known = paymentId === undefined ? undefined : await getPayment(db, paymentId);
      const { payment, versions } =
        known === undefined
          ? { payment: undefined, versions: [] }
          : await withVersions(deps, known, { told: [], moment });
      const context = await refundContext(deps, payment, { staff: staff.value, moment });
      const retry = decideRetry(context, refundCase);
      if (!retry.ok) return retry;
      const { refund, goods } = retry.value;
      const about = { refund: moment.refAt(versions.length) };
      const settled = goods === undefined ? [] : [{ event: { ...goods, ...about } }];
      const before = versions.map((version) => ({ event: version }));
      const own = [...before, { event: refund }, ...settled];
      const ending = { claim: context.excess?.claim, refund, at: about.refund };
      const ended = endOfClaim(deps, ending, moment.refAt(own.length));
      return ok({ events: [...own, ...ended] });
    },
    `${caseId}#${attempt + 1}`,
  );
};
