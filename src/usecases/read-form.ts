import type { RecordRef } from "../domain/ids.ts";
import type { Recorded } from "../domain/journal-event.ts";
import { latestAttempt } from "../domain/refund/case.ts";
import { findRecord } from "../storage/queries.ts";
import { openRecord, toRecorded } from "../storage/stored-record.ts";
import type { Deps } from "./deps.ts";
import { readCase, type CaseFile } from "./read-case.ts";

/** A refund as its application form shows it (upload-files.md §6.1). */
export type FormFile = CaseFile & {
  /** Version of the policy it was judged by; undefined where that record is not here. */
  readonly policyVersion: number | undefined;
};

const eventAt = async (deps: Deps, ref: RecordRef): Promise<Recorded["event"] | undefined> => {
  const record = await findRecord(deps.journal.db, ref);
  const stored = record && openRecord(record);
  return stored && toRecorded(stored, undefined)?.event;
};

const policyVersionOf = async (deps: Deps, { refundCase }: CaseFile) => {
  const refund = await eventAt(deps, latestAttempt(refundCase).record);
  if (refund?.kind !== "refund") return undefined;
  const policy = await eventAt(deps, refund.policy.record);
  return policy?.kind === "policy" ? policy.version : undefined;
};

/** Reads what an application form says of one refund; undefined when it is not on this device. */
export const readForm = async (deps: Deps, id: string): Promise<FormFile | undefined> => {
  const file = await readCase(deps, id, "");
  return file && { ...file, policyVersion: await policyVersionOf(deps, file) };
};
