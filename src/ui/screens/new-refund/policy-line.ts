import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import type { RuleResult, Verdict } from "../../../domain/policy/index.ts";
import type { RuleOutcome } from "../../../domain/policy/facts.ts";
import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type { IconName } from "../../components/icon-names.ts";
import { t } from "../../language.ts";

/** The one line above the button: what the policy says of this refund. */
export type PolicyLine = { readonly icon: IconName; readonly text: string };

type About = {
  readonly policy: ShopPolicy;
  readonly profile: AcquirerProfile;
  /** The person at the till may let through what needs approval. */
  readonly owner: boolean;
};

const severity: readonly RuleOutcome[] = ["refused", "needs_approval", "warn"];

const icons: Readonly<Record<RuleOutcome, IconName>> = {
  pass: "circle-check",
  warn: "circle-alert",
  needs_approval: "user-check",
  refused: "ban",
};

const worst = ({ results }: Verdict): RuleResult | undefined =>
  severity
    .map((outcome) => results.find((result) => result.outcome === outcome))
    .find((result) => result !== undefined);

const textOf = ({ rule, outcome }: RuleResult, { policy, profile, owner }: About): string => {
  const days = profile.refundWindowDays ?? 0;
  const by = owner ? "owner" : "open";
  switch (rule) {
    case "channel_window":
      return t(`refund.policy.channel_window.${outcome === "refused" ? "refused" : "warn"}`, {
        days,
      });
    case "shop_window":
      return outcome === "warn"
        ? t("refund.policy.shop_window.warn")
        : t(`refund.policy.shop_window.${by}`, { days: policy.windowDays });
    case "partial_count":
      return t("refund.policy.partial_count", { n: profile.partialLimit ?? 0 });
    case "same_amount":
      return t("refund.policy.same_amount");
    case "payment_grade":
      return outcome === "warn"
        ? t("refund.policy.payment_grade.warn")
        : t(`refund.policy.payment_grade.${by}`);
  }
};

/** The worst answer of all rules in words; when every rule passed, that it fits. */
export const policyLine = (verdict: Verdict, about: About): PolicyLine => {
  const result = worst(verdict);
  if (result === undefined)
    return { icon: icons.pass, text: t("refund.policy.fits", { days: about.policy.windowDays }) };
  return { icon: icons[result.outcome], text: textOf(result, about) };
};
