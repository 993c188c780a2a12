import type { BatchId } from "../domain/ids.ts";
import { decideAcknowledge, type BatchWord } from "../domain/refund/decide-acknowledge.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { casesOfRefunds, getBatch } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";
import type { UploadFault } from "./report-upload.ts";

/** Records that the portal has a file, in the portal's own word: seen there, with who saw it as the evidence (S3). */
export const acknowledgeBatch = async (
  deps: Deps,
  batchId: BatchId,
  word: BatchWord,
): Promise<Result<Saved, UploadFault | RefundFault | LockedFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  const { db } = deps.journal;
  return recordEvents<UploadFault | RefundFault>(deps, async ({ now }) => {
    const batch = await getBatch(db, batchId);
    if (batch === undefined) return fail({ kind: "batch_unknown" } as const);
    const cases = await casesOfRefunds(db, batch.refunds);
    const event = decideAcknowledge({ staff: staff.value, now }, cases, { batch, word });
    return event.ok ? planOf(event.value) : event;
  });
};
