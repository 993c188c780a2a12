import { describe, expect, it } from "vitest";

import { adviceFor } from "../../../src/domain/acquirers/advice.ts";
import {
  errorActions,
  errorMeanings,
  findError,
  mayRetry,
  portalErrors,
  unlistedError,
  type AcquirerError,
} from "../../../src/domain/acquirers/error-catalogue.ts";
import {
  acquirerIds,
  acquirers,
  shippedProfile,
  type AcquirerId,
} from "../../../src/domain/acquirers/index.ts";

type Row = readonly [
  AcquirerId,
  codes: string,
  AcquirerError["meaning"],
  AcquirerError["state"],
  actions: string,
];

/** refund-model.md §9, line by line. */
const rows: readonly Row[] = [
  ["wechatpay", "NOT_ENOUGH NOTENOUGH", "balance_short", "needs_action", "topup retry_same"],
  [
    "wechatpay",
    "FREQUENCY_LIMITED INVALID_REQ_TOO_MUCH",
    "too_often",
    "needs_action",
    "wait retry_same",
  ],
  [
    "wechatpay",
    "SYSTEM_ERROR SYSTEMERROR BIZERR_NEED_RETRY",
    "system_error",
    "unknown",
    "query retry_same",
  ],
  [
    "wechatpay",
    "NO_AUTH SIGN_ERROR MCH_NOT_EXISTS",
    "setup",
    "needs_action",
    "fix_setup retry_same",
  ],
  [
    "wechatpay",
    "PARAM_ERROR INVALID_TRANSACTIONID",
    "bad_value",
    "needs_action",
    "fix_setup retry_same new_case",
  ],
  ["wechatpay", "INVALID_REQUEST", "over_rest", "needs_action", "query call"],
  ["wechatpay", "REFUND_FEE_MISMATCH", "number_reused", "needs_action", "query call"],
  ["wechatpay", "RESOURCE_NOT_EXISTS ORDERNOTEXIST", "no_such_order", "failed", "new_case"],
  ["wechatpay", "REFUNDNOTEXIST", "no_such_refund", "unknown", "query retry_same"],
  ["wechatpay", "USER_ACCOUNT_ABNORMAL", "payer_account", "failed", "other_way"],
  ["wechatpay", "TRADE_OVERDUE", "past_window", "failed", "other_way"],
  ["wechatpay", "ABNORMAL", "card_void", "abnormal", "abnormal_refund other_way"],
  ["alipay", "ACQ.SYSTEM_ERROR 20000", "system_error", "unknown", "retry_same"],
  ["alipay", "ACQ.SELLER_BALANCE_NOT_ENOUGH", "balance_short", "needs_action", "topup retry_same"],
  [
    "alipay",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL ACQ.REFUND_FEE_ERROR ACQ.REASON_TRADE_REFUND_FEE_ERR ACQ.INVALID_PARAMETER",
    "bad_value",
    "needs_action",
    "query new_case",
  ],
  ["alipay", "ACQ.DISCORDANT_REPEAT_REQUEST", "number_reused", "needs_action", "query call"],
  ["alipay", "ACQ.REASON_TRADE_BEEN_FREEZEN", "frozen", "needs_action", "call"],
  ["alipay", "ACQ.TRADE_NOT_EXIST", "no_such_order", "failed", "new_case"],
  ["alipay", "ACQ.TRADE_STATUS_ERROR", "not_paid", "failed", "stop"],
  ["alipay", "ACQ.TRADE_HAS_FINISHED", "past_window", "failed", "other_way"],
  ["alipay", "ACQ.TRADE_NOT_ALLOW_REFUND", "not_refundable", "failed", "other_way"],
  ["chinaums", "MC_210001", "timed_out", "unknown", "query"],
  ["shouqianba", "REFUND_ERROR", "unclear", "unknown", "call"],
];

const everyCode = rows.flatMap(([id, codes, meaning, state, actions]) =>
  codes
    .split(" ")
    .map((code) => [id, code, { meaning, state, actions: actions.split(" ") }] as const),
);

const portalTexts = [
  ["基本账户余额不足，请充值后重新发起", "balance_short", "needs_action", "topup"],
  ["余额不足", "balance_short", "needs_action", "topup"],
  ["你没有操作此功能的权限", "portal_role", "exported", "fix_setup"],
  ["你不是超级管理员", "portal_role", "exported", "fix_setup"],
  ["请联系本商户员工管理员修改权限", "portal_role", "exported", "fix_setup"],
  ["登录超时，请重新登录", "portal_log_in", "exported", "fix_setup"],
] as const;

describe("the error catalogue of refund-model.md §9", () => {
  it.each(everyCode)("X18 %s says what %s means, its state and what to do", (id, code, told) => {
    expect(adviceFor(shippedProfile(id), code)).toMatchObject(told);
  });

  it.each(everyCode)(
    "X18 %s: %s is found inside the portal's text, in any case and width",
    (id, code, { meaning }) => {
      const wide = code
        .toLowerCase()
        .replace(/[a-z0-9_]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
      for (const text of [`错误码：${code}（请重试）`, `code=${code}`, wide, ` ${code} `])
        expect(adviceFor(shippedProfile(id), text).meaning).toBe(meaning);
    },
  );

  it("X18 lists no code that is not in the table", () => {
    const listed = acquirerIds.flatMap((id) =>
      shippedProfile(id).errors.flatMap(({ codes }) => codes),
    );
    expect([...listed].sort()).toEqual(everyCode.map(([, code]) => code).sort());
  });

  it("X18 finds Alipay's codes with and without the name of their interface", () => {
    expect(adviceFor(acquirers.alipay, "TRADE_HAS_FINISHED").meaning).toBe("past_window");
  });

  it("X18 keeps longer codes apart from those inside them", () => {
    expect(adviceFor(acquirers.wechatpay, "USER_ACCOUNT_ABNORMAL").meaning).toBe("payer_account");
    expect(adviceFor(acquirers.alipay, "ACQ.REASON_TRADE_REFUND_FEE_ERR").meaning).toBe(
      "bad_value",
    );
    expect(adviceFor(acquirers.wechatpay, "NOT_ENOUGH_X").meaning).toBe("unlisted");
  });

  it("takes no amount for Alipay's code 20000", () => {
    expect(adviceFor(acquirers.alipay, "退款 20000 元").meaning).toBe("unlisted");
    expect(adviceFor(acquirers.alipay, "code: 20000").meaning).toBe("system_error");
  });

  it.each(portalTexts)("X18 every acquirer's page may say %s", (text, meaning, state, action) => {
    for (const id of acquirerIds) {
      const advice = adviceFor(shippedProfile(id), `提示：${text}。`);
      expect([advice.meaning, advice.state, advice.actions[0]]).toEqual([meaning, state, action]);
      expect(advice.verified).toBe(false);
    }
  });

  it.each(["ERR_77", "", "  ", "。", "constructor", "退款失败"])(
    "X18 the unlisted answer '%s' is to be asked about, never repeated",
    (answer) => {
      for (const id of acquirerIds)
        expect(adviceFor(shippedProfile(id), answer)).toEqual(unlistedError);
      expect(mayRetry(unlistedError)).toBe(false);
      expect(unlistedError).toMatchObject({ state: "unknown", actions: ["query", "call"] });
    },
  );

  it("X18 a final refusal offers no retry, one that can be cured does", () => {
    const all = [...acquirerIds.flatMap((id) => shippedProfile(id).errors), ...portalErrors];
    for (const error of all.filter(({ state }) => state === "failed" || state === "closed"))
      expect(mayRetry(error), error.codes[0]).toBe(false);
    const curable = new Set(["balance_short", "too_often", "setup", "system_error"]);
    for (const error of all.filter(({ meaning }) => curable.has(meaning)))
      expect(mayRetry(error), error.codes[0]).toBe(true);
  });

  it("marks what refund-model.md §9 marks as unverified", () => {
    expect(findError(acquirers.wechatpay.errors, "REFUND_FEE_MISMATCH")?.verified).toBe(false);
    expect(findError(acquirers.wechatpay.errors, "NOT_ENOUGH")?.verified).toBe(true);
  });

  it("has no word twice", () => {
    for (const words of [errorMeanings, errorActions])
      expect(new Set<string>(words).size).toBe(words.length);
  });
});

describe("advice", () => {
  it("X18 the owner's own entry is asked before the catalogue", () => {
    const own: AcquirerError = {
      codes: ["E77", "NOT_ENOUGH"],
      meaning: "frozen",
      state: "needs_action",
      actions: ["call"],
      verified: true,
    };
    const profile = { ...acquirers.wechatpay, ownErrors: [own] };
    expect(adviceFor(profile, "E77")).toBe(own);
    expect(adviceFor(profile, "NOT_ENOUGH")).toBe(own);
    expect(adviceFor(profile, "NOTENOUGH").meaning).toBe("balance_short");
  });

  it("M19 no such refund counts as closed once the profile says so, and then needs a new number", () => {
    const profile = { ...acquirers.wechatpay, noRecordFinalAfterDays: 3 };
    expect(adviceFor(profile, "REFUNDNOTEXIST", 2).state).toBe("unknown");
    expect(adviceFor(profile, "REFUNDNOTEXIST", 3)).toMatchObject({
      state: "closed",
      actions: ["new_number"],
    });
    expect(adviceFor(acquirers.wechatpay, "REFUNDNOTEXIST", 999).state).toBe("unknown");
  });

  it("an acquirer of every wallet understands a wallet's code, as nobody confirmed", () => {
    for (const id of ["lakala", "custom"] as const)
      expect(adviceFor(acquirers[id], "NOT_ENOUGH")).toMatchObject({
        meaning: "balance_short",
        verified: false,
      });
    expect(adviceFor(acquirers.alipay, "NOT_ENOUGH")).toEqual(unlistedError);
  });

  it("X5 an unknown outcome is never repeated where the number might pay twice", () => {
    for (const code of ["SYSTEM_ERROR", "REFUNDNOTEXIST"]) {
      expect(mayRetry(adviceFor(acquirers.wechatpay, code))).toBe(true);
      expect(adviceFor(acquirers.lakala, code).actions).toEqual(["query"]);
      expect(mayRetry(adviceFor({ ...acquirers.lakala, resendIdempotent: true }, code))).toBe(true);
    }
    expect(mayRetry(adviceFor(acquirers.lakala, "NOT_ENOUGH"))).toBe(true);
  });
});
