import type { NumberRule } from "./number-rule.ts";

const checkDigitFits = (text: string): boolean => {
  const sum = Array.from(text.slice(0, 12)).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(text.charAt(12));
};

/** Numbers that are not a channel's: a goods barcode, the reference number of a slip. */
export const otherNumbers: readonly NumberRule[] = [
  {
    kind: "ean13",
    pattern: /^\d{13}$/,
    reasons: ["length", "check_digit"],
    fits: checkDigitFits,
  },
  { kind: "rrn", pattern: /^[0-9A-Z]{12}$/, reasons: ["length"] },
];

/** Anything a merchant may use as an order number; offered only where nothing better fits. */
export const merchantOrderNumber: NumberRule = {
  kind: "merchant_order_no",
  pattern: /^[0-9A-Za-z_\-|*@]{6,64}$/,
  reasons: ["fallback"],
};
