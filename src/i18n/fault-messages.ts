import type { AmountFault } from "../domain/money.ts";
import type { MessageKey } from "./index.ts";

/** Every fault that a person can meet; add the union of a new fault here, the compiler then asks for its message. */
export type KnownFault =
  | AmountFault
  | { readonly kind: "bad_time" }
  | { readonly kind: "bad_date" }
  | { readonly kind: "unexpected" };

export const faultMessages = {
  amount_empty: "fault.amount_empty",
  amount_not_a_number: "fault.amount_not_a_number",
  amount_too_many_decimals: "fault.amount_too_many_decimals",
  amount_too_large: "fault.amount_too_large",
  bad_time: "fault.bad_time",
  bad_date: "fault.bad_date",
  unexpected: "fault.unexpected",
} as const satisfies Record<KnownFault["kind"], MessageKey>;
