/** Why money goes back (refund-model.md §6). Eight chips come first, in this fixed order, then `other`. */
export const chipReasons = [
  "faulty",
  "not_as_described",
  "changed_mind",
  "overpaid",
  "paid_twice",
  "out_of_stock",
  "wrong_size",
  "service_cancelled",
  "other",
] as const;

/** Reasons behind 其他. */
export const moreReasons = [
  "wrong_payee",
  "sale_not_completed",
  "damaged",
  "wrong_item",
  "missing_item",
  "price_adjust",
  "goodwill",
  "fraud_suspected",
] as const;

export type ReasonCode = (typeof chipReasons)[number] | (typeof moreReasons)[number];

export const reasonCodes: readonly ReasonCode[] = [...chipReasons, ...moreReasons];

export type ReasonGroup = "goods" | "dispute" | "payment_error" | "other";

/** `in_window`: without asking only as long as the shop takes goods back without a cause. */
export const eligibilities = ["yes", "in_window", "approval", "no"] as const;

export type Eligibility = (typeof eligibilities)[number];

/** Papers that a reason asks for; the voucher is the proof of the payment itself. */
export type Paper = "voucher" | "photo" | "form";

type Reason = {
  readonly group: ReasonGroup;
  readonly eligible: Eligibility;
  readonly papers: readonly Paper[];
  /** The goods are expected back. */
  readonly goods: boolean;
};

const reason = (
  group: ReasonGroup,
  eligible: Eligibility,
  papers: readonly Paper[],
  goods = false,
): Reason => ({ group, eligible, papers, goods });

const reasons: Readonly<Record<ReasonCode, Reason>> = {
  faulty: reason("goods", "yes", ["voucher", "photo"], true),
  not_as_described: reason("dispute", "yes", ["voucher", "photo"], true),
  changed_mind: reason("other", "in_window", ["voucher"], true),
  overpaid: reason("payment_error", "yes", ["voucher"]),
  paid_twice: reason("payment_error", "yes", ["voucher"]),
  out_of_stock: reason("dispute", "yes", ["voucher"]),
  wrong_size: reason("goods", "in_window", ["voucher"], true),
  service_cancelled: reason("dispute", "yes", ["voucher"]),
  other: reason("other", "approval", ["voucher", "form"]),
  wrong_payee: reason("payment_error", "approval", ["voucher", "form"]),
  sale_not_completed: reason("payment_error", "yes", ["voucher"]),
  damaged: reason("goods", "yes", ["voucher", "photo"], true),
  wrong_item: reason("goods", "yes", ["voucher"], true),
  missing_item: reason("goods", "yes", ["voucher"]),
  price_adjust: reason("other", "approval", ["voucher"]),
  goodwill: reason("other", "approval", ["form"]),
  fraud_suspected: reason("dispute", "no", ["voucher", "photo", "form"]),
};

/** Every reason belongs to exactly one group (R27). */
export const groupOf = (code: ReasonCode): ReasonGroup => reasons[code].group;

/** What a shop judges otherwise than it is usual. */
export type EditedEligibility = Readonly<Partial<Record<ReasonCode, Eligibility>>>;

/** Whether the shop refunds for this reason by itself, as its policy says or as it is usual. */
export const eligibilityOf = (code: ReasonCode, edited: EditedEligibility = {}): Eligibility =>
  edited[code] ?? reasons[code].eligible;

/** The papers a reason asks for (R29). */
export const papersOf = (code: ReasonCode): readonly Paper[] => reasons[code].papers;

/** Whether goods are expected back, so that 退货 is the likelier type. */
export const expectsGoods = (code: ReasonCode): boolean => reasons[code].goods;

export const findReason = (code: string): ReasonCode | undefined =>
  reasonCodes.find((known) => known === code);

/** A reason that asks for nothing but the voucher: by it a refund is looked at before one was picked. */
export const plainReason: ReasonCode = "overpaid";

/** `other` says nothing by itself, and what the policy does not know needs words: who reads them decides (R9). */
export const needsNote = (code: ReasonCode, edited: EditedEligibility = {}): boolean =>
  code === "other" || eligibilityOf(code, edited) === "no";

/** Why a request is declined; `other` needs words. */
export const refusalReasons = [
  "past_window",
  "user_damage",
  "not_ours",
  "already_refunded",
  "final_sale",
  "no_proof",
  "other",
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

export const findRefusal = (code: string): RefusalReason | undefined =>
  refusalReasons.find((known) => known === code);

/** What is offered to a customer whose request is declined (R24). */
export const alternatives = ["exchange", "repair", "store_credit", "partial", "complaint"] as const;

export type Alternative = (typeof alternatives)[number];

/** The alternatives among the codes of a record; those of a newer version are left out. */
export const findAlternatives = (codes: readonly string[]): readonly Alternative[] =>
  alternatives.filter((known) => codes.includes(known));
