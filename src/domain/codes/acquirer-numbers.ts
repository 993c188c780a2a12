import type { NumberRule } from "./number-rule.ts";

/** Order numbers of UnionPay and of acquirers; Lakala's and Suixingfu's are read off one drawn sample each. */
export const acquirerNumbers: readonly NumberRule[] = [
  {
    kind: "ums_order_26",
    pattern: /^20\d{6}(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{12}$/,
    reasons: ["length"],
    date: { at: [0], length: 8 },
  },
  {
    kind: "lakala_trade_no",
    pattern: /^20\d{6}10\d{21}$/,
    reasons: ["length", "prefix"],
    date: { at: [0], length: 8 },
  },
  { kind: "unionpay_query_id", pattern: /^\d{21}$/, reasons: ["length"] },
  {
    kind: "suixingfu_order",
    pattern: /^836\d{17}$/,
    reasons: ["prefix", "length"],
    date: { at: [3], length: 8 },
  },
  {
    kind: "allinpay_order",
    pattern: /^\d{18}$/,
    reasons: ["length"],
    date: { at: [0], length: 6 },
  },
  {
    kind: "ums_order_18",
    pattern: /^\d{18}$/,
    reasons: ["length"],
    date: { at: [2], length: 8 },
  },
  {
    kind: "ums_mer_order",
    pattern: /^[0-9A-Z]{4,8}20\d{6}[0-9A-Za-z]{6,20}$/,
    reasons: ["prefix"],
    date: { at: [4, 5, 6, 7, 8], length: 8 },
    sourcePrefix: true,
  },
];
