import type { RecordRef } from "../domain/ids.ts";
import type { RefundEvent } from "../domain/journal-event.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";
import { readCase, type CaseFile } from "./read-case.ts";
import { readPolicyAt, type PolicyInForce } from "./read-policy.ts";

/** A refund as its application form and its dispute pack show it (upload-files.md §6.1). */
export type FormFile = CaseFile & {
  /** The policy it was judged by; undefined where that record is not here. */
  readonly policy: PolicyInForce | undefined;
  /** The policy that the customer was shown when it was recorded (R21). */
  readonly policyShown: PolicyInForce | undefined;
};

/** What one attempt was recorded with; undefined where that record is not here. */
export const findRefundEvent = async (
  { journal: { db } }: Deps,
  ref: RecordRef,
): Promise<RefundEvent | undefined> => {
  const record = await findRecord(db, ref);
  const stored = record && openRecord(record);
  const event = stored && toRecorded(stored, undefined)?.event;
  return event?.kind === "refund" ? event : undefined;
};

/** Reads what papers say of one refund; undefined when it is not on this device. */
export const readForm = async (deps: Deps, id: string): Promise<FormFile | undefined> => {
  const file = await readCase(deps, id, "");
  if (file === undefined) return undefined;
  const [opening = latestAttempt(file.refundCase)] = file.refundCase.attempts;
  const refund = await findRefundEvent(deps, opening.record);
  const shown = refund?.policyShown;
  return {
    ...file,
    policy: refund && (await readPolicyAt(deps, refund.policy.record)),
    policyShown: shown && (await readPolicyAt(deps, shown)),
  };
};
