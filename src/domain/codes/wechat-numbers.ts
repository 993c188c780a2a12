import type { NumberRule } from "./number-rule.ts";

/** WeChat Pay's own numbers, told apart by prefix and by the place of the day (payments-cn.md §1.5). */
export const wechatNumbers: readonly NumberRule[] = [
  {
    kind: "wechat_transaction_id",
    pattern: /^(?:4\d|10|12)\d{26}$/,
    reasons: ["prefix", "length"],
    date: { at: [10], length: 8 },
  },
  {
    kind: "wechat_refund_id",
    pattern: /^50\d{27}$/,
    reasons: ["prefix", "length"],
    date: { at: [10], length: 8 },
  },
  {
    kind: "wechat_transfer_no",
    pattern: /^1000\d{25}$/,
    reasons: ["prefix", "length"],
    date: { at: [10], length: 8 },
  },
];
