import type { Batch } from "../domain/batch.ts";
import type { CaseId } from "../domain/ids.ts";
import type { DecideEvent, EvidenceFile } from "../domain/journal-event.ts";
import { latestAttempt, type RefundCase } from "../domain/refund/case.ts";
import { decideApproval, type Decision } from "../domain/refund/decide-approval.ts";
import { decideRecallApproval } from "../domain/refund/decide-batch.ts";
import type { RefundFault } from "../domain/refund/faults.ts";
import { openQuestion } from "../domain/refund/open-question.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Staff } from "../domain/staff.ts";
import { getBatch } from "../storage/queries.ts";
import { currentLimits, decideOpening, type Decided } from "./approve-refund.ts";
import type { Deps } from "./deps.ts";
import { inBatch, recallerOf } from "./recall-left-batch.ts";

/** What the till adds to an answer: how it is known that a file was not uploaded, or what is new. */
export type Ground = { readonly proof: string; readonly evidence: readonly EvidenceFile[] };

/** A refund that waits for approval needs nothing besides the answer. */
export const noGround: Ground = { proof: "", evidence: [] };

/** How far the recall of a file has come: one consent for each of its refunds. */
export type RecallProgress = {
  readonly batch: Batch;
  readonly allowed: number;
  /** The first refund that nobody allowed yet. */
  readonly next: CaseId | undefined;
};

/** Undefined for a refund that is in no file. */
export const recallProgress = async (
  deps: Deps,
  refundCase: RefundCase,
): Promise<RecallProgress | undefined> => {
  const { batchId } = latestAttempt(refundCase);
  const batch = batchId && (await getBatch(deps.journal.db, batchId));
  if (batch === undefined) return undefined;
  const cases = await inBatch(deps, batch);
  const open = cases.filter((one) => !latestAttempt(one).recallApproved);
  return { batch, allowed: cases.length - open.length, next: open[0]?.caseId };
};

type Answered = {
  readonly staff: Staff;
  readonly decision: Decision;
  readonly ground: Ground;
};

/** The word on how it is known stands with the first refund of a file and holds for all of them. */
const decideRecalling = async (
  deps: Deps,
  refundCase: RefundCase,
  { staff, ground }: Answered,
): Promise<Result<Decided, RefundFault>> => {
  const progress = await recallProgress(deps, refundCase);
  if (progress === undefined)
    return fail({ kind: "not_allowed_now", state: latestAttempt(refundCase).money });
  const approver = await recallerOf(deps, progress.batch, staff);
  const event = decideRecallApproval(
    approver,
    refundCase,
    progress.allowed > 0 ? "-" : ground.proof,
  );
  return event.ok ? ok({ event: event.value }) : event;
};

const decideQuestion = async (
  deps: Deps,
  refundCase: RefundCase,
  answered: Answered,
): Promise<Result<Decided, RefundFault>> => {
  const approver = { staff: answered.staff, limits: await currentLimits(deps) };
  switch (openQuestion(refundCase)) {
    case "recall":
      return decideRecalling(deps, refundCase, answered);
    case "reopen":
      return decideOpening(deps, refundCase, approver, answered.ground.evidence);
    case "refund":
    case undefined: {
      const event = decideApproval(approver, refundCase, answered.decision);
      return event.ok ? ok({ event: event.value }) : event;
    }
  }
};

const said = (event: DecideEvent, decision: Decision): DecideEvent =>
  decision.result === "approve" ? event : { ...event, result: "reject", reason: decision.reason };

/** Judges the answer of a phone as if its holder stood at the till; a refusal changes nothing of a file or an end. */
export const decideAnswer = async (
  deps: Deps,
  refundCase: RefundCase,
  answered: Answered,
): Promise<Result<Decided, RefundFault>> => {
  const decided = await decideQuestion(deps, refundCase, answered);
  if (!decided.ok) return decided;
  const { event, before } = decided.value;
  const { decision } = answered;
  const isNew = before !== undefined && decision.result === "approve";
  return ok({ event: said(event, decision), ...(isNew ? { before } : {}) });
};
