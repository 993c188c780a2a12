import type { AcquirerError } from "./error-catalogue.ts";

/** Answers of Alipay's `alipay.trade.refund` (refund-model.md §9, payments-cn.md §3). */
export const alipayErrors: readonly AcquirerError[] = [
  {
    codes: ["ACQ.SYSTEM_ERROR", "20000"],
    meaning: "system_error",
    state: "unknown",
    actions: ["retry_same"],
    verified: true,
  },
  {
    codes: ["ACQ.SELLER_BALANCE_NOT_ENOUGH"],
    meaning: "balance_short",
    state: "needs_action",
    actions: ["topup", "retry_same"],
    verified: true,
  },
  {
    codes: [
      "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
      "ACQ.REFUND_FEE_ERROR",
      "ACQ.REASON_TRADE_REFUND_FEE_ERR",
      "ACQ.INVALID_PARAMETER",
    ],
    meaning: "bad_value",
    state: "needs_action",
    actions: ["query", "new_case"],
    verified: true,
  },
  {
    codes: ["ACQ.DISCORDANT_REPEAT_REQUEST"],
    meaning: "number_reused",
    state: "needs_action",
    actions: ["query", "call"],
    verified: true,
  },
  {
    codes: ["ACQ.REASON_TRADE_BEEN_FREEZEN"],
    meaning: "frozen",
    state: "needs_action",
    actions: ["call"],
    verified: true,
  },
  {
    codes: ["ACQ.TRADE_NOT_EXIST"],
    meaning: "no_such_order",
    state: "failed",
    actions: ["new_case"],
    verified: true,
  },
  {
    codes: ["ACQ.TRADE_STATUS_ERROR"],
    meaning: "not_paid",
    state: "failed",
    actions: ["stop"],
    verified: true,
  },
  {
    codes: ["ACQ.TRADE_HAS_FINISHED"],
    meaning: "past_window",
    state: "failed",
    actions: ["other_way"],
    verified: true,
  },
  {
    codes: ["ACQ.TRADE_NOT_ALLOW_REFUND"],
    meaning: "not_refundable",
    state: "failed",
    actions: ["other_way"],
    verified: true,
  },
];
