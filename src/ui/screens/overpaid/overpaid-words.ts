import { daysLeft } from "../../../domain/claim.ts";
import { businessDate, type Calendar, type Instant } from "../../../domain/instant.ts";
import { money } from "../../../domain/money.ts";
import type { OverpayLine } from "../../../usecases/list-overpayments.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

/** Why it looks like too much, and what was meant where that is known. */
export const whyText = (
  { factor, likelyMinor }: Pick<OverpayLine, "factor" | "likelyMinor">,
  currency: OverpayLine["paid"]["currency"],
  format: Format,
): string => {
  const why = t(`overpaid.factor.${factor}`);
  if (likelyMinor === undefined) return why;
  const amount = format.money(money(likelyMinor, currency));
  return `${why}${t("word.separator")}${t("overpaid.likely", { amount })}`;
};

/** How long until the money goes back to the acquirer; nothing ends by it. */
export const dueText = (
  { claim }: OverpayLine,
  now: Instant,
  calendar: Calendar,
): string | undefined => {
  if (claim?.handBackBy === undefined) return undefined;
  const n = daysLeft(claim.handBackBy, businessDate(now, calendar));
  if (n === 0) return t("overpaid.due_today");
  return n > 0 ? t("overpaid.left", { n }) : t("overpaid.due_past", { n: -n });
};
