import { money, subtract, type Money } from "../../../domain/money.ts";
import { openRules, type RuleResult, type Verdict } from "../../../domain/policy/index.ts";
import { plainReason } from "../../../domain/reasons.ts";
import { judgeDraft } from "../../../domain/refund/decide-refund.ts";
import type { RefundContext, RefundDraft } from "../../../domain/refund/draft.ts";
import type { RefundFault } from "../../../domain/refund/faults.ts";
import type { Result } from "../../../domain/result.ts";

/** What will be signed, as it stands: amount, balances, every rule's answer, and who must still allow it. */
export type Review = {
  readonly amount: Money;
  /** What the customer still pays in an exchange. */
  readonly due: Money;
  readonly before: Money;
  readonly after: Money;
  readonly verdict: Verdict;
  readonly open: readonly RuleResult[];
};

/**
 * Judges the entry by the very function that decides when it is recorded (R40); while no reason was picked, by one that
 * asks for nothing special.
 */
export const reviewOf = (
  context: RefundContext,
  draft: RefundDraft,
): Result<Review, RefundFault> => {
  const asked = { ...draft, reason: draft.reason === "" ? plainReason : draft.reason, note: "-" };
  const judged = judgeDraft(context, asked);
  if (!judged.ok) return judged;
  const { terms, left, verdict } = judged.value;
  const before = left ?? terms.amount;
  return {
    ok: true,
    value: {
      amount: terms.amount,
      due: terms.due ?? money(0, before.currency),
      before,
      after: subtract(before, terms.amount),
      verdict,
      open: openRules(verdict, context.staff),
    },
  };
};
