import { pricedLines } from "../goods-lines.ts";
import type { Rule } from "./facts.ts";

/** The lines list more than was paid: a coupon was used, and the payer may get less than the shelf price (X21). */
export const discount: Rule = ({ payment }) => {
  if (payment === undefined || pricedLines(payment).length === 0) return "pass";
  const listed = (payment.lines ?? []).reduce((total, { amount }) => total + (amount ?? 0), 0);
  return listed > payment.amount.minor ? "warn" : "pass";
};
