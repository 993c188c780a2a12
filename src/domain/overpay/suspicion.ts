/** Why a payment looks like too much (refund-model.md §10). */
export type OverpayFactor = "x10" | "x100" | "pin" | "dup" | "outlier";
