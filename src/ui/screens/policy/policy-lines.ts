import type { ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type { Translate } from "../../../i18n/index.ts";

const windowLine = (days: number, say: Translate): string =>
  days === 0 ? say("policy.public.same_day") : say("policy.public.window", { n: days });

const listed = (goods: readonly string[], say: Translate): string =>
  goods.reduce((first, second) => say("word.list", { first, second }));

/** What a customer reads in one language: the owner's own words, or else what the rules come to. */
export const policyLines = (
  policy: ShopPolicy,
  language: keyof ShopPolicy["text"],
  say: Translate,
): readonly string[] => {
  const own = policy.text[language];
  if (own !== "") return own.split("\n").filter((line) => line.trim() !== "");
  const { windowDays, coolingOffDays, receiptRequired, unusedRequired, excludedGoods } = policy;
  return [
    windowLine(windowDays, say),
    ...(coolingOffDays === 0 ? [] : [say("policy.public.cooling_off", { n: coolingOffDays })]),
    ...(receiptRequired ? [say("policy.public.receipt")] : []),
    ...(unusedRequired ? [say("policy.public.unused")] : []),
    ...(excludedGoods.length === 0
      ? []
      : [say("policy.public.excluded", { goods: listed(excludedGoods, say) })]),
    say("policy.public.faulty"),
    say("policy.public.original"),
  ];
};
