/** Why money goes back (refund-model.md §6). The eight chips come first, in this fixed order, then `other`. */
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

export type ReasonCode = (typeof chipReasons)[number];

export type ReasonGroup = "goods" | "dispute" | "payment_error" | "other";

const groups: Readonly<Record<ReasonCode, ReasonGroup>> = {
  faulty: "goods",
  not_as_described: "dispute",
  changed_mind: "other",
  overpaid: "payment_error",
  paid_twice: "payment_error",
  out_of_stock: "dispute",
  wrong_size: "goods",
  service_cancelled: "dispute",
  other: "other",
};

/** Every reason belongs to exactly one group (R27). */
export const groupOf = (reason: ReasonCode): ReasonGroup => groups[reason];

export const findReason = (code: string): ReasonCode | undefined =>
  chipReasons.find((reason) => reason === code);

/** `other` says nothing by itself: it needs words. */
export const needsNote = (reason: ReasonCode): boolean => reason === "other";
