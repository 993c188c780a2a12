import type { BatchId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { expectedBy } from "../domain/expected-by.ts";
import { decideUpload } from "../domain/refund/decide-batch.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import { fail, type Result } from "../domain/result.ts";
import type { Saved } from "../storage/append-record.ts";
import { findProfile } from "../storage/profiles.ts";
import { casesOfRefunds, getBatch } from "../storage/queries.ts";
import { whoActs, type Deps, type LockedFault } from "./deps.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type UploadFault =
  | { readonly kind: "batch_unknown" }
  | { readonly kind: "batch_already_uploaded" };

/** When the slowest of a batch should have arrived; a batch goes to one acquirer. */
const dueDate = async (deps: Deps, cases: readonly RefundCase[], now: Instant) => {
  const [first] = cases;
  if (first === undefined) return {};
  const { profile } = await findProfile(deps.journal.db, first.acquirer);
  return { expectedBy: expectedBy(profile, now, deps.calendar) };
};

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
    const cases = await casesOfRefunds(deps.journal.db, batch.refunds);
    const due = await dueDate(deps, cases, now);
    const event = decideUpload({ staff: staff.value, now }, cases, { batchId, ...due });
    const place = cutText(where, longestText);
    return event.ok ? planOf(event.value, place === "" ? undefined : { text: place }) : event;
  });
};
