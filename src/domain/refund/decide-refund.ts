import { claimFault } from "../claim-fault.ts";
import { given } from "../given.ts";
import type { BusinessDate } from "../instant.ts";
import type { RefundEvent } from "../journal-event.ts";
import { compare, isZero, maxRecordMinor, subtract, type Money } from "../money.ts";
import type { Payment } from "../payment.ts";
import { judge, openRules, refusedBy, writeResults, type Verdict } from "../policy/index.ts";
import type { PolicyFacts } from "../policy/facts.ts";
import { shopDeadline } from "../policy/shop-window.ts";
import { findReason, needsNote, type ReasonCode } from "../reasons.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import { cleanText, longestText } from "../typed-text.ts";
import type { RefundContext, RefundDraft } from "./draft.ts";
import type { RefundFault } from "./faults.ts";
import { gate } from "./gate.ts";
import { leftHere } from "./own-share.ts";
import { termsOf, type Terms } from "./terms.ts";
import { voidUntil } from "./void-rule.ts";

const isElsewhere = ({ type, destination }: RefundDraft): boolean =>
  type === "unreferenced" || destination !== "original";

/** Asking is everybody's right who refunds at all; what lies above it is decided by others. */
const checkRight = ({ staff }: RefundContext, draft: RefundDraft): RefundFault | undefined => {
  const action = isElsewhere(draft) ? "refund_elsewhere" : "refund";
  return rightOf(staff, action) === "no" ? { kind: "not_entitled", action } : undefined;
};

const checkNote = (
  { policy }: RefundContext,
  draft: RefundDraft,
  reason: ReasonCode,
): RefundFault | undefined => {
  const note = cleanText(draft.note ?? "");
  if (note.length > longestText) return { kind: "note_too_long", longest: longestText };
  const wanted = needsNote(reason, policy.rules.eligible) || isElsewhere(draft);
  return wanted && note === "" ? { kind: "note_missing" } : undefined;
};

const checkReason = (
  context: RefundContext,
  draft: RefundDraft,
): Result<ReasonCode, RefundFault> => {
  const reason = findReason(draft.reason);
  if (reason === undefined) return fail({ kind: "reason_missing" });
  const fault = checkNote(context, draft, reason);
  return fault === undefined ? ok(reason) : fail(fault);
};

/** A request that was declined comes back with something new in hand (R24). */
const checkEvidence = (draft: RefundDraft): RefundFault | undefined =>
  (draft.reopens !== undefined || draft.type === "unreferenced") && draft.evidence.length === 0
    ? { kind: "evidence_missing" }
    : undefined;

/** What may still go back; a transfer only by another way, a voided batch not at all. */
const openedBy = (
  context: RefundContext,
  payment: Payment,
  draft: RefundDraft,
): Result<Money, RefundFault> => {
  const open = gate(payment);
  const back = open.kind === "transfer" && draft.destination !== "original";
  if (open.kind !== "refund" && !back) return fail({ kind: "gate_closed", gate: open });
  if (payment.amount.minor > maxRecordMinor)
    return fail({ kind: "amount_above_format", limit: maxRecordMinor });
  const voidable =
    draft.type !== "void" ||
    (draft.destination === "original" && voidUntil({ ...context, payment }) !== undefined);
  return voidable ? ok(open.remaining) : fail({ kind: "void_not_possible" });
};

/** What a rule may look at, for one draft and what it comes to. */
const factsOf = (
  context: RefundContext,
  draft: RefundDraft,
  { terms, reason }: { readonly terms: Terms; readonly reason: ReasonCode },
): PolicyFacts => ({
  payment: context.payment,
  amount: terms.amount,
  mode: modeOf(draft),
  destination: draft.destination,
  reason,
  evidence: draft.evidence.map(({ kind }) => kind),
  lines: terms.lines ?? [],
  policy: context.policy.rules,
  profile: context.profile,
  calendar: context.calendar,
  now: context.now,
  requester: context.staff,
  similar: context.similar,
  maybeElsewhere: context.maybeElsewhere,
  ...given("deviceLimit", context.deviceLimit),
});

const modeOf = ({ type }: RefundDraft): RefundEvent["mode"] =>
  type === "void" || type === "unreferenced" ? type : "referenced";

/** A refund that leaves nothing is a full one, whatever it was called. */
const recordType = (draft: RefundDraft, { amount }: Terms, left: Money): RefundEvent["type"] => {
  if (draft.type === "return" || draft.type === "exchange") return draft.type;
  return draft.type === "void" || left.minor === amount.minor ? "full" : "partial";
};

/** What the refund's record repeats of its payment. */
export const originalOf = (payment: Payment): NonNullable<RefundEvent["original"]> => ({
  total: payment.recordedAmount.minor,
  ...given("merchantNo", payment.merchantNo),
  ...given("terminalNo", payment.terminalNo),
  ...given("paidAt", payment.paidAt),
  ...given("numbers", Object.keys(payment.numbers).length === 0 ? undefined : payment.numbers),
});

const windowOf = (
  { policy, calendar }: RefundContext,
  payment: Payment,
): BusinessDate | undefined =>
  payment.paidAt === undefined
    ? undefined
    : shopDeadline(payment.paidAt, policy.rules.windowDays, calendar);

const paymentPart = (context: RefundContext, payment: Payment, left: Money, terms: Terms) => ({
  paymentId: payment.paymentId,
  remaining: [left.minor, subtract(left, terms.amount).minor] as const,
  payment: payment.record,
  original: originalOf(payment),
  ...given("window", windowOf(context, payment)),
});

/** Everything that is judged before a record is written: right, gate, amount, reason, papers and every rule. */
export type Judged = {
  readonly terms: Terms;
  readonly reason: ReasonCode;
  readonly left: Money | undefined;
  readonly verdict: Verdict;
};

const judgeTerms = (
  context: RefundContext,
  draft: RefundDraft,
  found: Pick<Judged, "terms" | "left">,
): Result<Judged, RefundFault> => {
  const reason = checkReason(context, draft);
  if (!reason.ok) return reason;
  const evidence = checkEvidence(draft);
  if (evidence !== undefined) return fail(evidence);
  const verdict = judge(factsOf(context, draft, { terms: found.terms, reason: reason.value }));
  const [refused] = refusedBy(verdict);
  if (refused !== undefined) return fail({ kind: "rule_refused", rule: refused });
  return ok({ ...found, reason: reason.value, verdict });
};

/** A refund that no payment stands behind: only in cash or credit, never to a wallet (X31). */
const freeTerms = (draft: RefundDraft): Result<Terms, RefundFault> => {
  if (draft.destination === "original") return fail({ kind: "destination_wrong" });
  if (draft.amount.kind !== "partial") return fail({ kind: "amount_zero" });
  const { amount } = draft.amount;
  if (amount.minor <= 0) return fail({ kind: "amount_zero" });
  return amount.minor > maxRecordMinor
    ? fail({ kind: "amount_above_format", limit: maxRecordMinor })
    : ok({ amount });
};

type Asked = readonly [context: RefundContext, draft: RefundDraft];

/** What no payment stands behind is judged as that, however it is called; and what is called that names no payment. */
const asAsked = (context: RefundContext, draft: RefundDraft): Asked =>
  draft.type === "unreferenced" || context.payment === undefined
    ? [
        { ...context, payment: undefined },
        { ...draft, type: "unreferenced" },
      ]
    : [context, draft];

/** Judges a draft on the newest state; what a screen shows before signing is this very answer (R40, R41). */
export const judgeDraft = (context: RefundContext, draft: RefundDraft) =>
  judgeAsked(...asAsked(context, draft));

const overShare = (left: Money): Result<never, RefundFault> => fail({ kind: "over_share", left });

/** Nothing or too little is left of it here, though more is left at all. */
const isOverShare = ({ kind }: RefundFault, here: Money, left: Money): boolean =>
  compare(here, left) < 0 &&
  (kind === "over_remaining" || (kind === "amount_zero" && isZero(here)));

/** What was paid too much waits for who paid it (X25). */
export const heldBack = (
  { excess, staff }: Pick<RefundContext, "excess" | "staff">,
  payment: Payment,
  { amount, reason, destination }: Pick<RefundEvent, "amount" | "reason" | "destination">,
): RefundFault | undefined =>
  excess && claimFault(excess, payment, { amount, reason, destination, staff });

const judgeAsked = (context: RefundContext, draft: RefundDraft): Result<Judged, RefundFault> => {
  const right = checkRight(context, draft);
  if (right !== undefined) return fail(right);
  const { payment } = context;
  if (payment === undefined) {
    const terms = freeTerms(draft);
    return terms.ok ? judgeTerms(context, draft, { terms: terms.value, left: undefined }) : terms;
  }
  const left = openedBy(context, payment, draft);
  if (!left.ok) return left;
  const here = leftHere(left.value, context.shareLeft);
  const terms = termsOf(draft, payment, here);
  if (!terms.ok) return isOverShare(terms.fault, here, left.value) ? overShare(here) : terms;
  const held = heldBack(context, payment, { ...draft, amount: terms.value.amount });
  return held === undefined
    ? judgeTerms(context, draft, { terms: terms.value, left: left.value })
    : fail(held);
};

const needOf = (context: RefundContext, { verdict }: Judged): RefundEvent["need"] => {
  const open = openRules(verdict, context.staff);
  return open.length === 0 ? undefined : { by: "other", why: open.map(({ rule }) => rule) };
};

/** Papers about a person are kept where they can be erased (refundlog.md §10). */
const isPersonal = ({ kind }: RefundDraft["evidence"][number]): boolean => kind === "id";

/** The evidence of a draft that goes into the removable part of its record. */
export const personalEvidence = (draft: RefundDraft): RefundDraft["evidence"] =>
  draft.evidence.filter(isPersonal);

/** A draft that was kept while this device changed its key names a policy of the chain before. */
const shownHere = (
  { policy: { record } }: RefundContext,
  { policyShown }: RefundDraft,
): RefundEvent["policyShown"] => (policyShown?.device === record.device ? policyShown : undefined);

/** Decides whether this refund may be recorded, by the gate, the balance and every rule (guards G1–G3). */
export const decideRefund = (
  basis: RefundContext,
  typed: RefundDraft,
): Result<RefundEvent, RefundFault> => {
  const [context, draft] = asAsked(basis, typed);
  const judged = judgeAsked(context, draft);
  if (!judged.ok) return judged;
  const { terms, reason, left, verdict } = judged.value;
  const { payment } = context;
  return ok({
    kind: "refund",
    caseId: draft.caseId,
    refundNo: context.refundNo,
    attempt: 1,
    type: recordType(draft, terms, left ?? terms.amount),
    mode: modeOf(draft),
    amount: terms.amount,
    acquirer: payment?.acquirer ?? context.profile.id,
    destination: draft.destination,
    reason,
    evidence: draft.evidence.filter((file) => !isPersonal(file)),
    policy: { record: context.policy.record, hash: context.policy.hash },
    ...(payment === undefined || left === undefined
      ? {}
      : paymentPart(context, payment, left, terms)),
    ...given("lines", terms.lines),
    ...given("replacement", terms.replacement),
    ...given("due", terms.due?.minor),
    ...given("need", needOf(context, judged.value)),
    ...given("reopens", draft.reopens),
    ...given("policyShown", shownHere(context, draft)),
    ...given("profile", context.profileHash),
    rules: writeResults(verdict),
  });
};
