import { shiftRecheck, type CheckedClose } from "../domain/recheck-shifts.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { ownChains } from "./own-chains.ts";
import { walkChain, type ChainJob, type Step } from "./walk-chain.ts";

const kinds = new Set(["payment", "refund", "money", "close"]);

const closesIn = (
  steps: readonly Step[],
  take: ReturnType<typeof shiftRecheck>,
): readonly CheckedClose[] =>
  steps.flatMap(([record]) => {
    const stored = kinds.has(record.kind) ? openRecord(record) : undefined;
    const recorded = stored && toRecorded(stored, undefined);
    return (recorded && take(recorded)) ?? [];
  });

/** Every close of this till, under any key it had, beside what its records give today, the newest first; the page may draw meanwhile (X38). */
export const recheckShifts = async (
  deps: Deps,
  job: ChainJob,
): Promise<
  Result<readonly CheckedClose[], LockedFault | NotEntitled | { readonly kind: "aborted" }>
> => {
  const staff = whoMay(deps, "look_up");
  if (!staff.ok) return staff;
  const chains = await ownChains(deps);
  const take = shiftRecheck(chains);
  const found: CheckedClose[] = [];
  for (const chain of [...chains].reverse())
    for await (const steps of walkChain(deps, chain, job)) found.push(...closesIn(steps, take));
  return job.signal.aborted ? fail({ kind: "aborted" }) : ok(found.reverse());
};
