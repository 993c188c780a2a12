import type { BatchId } from "../domain/ids.ts";
import { decideUpload, type RefundFault } from "../domain/refund/decide.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { casesOfRefunds, getBatch } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type UploadFault =
  | { readonly kind: "batch_unknown" }
  | { readonly kind: "batch_already_uploaded" };

/** Records who handed a batch to the acquirer and when; "already uploaded" is never forgotten (X16). */
export const reportUpload = async (
  deps: Deps,
  batchId: BatchId,
  where: string,
): Promise<Result<Saved, UploadFault | RefundFault | LockedFault | RecordFault>> => {
  const staff = whoActs(deps);
  if (!staff.ok) return staff;
  return recordEvents<UploadFault | RefundFault>(deps, async ({ now }) => {
    const batch = await getBatch(deps.journal.db, batchId);
    if (batch === undefined) return fail({ kind: "batch_unknown" } as const);
    if (batch.state === "uploaded") return fail({ kind: "batch_already_uploaded" } as const);
    const event = decideUpload(await casesOfRefunds(deps.journal.db, batch.refunds), batchId, now);
    const place = cutText(where, longestText);
    return event.ok ? planOf(event.value, place === "" ? undefined : { text: place }) : event;
  });
};
