import { given } from "../domain/given.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import type { Result } from "../domain/result.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { makeCheckpoint, type Checkpoint, type CheckpointFault } from "./make-checkpoint.ts";
import { readShift } from "./read-shift.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

/** Ends the shift in the journal; the checkpoint behind it is what another till witnesses (refundlog.md §6). */
export const closeShift = async (
  deps: Deps,
): Promise<Result<Checkpoint, LockedFault | NotEntitled | RecordFault | CheckpointFault>> => {
  const staff = whoMay(deps, "close_day");
  if (!staff.ok) return staff;
  const closed = await recordEvents<never>(deps, async () => {
    const { day, refunds, channels } = await readShift(deps);
    return planOf({ kind: "close", day, refunds, ...given("channels", channels) });
  });
  return closed.ok ? makeCheckpoint(deps) : closed;
};
