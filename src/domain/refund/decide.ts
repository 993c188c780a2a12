import type { AcquirerProfile } from "../acquirers/profile.ts";
import type { Batch } from "../batch.ts";
import { isPaymentCode } from "../codes/index.ts";
import { given } from "../given.ts";
import { firstInstant, type BusinessDate, type Calendar, type Instant } from "../instant.ts";
import type { BatchId, CaseId, Hash, RecordRef } from "../ids.ts";
import type {
  MoneyEvent,
  MoneyResult,
  RefundEvent,
  WithdrawCause,
  WithdrawEvent,
} from "../journal-event.ts";
import { compare, isZero, maxRecordMinor, subtract, type Money } from "../money.ts";
import { remaining, type Payment } from "../payment.ts";
import { judge, type RuleName } from "../policy/index.ts";
import type { ShopPolicy } from "../policy/shop-policy.ts";
import { shopDeadline } from "../policy/shop-window.ts";
import { findReason, needsNote, type ReasonCode } from "../reasons.ts";
import type { RefundNumber } from "../refund-number.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Staff } from "../staff.ts";
import { cleanText, longestText } from "../typed-text.ts";
import { latestAttempt, type Attempt, type RefundCase } from "./case.ts";
import { gate, type Gate } from "./gate.ts";
import { commandAllowed, resultsFrom, tellers } from "./money-track.ts";

/** What the editor hands over: full takes exactly what remains, partial names its amount. */
export type RefundDraft = {
  readonly caseId: CaseId;
  readonly amount: { readonly kind: "full" } | { readonly kind: "partial"; readonly amount: Money };
  readonly reason: string;
  readonly note?: string;
};

export type RefundFault =
  | { readonly kind: "gate_closed"; readonly gate: Exclude<Gate, { kind: "refund" }> }
  | { readonly kind: "amount_zero" }
  | { readonly kind: "amount_currency"; readonly currency: string }
  | { readonly kind: "over_remaining"; readonly remaining: Money }
  | { readonly kind: "amount_above_format"; readonly limit: number }
  | { readonly kind: "reason_missing" }
  | { readonly kind: "note_missing" }
  | { readonly kind: "note_too_long"; readonly longest: number }
  | { readonly kind: "rule_refused"; readonly rule: RuleName }
  | { readonly kind: "needs_approval"; readonly rules: readonly RuleName[] }
  | { readonly kind: "not_allowed_now"; readonly state: RefundCase["money"] }
  | { readonly kind: "evidence_missing" }
  | { readonly kind: "evidence_in_future" }
  | { readonly kind: "bad_time" }
  | { readonly kind: "payment_code" }
  | { readonly kind: "reference_characters" };

/** All that recording a refund rests on besides the draft. */
export type RefundContext = {
  readonly payment: Payment;
  readonly profile: AcquirerProfile;
  readonly policy: { readonly rules: ShopPolicy; readonly record: RecordRef; readonly hash: Hash };
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly staff: Staff;
  readonly refundNo: RefundNumber;
};

const checkAmount = (draft: RefundDraft, left: Money): Result<Money, RefundFault> => {
  if (draft.amount.kind === "full") return ok(left);
  const { amount } = draft.amount;
  if (amount.currency !== left.currency)
    return fail({ kind: "amount_currency", currency: left.currency });
  if (isZero(amount) || amount.minor < 0) return fail({ kind: "amount_zero" });
  return compare(amount, left) > 0 ? fail({ kind: "over_remaining", remaining: left }) : ok(amount);
};

const checkReason = (draft: RefundDraft): Result<ReasonCode, RefundFault> => {
  const reason = findReason(draft.reason);
  if (reason === undefined) return fail({ kind: "reason_missing" });
  const note = cleanText(draft.note ?? "");
  if (note.length > longestText) return fail({ kind: "note_too_long", longest: longestText });
  return needsNote(reason) && note === "" ? fail({ kind: "note_missing" }) : ok(reason);
};

const askPolicy = (
  context: RefundContext,
  amount: Money,
  type: "full" | "partial",
): Result<RefundEvent["rules"], RefundFault> => {
  const verdict = judge({ ...context, policy: context.policy.rules, amount, type });
  const refused = verdict.results.find((result) => result.outcome === "refused");
  if (refused !== undefined) return fail({ kind: "rule_refused", rule: refused.rule });
  const open = verdict.results
    .filter((result) => result.outcome === "needs_approval")
    .map((result) => result.rule);
  if (open.length > 0 && context.staff.role !== "owner")
    return fail({ kind: "needs_approval", rules: open });
  const told = verdict.results.map(({ rule, outcome }) => [
    rule,
    outcome === "needs_approval" ? "owner" : outcome,
  ]);
  return ok(Object.fromEntries(told) as Record<string, string>);
};

const originalOf = (payment: Payment): RefundEvent["original"] => ({
  total: payment.amount.minor,
  ...given("merchantNo", payment.merchantNo),
  ...given("terminalNo", payment.terminalNo),
  ...given("paidAt", payment.paidAt),
  ...given("numbers", Object.keys(payment.numbers).length === 0 ? undefined : payment.numbers),
});

const windowOf = ({ payment, policy, calendar }: RefundContext): BusinessDate | undefined =>
  payment.paidAt === undefined
    ? undefined
    : shopDeadline(payment.paidAt, policy.rules.windowDays, calendar);

/** Decides whether this refund may be recorded, by the gate, the balance and every rule (guards G1–G3). */
export const decideRefund = (
  context: RefundContext,
  draft: RefundDraft,
): Result<RefundEvent, RefundFault> => {
  const { payment } = context;
  const open = gate(payment);
  if (open.kind !== "refund") return fail({ kind: "gate_closed", gate: open });
  if (payment.amount.minor > maxRecordMinor)
    return fail({ kind: "amount_above_format", limit: maxRecordMinor });
  const amount = checkAmount(draft, open.remaining);
  if (!amount.ok) return amount;
  const reason = checkReason(draft);
  if (!reason.ok) return reason;
  const rest = subtract(open.remaining, amount.value);
  const type = isZero(rest) ? "full" : "partial";
  const rules = askPolicy(context, amount.value, type);
  if (!rules.ok) return rules;
  return ok({
    kind: "refund",
    caseId: draft.caseId,
    refundNo: context.refundNo,
    attempt: 1,
    type,
    mode: "referenced",
    amount: amount.value,
    paymentId: payment.paymentId,
    remaining: [open.remaining.minor, rest.minor],
    acquirer: payment.acquirer,
    destination: "original",
    reason: reason.value,
    evidence: [],
    policy: { record: context.policy.record, hash: context.policy.hash },
    payment: payment.record,
    ...given("original", originalOf(payment)),
    ...given("window", windowOf(context)),
    ...given("rules", rules.value),
  });
};

/** Takes our own record back before it leaves (M6). */
export const decideWithdraw = (
  refundCase: RefundCase,
  why: WithdrawCause,
): Result<WithdrawEvent, RefundFault> => {
  const attempt = latestAttempt(refundCase);
  if (!commandAllowed(attempt.money, "withdrawn"))
    return fail({ kind: "not_allowed_now", state: attempt.money });
  return ok({ kind: "withdraw", refund: attempt.record, why });
};

/** What a person tells about the acquirer's answer, with the evidence that proves it (G8). */
export type ResultReport = {
  readonly result: MoneyResult;
  readonly by: "portal" | "slip" | "support" | "cust";
  /** Channel refund number, ticket or words of the acquirer. */
  readonly reference?: string;
  readonly at: Instant;
  readonly code?: string;
};

/** Numbers of an acquirer as the record format takes them: printable ASCII, at most 64 characters. */
const isReference = (text: string): boolean => /^[!-~]{1,64}$/.test(text);

const evidenceOf = (
  report: ResultReport,
  now: Instant,
): Result<Partial<MoneyEvent>, RefundFault> => {
  if (!tellers(report.result).includes(report.by)) return fail({ kind: "evidence_missing" });
  if (report.by === "cust") return ok({ at: report.at });
  const reference = (report.reference ?? "").replace(/\s/g, "");
  if (reference === "") return fail({ kind: "evidence_missing" });
  if (!isReference(reference)) return fail({ kind: "reference_characters" });
  if (isPaymentCode(reference, now)) return fail({ kind: "payment_code" });
  const words = given("raw", report.code === undefined ? undefined : { code: report.code });
  return ok({
    at: report.at,
    ...words,
    ...(report.by === "support" ? { ticket: reference } : { channelRefundNo: reference }),
  });
};

/** Records what the acquirer or the customer says; without evidence nothing changes (R6, X6). */
export const decideResult = (
  refundCase: RefundCase,
  report: ResultReport,
  now: Instant,
): Result<MoneyEvent, RefundFault> => {
  const attempt = latestAttempt(refundCase);
  if (!resultsFrom(attempt.money).includes(report.result))
    return fail({ kind: "not_allowed_now", state: attempt.money });
  if (report.at > now) return fail({ kind: "evidence_in_future" });
  if (report.at < firstInstant) return fail({ kind: "bad_time" });
  const evidence = evidenceOf(report, now);
  if (!evidence.ok) return evidence;
  return ok({
    kind: "money",
    state: report.result,
    by: report.by,
    refunds: [attempt.record],
    ...evidence.value,
  });
};

/** Reports that a batch was handed to the acquirer: those of its refunds that still wait for it (M10). */
export const decideUpload = (
  cases: readonly RefundCase[],
  batchId: BatchId,
  at: Instant,
): Result<MoneyEvent, RefundFault> => {
  const waiting = cases
    .map(latestAttempt)
    .filter((attempt) => attempt.batchId === batchId && commandAllowed(attempt.money, "submitted"));
  if (waiting.length === 0) return fail({ kind: "not_allowed_now", state: cases[0]?.money });
  const refunds = waiting.map((attempt) => attempt.record).sort((a, b) => a.seq - b.seq);
  return ok({ kind: "money", state: "submitted", by: "staff", refunds, at });
};

/** Says that a batch's bytes left the app; undefined when its refunds are past it, so that nothing is to be said. */
export const decideDelivery = (
  cases: readonly RefundCase[],
  batch: Batch,
  out: "shared" | "saved",
): MoneyEvent | undefined => {
  const inside = cases
    .map(latestAttempt)
    .filter(({ batchId, money }) => batchId === batch.batchId && money === "exported");
  if (batch.state !== "created" || inside.length !== batch.refunds.length) return undefined;
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

/** Takes a batch back whose bytes never left the app: shared or saved ones need proof and a second person (M9). */
export const decideRecall = (
  cases: readonly RefundCase[],
  batch: Batch,
): Result<MoneyEvent, RefundFault> => {
  const attempts = cases.map(latestAttempt).filter((attempt) => attempt.batchId === batch.batchId);
  const stuck = attempts.find(
    (attempt) => !commandAllowed(attempt.money, "ready") || everLeft(attempt),
  );
  if (stuck !== undefined || attempts.length === 0 || batch.out !== "prepared")
    return fail({ kind: "not_allowed_now", state: stuck?.money ?? cases[0]?.money });
  const refunds = attempts.map((attempt) => attempt.record).sort((a, b) => a.seq - b.seq);
  return ok({ kind: "money", state: "ready", by: "staff", refunds });
};

const everLeft = (attempt: Attempt): boolean =>
  attempt.steps.some(
    (step) => step.kind === "command" && step.state === "exported" && step.out !== "prepared",
  );

/** The balance before and after this draft, for the review line above the button. */
export const balanceAfter = (
  payment: Payment,
  draft: RefundDraft,
): Result<readonly [before: Money, after: Money], RefundFault> => {
  const left = remaining(payment);
  const amount = checkAmount(draft, left);
  return amount.ok ? ok([left, subtract(left, amount.value)]) : amount;
};
