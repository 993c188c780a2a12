import { shiftRecheck, type CheckedClose } from "../domain/recheck-shifts.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { ok, type Result } from "../domain/result.ts";
import { recordsFrom } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";

const kinds = new Set(["genesis", "payment", "refund", "money", "close"]);

const pauseEvery = 50;

/** Every close of this till beside what its records give today, the newest first; the page may draw meanwhile (X38). */
export const recheckShifts = async (
  deps: Deps,
): Promise<Result<readonly CheckedClose[], LockedFault | NotEntitled>> => {
  const staff = whoMay(deps, "look_up");
  if (!staff.ok) return staff;
  const { journal, device } = deps;
  const { db } = journal;
  const take = shiftRecheck(device);
  const found: CheckedClose[] = [];
  const last = (await db.heads.get(device))?.seq ?? -1;
  for await (const records of recordsFrom(db, device, 0, last))
    for (const record of records) {
      if (record.seq % pauseEvery === 0) await deps.pause();
      const stored = kinds.has(record.kind) ? openRecord(record) : undefined;
      const recorded = stored && toRecorded(stored, undefined);
      const checked = recorded && take(recorded);
      if (checked !== undefined) found.push(checked);
    }
  return ok(found.reverse());
};
