import type { Batch } from "../domain/batch.ts";
import type { BatchId } from "../domain/ids.ts";
import { instantFromMs, secondsOf } from "../domain/instant.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import { decideRecallApproval, type RecallApprover } from "../domain/refund/decide-batch.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { cutText, longestText } from "../domain/typed-text.ts";
import { signApproval } from "../ledger/approval.ts";
import type { Saved } from "../storage/append-record.ts";
import { casesOfRefunds, getBatch, listStaff } from "../storage/queries.ts";
import { currentLimits, type ApproverEntry } from "./approve-refund.ts";
import { actingAs, type Deps, type LockedFault } from "./deps.ts";
import { recallBatch } from "./export-batch.ts";
import { recordEvents, type Plan, type RecordFault } from "./record-event.ts";
import type { UploadFault } from "./report-upload.ts";
import { openPerson, type OpenedPerson, type UnlockFault } from "./unlock.ts";

export type RecallFault = UploadFault | RefundFault | UnlockFault | LockedFault | RecordFault;

/** The refunds that this batch still holds. */
export const inBatch = async (
  deps: Deps,
  { refunds, batchId }: Batch,
): Promise<readonly RefundCase[]> => {
  const cases = await casesOfRefunds(deps.journal.db, refunds);
  return cases.filter((refundCase) => latestAttempt(refundCase).batchId === batchId);
};

const mayAllow = (approver: RecallApprover, cases: readonly RefundCase[]): boolean =>
  cases.every((refundCase) => decideRecallApproval(approver, refundCase, "-").ok);

/** Everybody who may allow that a batch which left the app is taken back; the owner alone where there is no other. */
export const listRecallers = async (
  deps: Deps,
  batch: Batch,
): Promise<readonly RecallApprover[]> => {
  const limits = await currentLimits(deps);
  const cases = await inBatch(deps, batch);
  const people = await listStaff(deps.journal.db);
  const among = (alone: boolean) =>
    people
      .map((staff) => ({ staff, limits, alone }))
      .filter((approver) => mayAllow(approver, cases));
  const others = among(false);
  return others.length > 0 ? others : among(true);
};

/** A person as the one who would allow it: alone where there is nobody else. */
export const recallerOf = async (
  deps: Deps,
  batch: Batch,
  staff: Staff,
): Promise<RecallApprover> => {
  const known = await listRecallers(deps, batch);
  return (
    known.find((one) => one.staff.staff === staff.staff) ?? {
      staff,
      limits: await currentLimits(deps),
    }
  );
};

/** One signed consent for each refund of the batch; the word on how it is known stands with the first. */
const planConsents = async (
  deps: Deps,
  batch: Batch,
  { person, proof }: { readonly person: OpenedPerson; readonly proof: string },
): Promise<Result<Plan, RefundFault>> => {
  const approver = await recallerOf(deps, batch, person.staff);
  const iat = secondsOf(instantFromMs(deps.now()));
  const events: Plan["events"][number][] = [];
  for (const refundCase of await inBatch(deps, batch)) {
    const event = decideRecallApproval(approver, refundCase, proof);
    if (!event.ok) return event;
    const intent = {
      about: "recall",
      result: "approve",
      attempt: latestAttempt(refundCase),
    } as const;
    const signed = { ...event.value, proof: await signApproval(intent, iat, person) };
    const text = events.length === 0 ? { personal: { text: cutText(proof, longestText) } } : {};
    events.push({ event: signed, ...text });
  }
  return ok({ events });
};

/**
 * Takes a batch back whose file may have left the app, because it was never uploaded: another person than the exporter
 * allows it with their PIN and says how it is known (M9). Consent and recall are two steps; the first alone changes nothing.
 */
export const recallLeftBatch = async (
  deps: Deps,
  batchId: BatchId,
  { approver, pin, proof }: ApproverEntry & { readonly proof: string },
): Promise<Result<Saved, RecallFault>> => {
  const opened = await openPerson(deps, approver, pin);
  if (!opened.ok) return opened;
  const person = opened.value;
  const acting = actingAs(deps, person.staff);
  const allowed = await recordEvents<UploadFault | RefundFault>(acting, async () => {
    const batch = await getBatch(deps.journal.db, batchId);
    if (batch === undefined) return fail({ kind: "batch_unknown" } as const);
    return planConsents(deps, batch, { person, proof });
  });
  return allowed.ok ? recallBatch(acting, batchId) : allowed;
};
