import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import type { RuleResult, Verdict } from "../../../domain/policy/index.ts";
import type { RuleOutcome } from "../../../domain/policy/facts.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type { IconName } from "../../components/icon-names.ts";
import { t, tWith } from "../../language.ts";

/** The one line above the button: what the policy says of this refund. */
export type PolicyLine = { readonly icon: IconName; readonly text: string };

type About = {
  readonly policy: ShopPolicy;
  readonly profile: AcquirerProfile;
  /** Rules that somebody else has to let through. */
  readonly open: readonly RuleResult[];
  /** Money goes back through the acquirer. */
  readonly byAcquirer: boolean;
};

const severity: readonly RuleOutcome[] = ["refused", "owner", "other", "lead", "warn"];

export const outcomeIcons: Readonly<Record<RuleOutcome, IconName>> = {
  pass: "circle-check",
  warn: "circle-alert",
  lead: "user-check",
  other: "user-check",
  owner: "user-check",
  refused: "ban",
};

const worst = ({ results }: Verdict, open: readonly RuleResult[]): RuleResult | undefined =>
  open[0] ??
  severity
    .map((outcome) => results.find((result) => result.outcome === outcome))
    .find((result) => result !== undefined);

/** Rules about days only warn when nobody knows when the customer paid. */
const datedRules: ReadonlySet<string> = new Set(["shop_window", "role_window", "cooling_off"]);

/** What a rule found, in words; a passed rule says what it looked at. */
export const ruleText = (
  { rule, outcome }: RuleResult,
  { policy, profile }: Pick<About, "policy" | "profile">,
): string => {
  if (outcome === "pass") return t(`refund.rule.${rule}`);
  const facts = {
    days:
      rule === "channel_window"
        ? (profile.refundWindowDays ?? 0)
        : rule === "cooling_off"
          ? policy.coolingOffDays
          : policy.windowDays,
    n: profile.partialLimit ?? 0,
  };
  if (rule === "channel_window" && outcome === "warn")
    return tWith("refund.policy.channel_window_soon", facts);
  if (outcome === "warn" && datedRules.has(rule)) return t("refund.policy.paid_at_unknown");
  return tWith(`refund.policy.${rule}`, facts);
};

const consent = ({ rule, outcome }: RuleResult, open: readonly RuleResult[]): string => {
  if (outcome !== "lead" && outcome !== "other" && outcome !== "owner") return "";
  const isOpen = open.some((one) => one.rule === rule);
  return isOpen ? t(`refund.needs.${outcome}`) : t("refund.needs.own");
};

/** The worst answer of all rules in words; when every rule passed, that it fits. */
export const policyLine = (verdict: Verdict, about: About): PolicyLine => {
  const result = worst(verdict, about.open);
  if (result === undefined)
    return {
      icon: outcomeIcons.pass,
      text: t(about.byAcquirer ? "refund.policy.fits" : "refund.policy.fits_here", {
        days: about.policy.windowDays,
      }),
    };
  const parts = [ruleText(result, about), consent(result, about.open)].filter(
    (part) => part !== "",
  );
  return { icon: outcomeIcons[result.outcome], text: parts.join(t("word.separator")) };
};
