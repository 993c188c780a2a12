import { fail, ok, type Result } from "../result.ts";
import type { AcquirerProfile } from "./profile.ts";

export type NumberRuleFault =
  | { readonly kind: "prefix_missing"; readonly length: number }
  | { readonly kind: "number_too_long"; readonly most: number };

/** A refund number as this acquirer reads it: its prefix in front, and no longer than it takes (refund-model.md §1). */
export const acquirerNumber = (
  {
    refundNoMax: most,
    refundNoPrefix: prefix = "",
    refundNoPrefixLength: length = 0,
  }: Pick<AcquirerProfile, "refundNoMax" | "refundNoPrefix" | "refundNoPrefixLength">,
  refundNo: string,
): Result<string, NumberRuleFault> => {
  if (length > 0 && prefix.length !== length) return fail({ kind: "prefix_missing", length });
  const number = prefix + refundNo;
  return number.length > most ? fail({ kind: "number_too_long", most }) : ok(number);
};
