import { isPaymentCode } from "../codes/index.ts";
import { given } from "../given.ts";
import { firstInstant, type Instant } from "../instant.ts";
import type { RecordRef } from "../ids.ts";
import type { EvidenceFile, JournalEvent, MoneyEvent, MoneyResult } from "../journal-event.ts";
import { isZero } from "../money.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import type { Staff } from "../staff.ts";
import { cutText } from "../typed-text.ts";
import type { Attempt } from "./attempt.ts";
import type { RefundCase } from "./case.ts";
import { latestAttempt } from "./case.ts";
import type { RefundFault } from "./faults.ts";
import { commandAllowed, resultsFrom, tellers } from "./money-track.ts";

/** What a person tells about the acquirer's answer, with the evidence that proves it (G8). */
export type ResultReport = {
  readonly result: MoneyResult;
  readonly by: "portal" | "slip" | "support" | "cust";
  /** Channel refund number, number on the slip, or ticket. */
  readonly reference?: string;
  readonly at: Instant;
  /** The acquirer's own code or words. */
  readonly answer?: string;
  readonly evidence: readonly EvidenceFile[];
  /** The attempt it is about; the latest when absent. */
  readonly attempt?: number;
};

/** Numbers of an acquirer as the record format takes them: printable ASCII, at most 64 characters. */
const isReference = (text: string): boolean => /^[!-~]{1,64}$/.test(text);

const referenceOf = (
  { reference = "", by }: ResultReport,
  now: Instant,
): Result<Partial<MoneyEvent>, RefundFault> => {
  const told = reference.replace(/\s/g, "");
  if (told === "") return ok({});
  if (!isReference(told)) return fail({ kind: "reference_characters" });
  if (isPaymentCode(told, now)) return fail({ kind: "payment_code" });
  return ok(by === "support" ? { ticket: told } : { channelRefundNo: told });
};

/** What each teller must bring besides words (refundlog.md §5.3): text alone is no evidence. */
const isProven = (report: ResultReport, told: Partial<MoneyEvent>): boolean => {
  switch (report.by) {
    case "cust":
      return true;
    case "support":
      return told.ticket !== undefined;
    case "slip":
      return told.channelRefundNo !== undefined || report.evidence.length > 0;
    case "portal": {
      const proven = told.channelRefundNo !== undefined || report.evidence.length > 0;
      return proven || (report.result !== "succeeded" && told.raw !== undefined);
    }
  }
};

const evidenceOf = (
  report: ResultReport,
  now: Instant,
): Result<Partial<MoneyEvent>, RefundFault> => {
  if (!tellers(report.result).includes(report.by)) return fail({ kind: "evidence_missing" });
  const reference = referenceOf(report, now);
  if (!reference.ok) return reference;
  const answer = cutText(report.answer ?? "", 200);
  const told = {
    at: report.at,
    ...reference.value,
    ...given("raw", answer === "" ? undefined : { code: answer }),
    ...given("evidence", report.evidence.length === 0 ? undefined : report.evidence),
  };
  return isProven(report, told) ? ok(told) : fail({ kind: "evidence_missing" });
};

const attemptOf = (refundCase: RefundCase, { attempt }: ResultReport): Attempt =>
  refundCase.attempts.find(({ number }) => number === attempt) ?? latestAttempt(refundCase);

const checkReport = (
  staff: Staff,
  attempt: Attempt,
  report: ResultReport,
): RefundFault | undefined => {
  const action = report.by === "cust" ? "result_heard" : "result_seen";
  if (rightOf(staff, action) === "no") return { kind: "not_entitled", action };
  return isZero(attempt.amount) || !resultsFrom(attempt.money).includes(report.result)
    ? { kind: "not_allowed_now", state: attempt.money }
    : undefined;
};

/** Records what the acquirer or the customer says; without evidence nothing changes (R6, X6). */
export const decideResult = (
  { staff, now }: { readonly staff: Staff; readonly now: Instant },
  refundCase: RefundCase,
  report: ResultReport,
): Result<MoneyEvent, RefundFault> => {
  const attempt = attemptOf(refundCase, report);
  const fault = checkReport(staff, attempt, report);
  if (fault !== undefined) return fail(fault);
  if (report.at > now) return fail({ kind: "evidence_in_future" });
  if (report.at < firstInstant) return fail({ kind: "bad_time" });
  const evidence = evidenceOf(report, now);
  if (!evidence.ok) return evidence;
  const { result: state, by } = report;
  return ok({ kind: "money", state, by, refunds: [attempt.record], ...evidence.value });
};

/**
 * Money that arrived after all makes the newer request for it needless, as long as that has not left (X7). It is taken
 * back first, so that the journal at no record promises more than was paid.
 */
export const withdrawNewer = (
  refundCase: RefundCase,
  report: Pick<MoneyEvent, "state"> & { readonly attempt?: number | undefined },
): readonly JournalEvent[] => {
  const { number, money, record } = latestAttempt(refundCase);
  const older = report.attempt !== undefined && report.attempt < number;
  return older && report.state === "succeeded" && commandAllowed(money, "withdrawn")
    ? [{ kind: "withdraw", refund: record, why: "duplicate" }]
    : [];
};

/**
 * Sends the same refund once more under its number: after a refusal that was cured, or when nobody knows and the
 * acquirer pays a number only once (M13, M15).
 */
export const decideResend = (
  { staff, now }: { readonly staff: Staff; readonly now: Instant },
  refundCase: RefundCase,
  resendIdempotent: boolean,
): Result<MoneyEvent, RefundFault> => {
  if (rightOf(staff, "export") === "no") return fail({ kind: "not_entitled", action: "export" });
  const attempt = latestAttempt(refundCase);
  const { money: state, record } = attempt;
  if (state === "exported" || !commandAllowed(state, "submitted"))
    return fail({ kind: "not_allowed_now", state });
  if (state === "unknown" && !resendIdempotent) return fail({ kind: "resend_not_safe" });
  return ok({ kind: "money", state: "submitted", by: "staff", refunds: [record], at: now });
};

/** The results of an attempt that can be taken back, the newest last. */
export const resultsOf = (attempt: Attempt): readonly RecordRef[] =>
  attempt.steps.flatMap((step) => (step.kind === "result" ? [step.ref] : []));

/** Takes a result back that was recorded by mistake; the state is folded again without it (M24). */
export const decideRetract = (
  staff: Staff,
  refundCase: RefundCase,
  result: RecordRef,
): Result<MoneyEvent, RefundFault> => {
  if (rightOf(staff, "retract") === "no") return fail({ kind: "not_entitled", action: "retract" });
  const attempt = refundCase.attempts.find((one) =>
    resultsOf(one).some((ref) => ref.device === result.device && ref.seq === result.seq),
  );
  if (attempt === undefined) return fail({ kind: "not_allowed_now", state: refundCase.money });
  return ok({
    kind: "money",
    state: "retracted",
    by: "staff",
    refunds: [attempt.record],
    retracts: result,
  });
};
