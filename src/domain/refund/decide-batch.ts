import type { Batch } from "../batch.ts";
import { given } from "../given.ts";
import type { BatchId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { DecideEvent, MoneyEvent } from "../journal-event.ts";
import { fail, ok, type Result } from "../result.ts";
import { mayDo, rightOf, type AmountLimits } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { cleanText } from "../typed-text.ts";
import type { Attempt } from "./attempt.ts";
import { isApprovalPast, latestAttempt, type RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";
import { commandAllowed } from "./money-track.ts";

const attemptsIn = (cases: readonly RefundCase[], batchId: BatchId): readonly Attempt[] =>
  cases.map(latestAttempt).filter((attempt) => attempt.batchId === batchId);

const hasPastApproval = (cases: readonly RefundCase[], batchId: BatchId, now: Instant): boolean =>
  cases.some(
    (refundCase) =>
      latestAttempt(refundCase).batchId === batchId && isApprovalPast(refundCase, now),
  );

const inOrder = (attempts: readonly Attempt[]): MoneyEvent["refunds"] =>
  attempts.map(({ record }) => record).sort((a, b) => a.seq - b.seq);

/** Reports that a batch was handed to the acquirer: those of its refunds that still wait for it (M10). */
export const decideUpload = (
  { staff, now }: { readonly staff: Staff; readonly now: Instant },
  cases: readonly RefundCase[],
  { batchId, expectedBy }: { readonly batchId: BatchId; readonly expectedBy?: Instant },
): Result<MoneyEvent, RefundFault> => {
  if (rightOf(staff, "export") === "no") return fail({ kind: "not_entitled", action: "export" });
  const waiting = attemptsIn(cases, batchId).filter(({ money }) =>
    commandAllowed(money, "submitted"),
  );
  if (waiting.length === 0) return fail({ kind: "not_allowed_now", state: cases[0]?.money });
  return ok({
    kind: "money",
    state: "submitted",
    by: "staff",
    refunds: inOrder(waiting),
    at: now,
    ...given("expectedBy", expectedBy),
  });
};

/** Why a batch's bytes may not leave the app for the first time: an approval in it has ended since it was made. */
export const deliveryFault = (
  cases: readonly RefundCase[],
  { batchId, out }: Batch,
  now: Instant,
): RefundFault | undefined =>
  out === "prepared" && hasPastApproval(cases, batchId, now)
    ? { kind: "approval_past" }
    : undefined;

/**
 * Says that a batch's bytes left the app; undefined when its refunds or their approvals are past it, so that nothing is to
 * be said.
 */
export const decideDelivery = (
  cases: readonly RefundCase[],
  batch: Batch,
  { out, now }: { readonly out: "shared" | "saved"; readonly now: Instant },
): MoneyEvent | undefined => {
  const inside = attemptsIn(cases, batch.batchId).filter(({ money }) => money === "exported");
  if (batch.state !== "created" || inside.length !== batch.refunds.length) return undefined;
  if (hasPastApproval(cases, batch.batchId, now)) return undefined;
  const { batchId: id, format, rows, total, refunds, file } = batch;
  return {
    kind: "money",
    state: "exported",
    by: "file",
    refunds,
    file,
    batch: { id, format, rows, total },
    out,
  };
};

/** Whether a file with this attempt in it ever left the app. */
export const everLeft = ({ steps }: Attempt): boolean =>
  steps.some(
    (step) => step.kind === "command" && step.state === "exported" && step.out !== "prepared",
  );

/** Whether a batch's bytes may already be with the acquirer, so that taking it back needs proof and another person. */
const hasLeft = (cases: readonly RefundCase[], batch: Batch): boolean =>
  batch.out !== "prepared" || attemptsIn(cases, batch.batchId).some(everLeft);

/** Whether somebody still has to allow that a batch is taken back. */
export const needsConsent = (cases: readonly RefundCase[], batch: Batch): boolean =>
  hasLeft(cases, batch) &&
  attemptsIn(cases, batch.batchId).some(({ recallApproved }) => !recallApproved);

/**
 * Takes a batch back (M9): freely while its bytes never left the app, otherwise only when another person than the
 * exporter has approved the recall of each of its refunds.
 */
export const decideRecall = (
  staff: Staff,
  cases: readonly RefundCase[],
  batch: Batch,
): Result<MoneyEvent, RefundFault> => {
  const right = rightOf(staff, "recall");
  if (right === "no") return fail({ kind: "not_entitled", action: "recall" });
  const attempts = attemptsIn(cases, batch.batchId);
  const stuck = attempts.find(({ money }) => !commandAllowed(money, "ready"));
  if (stuck !== undefined || attempts.length === 0 || needsConsent(cases, batch))
    return fail({ kind: "not_allowed_now", state: stuck?.money ?? cases[0]?.money });
  return ok({ kind: "money", state: "ready", by: "staff", refunds: inOrder(attempts) });
};

/** Who would allow a recall; `alone` when it is known that nobody else here could. */
export type RecallApprover = {
  readonly staff: Staff;
  readonly limits: AmountLimits;
  readonly alone?: boolean;
};

/**
 * Allows the recall of one refund, only with a word on how it is known not to be uploaded: by another person than the
 * exporter, or by the owner where there is no other (refund-model.md §7), which every report names as self-approved.
 */
export const decideRecallApproval = (
  { staff, limits, alone = false }: RecallApprover,
  refundCase: RefundCase,
  proof: string,
): Result<DecideEvent, RefundFault> => {
  const attempt = latestAttempt(refundCase);
  if (attempt.money !== "exported") return fail({ kind: "not_allowed_now", state: attempt.money });
  const within = { amount: attempt.amount.minor, limits };
  if (rightOf(staff, "recall") === "no" || mayDo(staff, "approve", within) !== "yes")
    return fail({ kind: "not_entitled", action: "recall" });
  const own = staff.staff === attempt.exportedBy;
  if (own && !(alone && staff.role === "owner")) return fail({ kind: "own_request" });
  if (cleanText(proof) === "") return fail({ kind: "evidence_missing" });
  return ok({
    kind: "decide",
    about: "recall",
    result: "approve",
    method: "pin",
    refund: attempt.record,
  });
};
