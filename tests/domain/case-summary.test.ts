import { describe, expect, it } from "vitest";

import { lakala } from "../../src/domain/acquirers/lakala.ts";
import {
  caseSummary,
  type SummaryFacts,
  type SummaryWords,
} from "../../src/domain/case-summary.ts";
import type { Payment } from "../../src/domain/payment.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { writeAmount } from "../../src/domain/money.ts";
import { aCase, aMoneyEvent, aPayment, at, cny } from "../support/a.ts";

/** The Chinese of screens.md §5.8. */
const words: SummaryWords = {
  refund: (number, attempt) => `退款单号 ${number}  第 ${attempt} 次`,
  order: (numbers) => `原订单 ${numbers.join(" · ")}`,
  number: (name, number) =>
    `${{ out_trade_no: "商户单号", transaction_id: "交易单号", ref_no: "参考号" }[name]} ${number}`,
  paid: (amount, about) => `收款 ${amount} ${about}`,
  refunded: (amount, time, state) => `退款 ${amount} ${time} 状态 ${state}`,
  answer: (answer, time) =>
    `平台返回 ${answer}${time === undefined ? "" : `（${time.slice(5, 16).replace("T", " ")}）`}`,
  meaning: (meaning) => (meaning === "balance_short" ? "余额不足" : meaning),
  merchantNo: (number) => `商户号 ${number}`,
  terminalNo: (number) => `终端 ${number}`,
  state: (state) => (state === "needs_action" ? "待处理" : state),
  channel: () => "微信支付（拉卡拉）",
  money: (amount) => `¥${writeAmount(amount)}`,
  time: (instant) => instant.slice(0, 16).replace("T", " "),
};

const payment: Payment = aPayment({
  amount: cny(3600),
  acquirer: "lakala",
  paidAt: at("2026-11-22T14:02:00Z"),
  numbers: { transaction_id: "4200001", out_trade_no: "A17", ref_no: "15005163609N" },
  merchantNo: "898350100003517",
  terminalNo: "C5G7YL4R",
});

const factsAfter = (
  events: readonly CaseEvent[],
  over: Partial<SummaryFacts> = {},
): SummaryFacts => ({
  refundCase: aCase(events, { amount: cny(1800), acquirer: "lakala" }),
  payment,
  profile: lakala,
  shop: "小林饰品摊",
  ...over,
});

const refused = [
  aMoneyEvent("exported"),
  aMoneyEvent("needs_action", {
    by: "portal",
    raw: { code: "NOT_ENOUGH" },
    at: at("2026-11-22T20:10:00Z"),
  }),
];

const saying = (code: string): string =>
  caseSummary(
    factsAfter([aMoneyEvent("exported"), aMoneyEvent("unknown", { raw: { code } })]),
    words,
  );

describe("the case summary", () => {
  it("R8 holds order no., refund no., amounts, times and error text, as screens.md §5.8 has it", () => {
    const facts = factsAfter(refused);
    expect(caseSummary(facts, words)).toBe(
      [
        `退款单号 ${facts.refundCase.attempts[0]?.refundNo}  第 1 次`,
        "原订单 商户单号 A17 · 交易单号 4200001 · 参考号 15005163609N",
        "收款 ¥36.00 2026-11-22 14:02 微信支付（拉卡拉）",
        "退款 ¥18.00 2026-11-22 06:00 状态 待处理",
        "平台返回 NOT_ENOUGH 余额不足（11-22 20:10）",
        "小林饰品摊 商户号 898350100003517 终端 C5G7YL4R",
      ].join("\n"),
    );
  });

  it("R8 names the time of the answer it quotes, not of a later result without words", () => {
    const later = aMoneyEvent("needs_action", { by: "row", at: at("2026-11-23T09:00:00Z") });
    expect(caseSummary(factsAfter([...refused, later]), words)).toContain(
      "NOT_ENOUGH 余额不足（11-22 20:10）",
    );
  });

  it("R8 leaves out lines of which nothing is known", () => {
    const bare = aPayment({ numbers: {} });
    const summary = caseSummary(factsAfter([], { payment: bare }), words);
    expect(summary).not.toContain("原订单");
    expect(summary).not.toContain("平台返回");
    expect(summary.split("\n").at(-1)).toBe("小林饰品摊");
    expect(caseSummary(factsAfter([], { payment: undefined }), words)).not.toContain("收款");
  });

  it("says an answer that is not listed as it is, and words of a portal once", () => {
    expect(saying("E-77")).toContain("平台返回 E-77（");
    expect(saying("余额不足")).toContain("平台返回 余额不足（");
  });

  it("keeps foreign text in its line and shows what is hidden in it", () => {
    const event = aMoneyEvent("unknown", { raw: { code: "A\nB\u202eC" } });
    const summary = caseSummary(factsAfter([aMoneyEvent("exported"), event]), words);
    expect(summary).toContain("A B\\u{202e}C");
  });
});
