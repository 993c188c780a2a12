import { instantFromMs } from "../domain/instant.ts";
import type { CaseId } from "../domain/ids.ts";
import type { ReconMatch } from "../domain/reconcile/difference.ts";
import { rowResult } from "../domain/reconcile/row-result.ts";
import { withdrawNewer } from "../domain/refund/decide-result.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { getCase } from "../storage/queries.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { readReconciliation, type CompareFault, type CompareJob } from "./read-reconciliation.ts";
import { recordEvents, type RecordFault } from "./record-event.ts";

export type ReconcileFault = LockedFault | NotEntitled | RecordFault | CompareFault;

/** Decides on the newest state of the case: what another window told meanwhile is not told again. */
const tellOne = async (
  deps: Deps,
  caseId: CaseId,
  match: ReconMatch,
): Promise<Result<number, RecordFault>> => {
  const saved = await recordEvents<never>(deps, async () => {
    const refundCase = await getCase(deps.journal.db, caseId);
    const event = refundCase && rowResult(refundCase, match, deps.device);
    if (refundCase === undefined || event === undefined) return ok({ events: [] });
    const told = { state: event.state, attempt: match.ours?.number };
    const events = [...withdrawNewer(refundCase, told), event];
    return ok({ events: events.map((one) => ({ event: one })) });
  });
  return saved.ok ? ok(saved.value.records.length) : saved;
};

/**
 * Records what the statements say became of this device's refunds, each with its row as the proof (S1); gives how many
 * records that took. It may be asked at any time: the same rows again change nothing (refund-model.md §12, 18). Stopped
 * between two records, the next time goes on where it was.
 */
export const reconcile = async (
  deps: Deps,
  job: CompareJob,
): Promise<Result<number, ReconcileFault>> => {
  const staff = whoMay(deps, "import_file");
  if (!staff.ok) return staff;
  const now = instantFromMs(deps.now());
  const compared = await readReconciliation(deps, "recorded", job);
  if (!compared.ok) return compared;
  let records = 0;
  for (const match of compared.value.lines) {
    const { refundCase } = match;
    if (job.signal.aborted) return fail({ kind: "aborted" });
    if (refundCase === undefined || refundCase.elsewhere) continue;
    const event = rowResult(refundCase, match, deps.device);
    if (event?.at === undefined || event.at > now) continue;
    const told = await tellOne(deps, refundCase.caseId, match);
    if (!told.ok) return told;
    records += told.value;
    await deps.pause();
  }
  return ok(records);
};
