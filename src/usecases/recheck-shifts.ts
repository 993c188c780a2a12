import { shiftRecheck, type CheckedClose } from "../domain/recheck-shifts.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { walkChain, type ChainJob } from "./walk-chain.ts";

const kinds = new Set(["payment", "refund", "money", "close"]);

/** Every close of this till beside what its records give today, the newest first; the page may draw meanwhile (X38). */
export const recheckShifts = async (
  deps: Deps,
  job: ChainJob,
): Promise<
  Result<readonly CheckedClose[], LockedFault | NotEntitled | { readonly kind: "aborted" }>
> => {
  const staff = whoMay(deps, "look_up");
  if (!staff.ok) return staff;
  const take = shiftRecheck(deps.device);
  const found: CheckedClose[] = [];
  for await (const steps of walkChain(deps, deps.device, job))
    for (const [record] of steps) {
      const stored = kinds.has(record.kind) ? openRecord(record) : undefined;
      const recorded = stored && toRecorded(stored, undefined);
      const checked = recorded && take(recorded);
      if (checked !== undefined) found.push(checked);
    }
  return job.signal.aborted ? fail({ kind: "aborted" }) : ok(found.reverse());
};
