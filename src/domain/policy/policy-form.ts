import type { Currency } from "../currency.ts";
import { given } from "../given.ts";
import { money, parseAmount, writeAmount } from "../money.ts";
import {
  eligibilities,
  eligibilityOf,
  reasonCodes,
  type EditedEligibility,
  type ReasonCode,
} from "../reasons.ts";
import { fail, ok, type Result } from "../result.ts";
import { cleanText } from "../typed-text.ts";
import {
  findPolicyFault,
  type PolicyFault,
  type RoleLimits,
  type ShopPolicy,
} from "./shop-policy.ts";

type LimitedRole = keyof ShopPolicy["limits"];

/** A field of the form, by the place of the policy that it stands for. */
export type PolicyField =
  | "windowDays"
  | "coolingOffDays"
  | "receiptRequired"
  | "unusedRequired"
  | "photoFrom"
  | "typedTwiceFrom"
  | "excludedGoods"
  | `limits.${LimitedRole}.${keyof RoleLimits}`
  | `eligible.${ReasonCode}`
  | "text.zh"
  | "text.en";

/** What a field of the form says as text; a box that is ticked says `on`. */
export type PolicyForm = (field: PolicyField) => string;

/** What cannot be read is no number, and the check of the whole policy names its place. */
const readNumber = (text: string): number => {
  const typed = text.normalize("NFKC").trim();
  return /^\d{1,6}$/.test(typed) ? Number(typed) : NaN;
};

const readMinor = (text: string, currency: Currency): number => {
  const amount = parseAmount(text, currency);
  return amount.ok ? amount.value.minor : NaN;
};

const readLimits = (form: PolicyForm, role: LimitedRole, currency: Currency): RoleLimits => {
  const [amount, days, refunds] = (["amount", "days", "refunds"] as const).map((name) =>
    form(`limits.${role}.${name}`).trim(),
  ) as [string, string, string];
  return {
    ...given("amount", amount === "" ? undefined : readMinor(amount, currency)),
    ...given("days", days === "" ? undefined : readNumber(days)),
    ...given("refunds", refunds === "" ? undefined : readNumber(refunds)),
  };
};

const readGoods = (text: string): readonly string[] => [
  ...new Set(
    text
      .split("\n")
      .map(cleanText)
      .filter((line) => line !== ""),
  ),
];

/** Only what differs from the usual is kept, so that the same choices make the same document. */
const readEligible = (form: PolicyForm): EditedEligibility =>
  Object.fromEntries(
    reasonCodes.flatMap((reason) => {
      const chosen = eligibilities.find((one) => one === form(`eligible.${reason}`));
      return chosen === undefined || chosen === eligibilityOf(reason) ? [] : [[reason, chosen]];
    }),
  );

/** Reads the form of the policy; the fault names the field. */
export const parsePolicyForm = (
  form: PolicyForm,
  currency: Currency,
): Result<ShopPolicy, PolicyFault> => {
  const policy: ShopPolicy = {
    windowDays: readNumber(form("windowDays")),
    coolingOffDays: readNumber(form("coolingOffDays")),
    typedTwiceFrom: readMinor(form("typedTwiceFrom"), currency),
    photoFrom: readMinor(form("photoFrom"), currency),
    receiptRequired: form("receiptRequired") === "on",
    unusedRequired: form("unusedRequired") === "on",
    excludedGoods: readGoods(form("excludedGoods")),
    limits: {
      clerk: readLimits(form, "clerk", currency),
      lead: readLimits(form, "lead", currency),
    },
    eligible: readEligible(form),
    text: { zh: cleanText(form("text.zh")), en: cleanText(form("text.en")) },
  };
  const fault = findPolicyFault(policy);
  return fault === undefined ? ok(policy) : fail(fault);
};

type Texts = { readonly [field: string]: string };

const limitTexts = (
  role: LimitedRole,
  { amount, days, refunds }: RoleLimits,
  currency: Currency,
): Texts => ({
  [`limits.${role}.amount`]: amount === undefined ? "" : writeAmount(money(amount, currency)),
  [`limits.${role}.days`]: days === undefined ? "" : String(days),
  [`limits.${role}.refunds`]: refunds === undefined ? "" : String(refunds),
});

/** What the fields of the form say at first. */
export const writePolicyForm = (policy: ShopPolicy, currency: Currency): PolicyForm => {
  const texts: Texts = {
    windowDays: String(policy.windowDays),
    coolingOffDays: String(policy.coolingOffDays),
    receiptRequired: policy.receiptRequired ? "on" : "",
    unusedRequired: policy.unusedRequired ? "on" : "",
    photoFrom: writeAmount(money(policy.photoFrom, currency)),
    typedTwiceFrom: writeAmount(money(policy.typedTwiceFrom, currency)),
    excludedGoods: policy.excludedGoods.join("\n"),
    ...limitTexts("clerk", policy.limits.clerk, currency),
    ...limitTexts("lead", policy.limits.lead, currency),
    ...Object.fromEntries(
      reasonCodes.map((reason) => [`eligible.${reason}`, eligibilityOf(reason, policy.eligible)]),
    ),
    "text.zh": policy.text.zh,
    "text.en": policy.text.en,
  };
  return (field) => texts[field] ?? "";
};

/** The field that a fault stands beside; undefined for one about the whole. */
export const fieldOf = (fault: PolicyFault): string =>
  fault.kind === "bad_policy" ? fault.at.replace(/^(excludedGoods)\..*$/, "$1") : "text.zh";
