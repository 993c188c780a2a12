import * as v from "valibot";
import type { JsonObject, Role } from "../journal-event.ts";
import { findVoidWording } from "./void-wording.ts";
import { eligibilities, reasonCodes, type EditedEligibility } from "../reasons.ts";

/** What a role does without asking: amount of one refund, days since the payment, refunds of one payment. */
export type RoleLimits = {
  readonly amount?: number;
  readonly days?: number;
  readonly refunds?: number;
};

/** The shop's own refund rules, as the journal keeps them in a `policy` record; amounts in minor units. */
export type ShopPolicy = {
  /** Days after the day of payment within which the shop refunds without asking. */
  readonly windowDays: number;
  /** Days within which goods may come back without a cause: reasons that are eligible `in_window`. */
  readonly coolingOffDays: number;
  /** From this amount on it is typed twice (R44). */
  readonly typedTwiceFrom: number;
  /** From this amount on a reason's photo is demanded. */
  readonly photoFrom: number;
  /** Without a proof of payment of grade A to C, or a voucher, a person must let it through. */
  readonly receiptRequired: boolean;
  /** Goods come back unused and complete, or a person must let it through. */
  readonly unusedRequired: boolean;
  /** Words in the names of goods that are not taken back without a cause: 定制, 鲜活. */
  readonly excludedGoods: readonly string[];
  readonly limits: { readonly clerk: RoleLimits; readonly lead: RoleLimits };
  /** Reasons that this shop judges otherwise than it is usual. */
  readonly eligible: EditedEligibility;
  /** What customers read. */
  readonly text: { readonly zh: string; readonly en: string };
};

/** Proposals of refund-model.md §7; the owner edits them. */
export const defaultPolicy: ShopPolicy = {
  windowDays: 7,
  coolingOffDays: 7,
  typedTwiceFrom: 100_000,
  photoFrom: 20_000,
  receiptRequired: true,
  unusedRequired: true,
  excludedGoods: [],
  limits: { clerk: { amount: 20_000, days: 7, refunds: 2 }, lead: { amount: 200_000 } },
  eligible: {},
  text: { zh: "", en: "" },
};

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650));
const minor = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99_999_999));
const roleLimits = v.object({
  amount: v.exactOptional(minor),
  days: v.exactOptional(days),
  refunds: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(999))),
});
const eligibility = v.picklist(eligibilities);

const shape = v.object({
  windowDays: days,
  coolingOffDays: days,
  typedTwiceFrom: minor,
  photoFrom: minor,
  receiptRequired: v.boolean(),
  unusedRequired: v.boolean(),
  excludedGoods: v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(40))),
    v.maxLength(50),
  ),
  limits: v.object({ clerk: roleLimits, lead: roleLimits }),
  eligible: v.record(v.picklist(reasonCodes), eligibility),
  text: v.object({
    zh: v.pipe(v.string(), v.maxLength(2000)),
    en: v.pipe(v.string(), v.maxLength(4000)),
  }),
});

/** The policy in a document of the journal; what an older version left out gets its default. */
export const parsePolicy = (document: JsonObject): ShopPolicy => {
  const read = v.safeParse(shape, { ...defaultPolicy, ...document });
  return read.success ? read.output : defaultPolicy;
};

export type PolicyFault =
  | { readonly kind: "bad_policy"; readonly at: string }
  /** Customers are told what the law forbids to tell them. */
  | { readonly kind: "voids_rights"; readonly words: string };

/** Why an edited policy cannot be kept; undefined when it can. */
export const findPolicyFault = (policy: ShopPolicy): PolicyFault | undefined => {
  const read = v.safeParse(shape, policy);
  if (!read.success) return { kind: "bad_policy", at: v.getDotPath(read.issues[0]) ?? "" };
  const words = findVoidWording(policy.text);
  return words === undefined ? undefined : { kind: "voids_rights", words };
};

/** As JSON: what is undefined is left out. */
export const writePolicy = (policy: ShopPolicy): JsonObject =>
  JSON.parse(JSON.stringify(policy)) as JsonObject;

/** Largest amounts that roles refund alone, as the rights take them. */
export const amountLimits = ({ limits }: ShopPolicy): Readonly<Partial<Record<Role, number>>> => ({
  ...(limits.clerk.amount === undefined ? {} : { clerk: limits.clerk.amount }),
  ...(limits.lead.amount === undefined ? {} : { lead: limits.lead.amount }),
});
