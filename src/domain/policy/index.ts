import { channelWindow } from "./channel-window.ts";
import type { PolicyFacts, RuleOutcome } from "./facts.ts";
import { partialCount } from "./partial-count.ts";
import { paymentGrade } from "./payment-grade.ts";
import { sameAmount } from "./same-amount.ts";
import { shopWindow } from "./shop-window.ts";

/** Every rule by the name that records and messages use. */
export const rules = {
  channel_window: channelWindow,
  shop_window: shopWindow,
  partial_count: partialCount,
  same_amount: sameAmount,
  payment_grade: paymentGrade,
} as const satisfies Record<string, (facts: PolicyFacts) => RuleOutcome>;

export type RuleName = keyof typeof rules;

export type RuleResult = { readonly rule: RuleName; readonly outcome: RuleOutcome };

export type Verdict = {
  readonly outcome: RuleOutcome;
  /** Every rule, passed or not, in the order of the list. */
  readonly results: readonly RuleResult[];
};

const severity: readonly RuleOutcome[] = ["pass", "warn", "needs_approval", "refused"];

/** Asks every rule and keeps every answer; the worst one is the verdict. */
export const judge = (facts: PolicyFacts): Verdict => {
  const names = Object.keys(rules) as RuleName[];
  const results = names.map((rule) => ({ rule, outcome: rules[rule](facts) }));
  const worst = Math.max(...results.map((result) => severity.indexOf(result.outcome)));
  return { outcome: severity[worst] ?? "pass", results };
};
