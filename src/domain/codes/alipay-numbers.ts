import type { NumberRule } from "./number-rule.ts";

/** Alipay's own numbers: the day comes first (payments-cn.md §1.5). */
export const alipayNumbers: readonly NumberRule[] = [
  {
    kind: "alipay_trade_no",
    pattern: /^20\d{8}001\d{15}$/,
    reasons: ["length", "prefix"],
    date: { at: [0], length: 8 },
  },
  {
    kind: "alipay_transfer_no",
    pattern: /^20\d{6}2000400\d{17}$/,
    reasons: ["length", "prefix"],
    date: { at: [0], length: 8 },
  },
];
