import type { Batch } from "../batch.ts";
import { writeRef } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { MoneyEvent } from "../journal-event.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import type { Attempt } from "./attempt.ts";
import type { RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";
import type { MoneyStep } from "./money-track.ts";

/** What a portal says of a whole file (upload-files.md §5); none of it says that one of its refunds arrived. */
export const batchWords = [
  "待处理",
  "处理中",
  "已处理",
  "处理完成",
  "已完成",
  "部分失败",
  "处理失败",
  "退款失败",
] as const;

export type BatchWord = (typeof batchWords)[number];

const isFailure = (word: BatchWord): boolean => word.endsWith("失败");

/** How far a batch got; what the acquirer has said of its refunds is in their cases. */
export type BatchState = Batch["state"] | "acknowledged";

/** Whether the acquirer has said something of an attempt since it last left. */
const isAnswered = ({ steps }: Attempt): boolean => {
  const left = steps.findIndex(
    (step, at) =>
      step.kind === "command" && step.state === "exported" && !leavesAgain(steps.slice(at + 1)),
  );
  return steps
    .slice(left + 1)
    .some((step) => step.kind === "result" && step.by !== "staff" && step.by !== "cust");
};

const leavesAgain = (steps: readonly MoneyStep[]): boolean =>
  steps.some((step) => step.kind === "command" && step.state === "exported");

/** The attempts of an uploaded batch of which the acquirer has said nothing; those that left in a newer one count no more. */
export const unanswered = (
  cases: readonly RefundCase[],
  { batchId, refunds }: Pick<Batch, "batchId" | "refunds">,
): readonly Attempt[] => {
  const inside = new Set(refunds.map(writeRef));
  return cases
    .flatMap(({ attempts }) => attempts)
    .filter((attempt) => attempt.batchId === batchId && inside.has(writeRef(attempt.record)))
    .filter((attempt) => !isAnswered(attempt));
};

/** A batch is acknowledged once the acquirer has answered, by its portal or its files, about every refund in it. */
export const batchState = (batch: Batch, cases: readonly RefundCase[]): BatchState =>
  batch.state === "uploaded" && cases.length > 0 && unanswered(cases, batch).length === 0
    ? "acknowledged"
    : batch.state;

/**
 * Records what the portal says of a whole file: it has the refunds, and each of them is under way; where it speaks of a
 * failure nobody knows which, so each has to be looked up.
 */
export const decideAcknowledge = (
  { staff, now }: { readonly staff: Staff; readonly now: Instant },
  cases: readonly RefundCase[],
  { batch, word }: { readonly batch: Batch; readonly word: BatchWord },
): Result<MoneyEvent, RefundFault> => {
  const action = "result_seen";
  if (rightOf(staff, action) === "no") return fail({ kind: "not_entitled", action });
  const waiting = unanswered(cases, batch);
  if (batch.state !== "uploaded" || waiting.length === 0)
    return fail({ kind: "not_allowed_now", state: cases[0]?.money });
  return ok({
    kind: "money",
    state: isFailure(word) ? "unknown" : "processing",
    by: "portal",
    refunds: waiting.map(({ record }) => record).sort((a, b) => a.seq - b.seq),
    at: now,
    raw: { code: word },
  });
};
