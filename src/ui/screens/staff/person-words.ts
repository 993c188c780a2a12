import { money } from "../../../domain/money.ts";
import type { AmountLimits } from "../../../domain/rights.ts";
import { limitOf } from "../../../domain/rights.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { Currency } from "../../../domain/currency.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

/** A person's limit in words; undefined where none is needed: an auditor refunds nothing. */
export const limitText = (
  person: Staff,
  limits: AmountLimits,
  { format, currency }: { readonly format: Format; readonly currency: Currency },
): string | undefined => {
  if (person.role === "auditor") return undefined;
  const limit = limitOf(person, limits);
  return limit === undefined
    ? t("people.no_limit")
    : t("people.limit_of", { amount: format.money(money(limit, currency)) });
};
