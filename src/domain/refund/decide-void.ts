import { handFormat } from "../batches/hand-sheet.ts";
import type { BatchId, Hash } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { MoneyEvent } from "../journal-event.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { cutText } from "../typed-text.ts";
import { isApprovalPast, latestAttempt, type RefundCase } from "./case.ts";
import type { RefundFault } from "./faults.ts";

/** A void as it was typed at the terminal, and what the terminal said. */
export type FailedVoid = {
  readonly batchId: BatchId;
  /** Hash of the sheet that was typed from. */
  readonly file: Hash;
  readonly answer: string;
};

/**
 * The terminal refused a void: it had been handed over as a batch of one, and its refusal is the evidence that frees the
 * money for a refund (refund-model.md §4). Without the terminal's words nothing is freed.
 */
export const decideVoidFailed = (
  { staff, now: at }: { readonly staff: Staff; readonly now: Instant },
  refundCase: RefundCase,
  { batchId: id, file, answer }: FailedVoid,
): Result<readonly MoneyEvent[], RefundFault> => {
  const { money: state, mode, record, amount } = latestAttempt(refundCase);
  if (mode !== "void" || state !== "ready") return fail({ kind: "not_allowed_now", state });
  if (isApprovalPast(refundCase, at)) return fail({ kind: "approval_past" });
  const missing = (["export", "result_seen"] as const).find((one) => rightOf(staff, one) === "no");
  if (missing !== undefined) return fail({ kind: "not_entitled", action: missing });
  const code = cutText(answer, 200);
  if (code === "") return fail({ kind: "evidence_missing" });
  const about = { kind: "money", refunds: [record] } as const;
  const batch = { id, format: handFormat, rows: 1, total: amount };
  return ok([
    { ...about, state: "exported", by: "file", file, batch, out: "saved" },
    { ...about, state: "submitted", by: "staff", at },
    { ...about, state: "failed", by: "portal", at, raw: { code } },
  ]);
};
