import type { Role } from "../journal-event.ts";
import { channelWindow } from "./channel-window.ts";
import { coolingOff } from "./cooling-off.ts";
import { destination } from "./destination.ts";
import { deviceLimit } from "./device-limit.ts";
import { discount } from "./discount.ts";
import { excludedGoods } from "./excluded-goods.ts";
import { isWorse, outcomes, type PolicyFacts, type Rule, type RuleOutcome } from "./facts.ts";
import { otherTill } from "./other-till.ts";
import { papers } from "./papers.ts";
import { partialCount } from "./partial-count.ts";
import { paymentGrade } from "./payment-grade.ts";
import { reasonEligible } from "./reason-eligible.ts";
import { roleCount, roleLimit, roleWindow } from "./role-limits.ts";
import { sameAmount, similarRefund } from "./same-amount.ts";
import { settlement } from "./settlement.ts";
import { shopWindow } from "./shop-window.ts";
import { spacing } from "./spacing.ts";

/** Every rule by the name that records and messages use, in the order of the review. */
export const rules = {
  channel_window: channelWindow,
  partial_count: partialCount,
  settlement,
  destination,
  payment_grade: paymentGrade,
  role_limit: roleLimit,
  device_limit: deviceLimit,
  shop_window: shopWindow,
  role_window: roleWindow,
  role_count: roleCount,
  reason_eligible: reasonEligible,
  cooling_off: coolingOff,
  excluded_goods: excludedGoods,
  papers,
  other_till: otherTill,
  same_amount: sameAmount,
  similar_refund: similarRefund,
  spacing,
  discount,
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as readonly RuleName[];

export type RuleResult = { readonly rule: RuleName; readonly outcome: RuleOutcome };

export type Verdict = {
  readonly outcome: RuleOutcome;
  /** Every rule, passed or not, in the order of the list. */
  readonly results: readonly RuleResult[];
};

/** Asks every rule and keeps every answer; the worst one is the verdict. */
export const judge = (facts: PolicyFacts): Verdict => {
  const results = ruleNames.map((rule) => ({ rule, outcome: rules[rule](facts) }));
  const outcome = results.reduce<RuleOutcome>(
    (worst, result) => (isWorse(result.outcome, worst) ? result.outcome : worst),
    "pass",
  );
  return { outcome, results };
};

/** The rules that nobody may break. */
export const refusedBy = ({ results }: Verdict): readonly RuleName[] =>
  results.filter(({ outcome }) => outcome === "refused").map(({ rule }) => rule);

const asksOthers = (outcome: RuleOutcome, role: Role): boolean => {
  switch (outcome) {
    case "pass":
    case "warn":
    case "refused":
      return false;
    case "lead":
      return role !== "owner" && role !== "lead";
    case "owner":
      return role !== "owner";
    case "other":
      return true;
  }
};

/** The rules that somebody else than the requester has to let through. */
export const openRules = (
  { results }: Verdict,
  { role }: Pick<PolicyFacts["requester"], "role">,
): readonly RuleResult[] => results.filter(({ outcome }) => asksOthers(outcome, role));

/** Answers as a record keeps them, and back; words of a newer version are not known here. */
export const writeResults = ({ results }: Verdict): { readonly [rule: string]: string } =>
  Object.fromEntries(results.map(({ rule, outcome }) => [rule, outcome]));

export const readResults = (told: { readonly [rule: string]: string }): readonly RuleResult[] =>
  ruleNames.flatMap((rule) => {
    const outcome = outcomes.find((one) => one === told[rule]);
    return outcome === undefined ? [] : [{ rule, outcome }];
  });
