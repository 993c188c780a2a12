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

/** Whether it speaks of a failure: then nobody knows of which refund. */
export const isFailure = (word: BatchWord): boolean => word.endsWith("失败");

/** How far a batch got; what the acquirer has said of its refunds is in their cases. */
export type BatchState = Batch["state"] | "acknowledged";

/** What the acquirer has said of an attempt since it last left. */
const answersTo = ({ steps }: Attempt): readonly MoneyStep[] => {
  const left = steps
    .map((step) => step.kind === "command" && step.state === "exported")
    .lastIndexOf(true);
  return steps
    .slice(left + 1)
    .filter((step) => step.kind === "result" && step.by !== "staff" && step.by !== "cust");
};

type Refunds = Pick<Batch, "batchId" | "refunds">;

type Inside = { readonly refundCase: RefundCase; readonly attempt: Attempt };

/** Those that left in a newer batch count no more. */
const attemptsIn = (
  cases: readonly RefundCase[],
  { batchId, refunds }: Refunds,
): readonly Inside[] => {
  const inside = new Set(refunds.map(writeRef));
  return cases.flatMap((refundCase) =>
    refundCase.attempts
      .filter((one) => one.batchId === batchId && inside.has(writeRef(one.record)))
      .map((attempt) => ({ refundCase, attempt })),
  );
};

const isWord = ({ history }: RefundCase, { ref }: MoneyStep): boolean =>
  history.some(
    ({ ref: at, told }) =>
      writeRef(at) === writeRef(ref) &&
      told.kind === "money" &&
      told.by === "portal" &&
      batchWords.some((word) => word === told.reference),
  );

const underWay: ReadonlySet<Attempt["money"]> = new Set(["submitted", "processing", "unknown"]);

/** The attempts of which a portal's word of the whole file is still news: at most such a word was said of them before. */
export const openToWord = (cases: readonly RefundCase[], batch: Refunds): readonly Attempt[] =>
  attemptsIn(cases, batch)
    .filter(({ refundCase, attempt }) => {
      const answers = answersTo(attempt);
      if (answers.length === 0) return true;
      return underWay.has(attempt.money) && answers.every((step) => isWord(refundCase, step));
    })
    .map(({ attempt }) => attempt);

/** A batch is acknowledged once the acquirer has answered, by its portal or its files, about every refund in it. */
export const batchState = (batch: Batch, cases: readonly RefundCase[]): BatchState =>
  batch.state === "uploaded" &&
  cases.length > 0 &&
  attemptsIn(cases, batch).every(({ attempt }) => answersTo(attempt).length > 0)
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
  const waiting = openToWord(cases, batch);
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
