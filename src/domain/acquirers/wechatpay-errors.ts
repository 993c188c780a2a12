import type { AcquirerError } from "./error-catalogue.ts";

/** Answers of WeChat Pay, with the spellings of v2 (refund-model.md §9, payments-cn.md §3). */
export const wechatErrors: readonly AcquirerError[] = [
  {
    codes: ["NOT_ENOUGH", "NOTENOUGH"],
    meaning: "balance_short",
    state: "needs_action",
    actions: ["topup", "retry_same"],
    verified: true,
  },
  {
    codes: ["FREQUENCY_LIMITED", "INVALID_REQ_TOO_MUCH"],
    meaning: "too_often",
    state: "needs_action",
    actions: ["wait", "retry_same"],
    verified: true,
  },
  {
    codes: ["SYSTEM_ERROR", "SYSTEMERROR", "BIZERR_NEED_RETRY"],
    meaning: "system_error",
    state: "unknown",
    actions: ["query", "retry_same"],
    verified: true,
  },
  {
    codes: ["NO_AUTH", "SIGN_ERROR", "MCH_NOT_EXISTS"],
    meaning: "setup",
    state: "needs_action",
    actions: ["fix_setup", "retry_same"],
    verified: true,
  },
  {
    codes: ["PARAM_ERROR", "INVALID_TRANSACTIONID"],
    meaning: "bad_value",
    state: "needs_action",
    actions: ["fix_setup", "retry_same", "new_case"],
    verified: true,
  },
  {
    codes: ["INVALID_REQUEST"],
    meaning: "over_rest",
    state: "needs_action",
    actions: ["query", "call"],
    verified: true,
  },
  {
    codes: ["REFUND_FEE_MISMATCH"],
    meaning: "number_reused",
    state: "needs_action",
    actions: ["query", "call"],
    verified: false,
  },
  {
    codes: ["RESOURCE_NOT_EXISTS", "ORDERNOTEXIST"],
    meaning: "no_such_order",
    state: "failed",
    actions: ["new_case"],
    verified: true,
  },
  {
    codes: ["REFUNDNOTEXIST"],
    meaning: "no_such_refund",
    state: "unknown",
    actions: ["query", "retry_same"],
    verified: true,
  },
  {
    codes: ["USER_ACCOUNT_ABNORMAL"],
    meaning: "payer_account",
    state: "failed",
    actions: ["other_way"],
    verified: true,
  },
  {
    codes: ["TRADE_OVERDUE"],
    meaning: "past_window",
    state: "failed",
    actions: ["other_way"],
    verified: true,
  },
  {
    codes: ["ABNORMAL"],
    meaning: "card_void",
    state: "abnormal",
    actions: ["abnormal_refund", "other_way"],
    verified: true,
  },
];
