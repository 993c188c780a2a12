import type { Brand } from "./brand.ts";
import { fail, ok, type Result } from "./result.ts";

/** A number of goods as decimal text with at most four decimals, without needless zeros: `2`, `0.5` (refundlog.md §3). */
export type Quantity = Brand<string, "Quantity">;

export type QuantityFault = { readonly kind: "bad_quantity" };

const decimals = 4;

/** Size of one in ten-thousandths. */
export const one = 10n ** BigInt(decimals);

/** Ten-thousandths of one, exact. */
export const tenThousandths = (quantity: string): bigint => {
  const [whole = "", fraction = ""] = quantity.split(".");
  return BigInt(whole + fraction.padEnd(decimals, "0"));
};

const fromTenThousandths = (value: bigint): Quantity => {
  const digits = String(value).padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  const whole = digits.slice(0, -decimals);
  return (fraction === "" ? whole : `${whole}.${fraction}`) as Quantity;
};

export const noQuantity = "0" as Quantity;
export const oneUnit = "1" as Quantity;

/** Reads what a person types: more than nothing, at most 999,999,999, full-width digits and 。 taken too. */
export const parseQuantity = (text: string): Result<Quantity, QuantityFault> => {
  const typed = text.normalize("NFKC").trim().replaceAll("。", ".");
  if (!/^\d{1,9}(?:\.\d{1,4})?$/.test(typed)) return fail({ kind: "bad_quantity" });
  const value = tenThousandths(typed);
  return value > 0n ? ok(fromTenThousandths(value)) : fail({ kind: "bad_quantity" });
};

export const addQuantities = (a: string, b: string): Quantity =>
  fromTenThousandths(tenThousandths(a) + tenThousandths(b));

/** What is left of a number of goods; never less than nothing. */
export const subtractQuantity = (a: string, b: string): Quantity => {
  const left = tenThousandths(a) - tenThousandths(b);
  return fromTenThousandths(left < 0n ? 0n : left);
};

/** Negative, zero or positive like a sort comparison. */
export const compareQuantities = (a: string, b: string): number =>
  Number(tenThousandths(a) - tenThousandths(b));

/** One more or one less, as a stepper does it; never below nothing nor above `most`. */
export const stepQuantity = (quantity: string, by: 1 | -1, most: string): Quantity => {
  const next = tenThousandths(quantity) + BigInt(by) * one;
  const limit = tenThousandths(most);
  return fromTenThousandths(next < 0n ? 0n : next > limit ? limit : next);
};
