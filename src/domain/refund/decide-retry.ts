import { given } from "../given.ts";
import type { GoodsEvent, GoodsLine, RefundEvent } from "../journal-event.ts";
import { isZero, subtract } from "../money.ts";
import { remaining } from "../payment.ts";
import { judge, openRules, refusedBy, writeResults } from "../policy/index.ts";
import { findReason } from "../reasons.ts";
import { fail, ok, type Result } from "../result.ts";
import { rightOf } from "../rights.ts";
import { latestAttempt, type RefundCase } from "./case.ts";
import { goodsAreSettled } from "./decide-goods.ts";
import { heldBack, originalOf } from "./decide-refund.ts";
import type { RefundContext } from "./draft.ts";
import type { RefundFault } from "./faults.ts";
import { gate } from "./gate.ts";
import { leftFault } from "./own-share.ts";

/** A new request for the same refund, and the word about its goods that the new record needs. */
export type Retry = { readonly refund: RefundEvent; readonly goods?: Omit<GoodsEvent, "refund"> };

const checkRetry = (context: RefundContext, refundCase: RefundCase): RefundFault | undefined => {
  const { staff, payment, shareLeft } = context;
  if (rightOf(staff, "new_attempt") === "no")
    return { kind: "not_entitled", action: "new_attempt" };
  const { money: state, amount } = latestAttempt(refundCase);
  if ((state !== "failed" && state !== "closed") || isZero(amount) || payment === undefined)
    return { kind: "not_allowed_now", state };
  const open = gate(payment);
  if (open.kind !== "refund" && open.kind !== "transfer")
    return { kind: "gate_closed", gate: open };
  const fault = leftFault(payment, { ...refundCase, amount }, shareLeft);
  return fault ?? heldBack(context, payment, { ...refundCase, amount });
};

/** A void that failed goes on as a refund; everything else stays as it was asked. */
const typeOf = (refundCase: RefundCase, rest: number): RefundEvent["type"] => {
  const { type } = refundCase;
  if (type === "return" || type === "exchange") return type;
  return rest === 0 ? "full" : "partial";
};

const verdictOf = (context: RefundContext, refundCase: RefundCase) =>
  judge({
    payment: context.payment,
    amount: refundCase.amount,
    mode: "referenced",
    destination: refundCase.destination,
    reason: findReason(refundCase.reason) ?? "other",
    evidence: refundCase.evidence.map(({ kind }) => kind),
    lines: refundCase.lines ?? [],
    policy: context.policy.rules,
    profile: context.profile,
    calendar: context.calendar,
    now: context.now,
    requester: context.staff,
    similar: 0,
    maybeElsewhere: false, // it was looked at when the first attempt was recorded
    ...given("deviceLimit", context.deviceLimit),
  });

/** An approval covers exactly these terms (refundlog.md §5.1, `apv`). */
const sameTerms = (refundCase: RefundCase, type: RefundEvent["type"]): boolean =>
  latestAttempt(refundCase).mode === "referenced" && refundCase.type === type;

/** The approval that an unchanged retry carries over, or what somebody has to let through again. */
const approvalOf = (
  refundCase: RefundCase,
  { type, open }: { readonly type: RefundEvent["type"]; readonly open: readonly string[] },
): Pick<RefundEvent, "need" | "approval"> => {
  const { approval, approvedBy } = latestAttempt(refundCase);
  if (approval === "approved" && approvedBy !== undefined && sameTerms(refundCase, type))
    return { approval: approvedBy };
  return open.length === 0 ? {} : { need: { by: "other", why: open } };
};

/**
 * Opens attempt n+1 of a refund that failed or was closed, under a new number (M21); the guards of a first refund hold
 * again, new terms need new approval, and no other state opens one (X4).
 */
export const decideRetry = (
  context: RefundContext,
  refundCase: RefundCase,
): Result<Retry, RefundFault> => {
  const fault = checkRetry(context, refundCase);
  if (fault !== undefined) return fail(fault);
  const { payment } = context;
  if (payment === undefined) return fail({ kind: "not_allowed_now", state: refundCase.money });
  const verdict = verdictOf(context, refundCase);
  const [refused] = refusedBy(verdict);
  if (refused !== undefined) return fail({ kind: "rule_refused", rule: refused });
  const latest = latestAttempt(refundCase);
  const left = remaining(payment);
  const rest = subtract(left, latest.amount);
  const type = typeOf(refundCase, rest.minor);
  const open = openRules(verdict, context.staff).map(({ rule }) => rule);
  const refund: RefundEvent = {
    kind: "refund",
    caseId: refundCase.caseId,
    refundNo: context.refundNo,
    attempt: latest.number + 1,
    type,
    mode: "referenced",
    amount: latest.amount,
    paymentId: payment.paymentId,
    remaining: [left.minor, rest.minor],
    acquirer: payment.acquirer,
    destination: refundCase.destination,
    reason: refundCase.reason,
    evidence: [],
    policy: { record: context.policy.record, hash: context.policy.hash },
    payment: payment.record,
    original: originalOf(payment),
    previous: latest.record,
    ...approvalOf(refundCase, { type, open }),
    ...given("lines", refundCase.lines?.map(asSigned)),
    ...given("replacement", refundCase.replacement),
    ...given("due", refundCase.due),
    ...given("window", refundCase.window),
    ...given("profile", context.profileHash),
    rules: writeResults(verdict),
  };
  const settled = refundCase.goods !== "none" && goodsAreSettled(refundCase);
  return ok({
    refund,
    ...given(
      "goods",
      settled ? ({ kind: "goods", state: goodsWord(refundCase) } as const) : undefined,
    ),
  });
};

/** A line as the record before it named it: consent was given to that. */
const asSigned = (line: GoodsLine): GoodsLine => {
  const { condition: _, ...signed } = line;
  return signed;
};

const goodsWord = ({ goods }: RefundCase): GoodsEvent["state"] =>
  goods === "none" || goods === "awaiting" ? "awaiting" : goods;
