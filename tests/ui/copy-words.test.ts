import { speakChinese } from "../support/chinese.ts";
import { afterEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { copyOf } from "../../src/domain/merchant-copy.ts";
import type { MoneyEvent } from "../../src/domain/journal-event.ts";
import type { CaseEvent } from "../../src/domain/refund/history.ts";
import { writeFullTime, writeMoney, type Locale } from "../../src/i18n/format.ts";
import type { Format } from "../../src/ui/format.ts";
import { changeLanguage, language } from "../../src/ui/language.ts";
import { copyTexts } from "../../src/ui/screens/outbox/copy-words.ts";
import { aCase, aMoneyEvent, aPayment, shanghai } from "../support/a.ts";

await speakChinese();

const locale = (): Locale => ({
  language: language.peek(),
  currency: CNY,
  calendar: shanghai,
});

const format = {
  money: (amount) => writeMoney(amount, locale()),
  fullTime: (instant) => writeFullTime(instant, locale()),
} as Partial<Format> as Format;

const after = (...states: readonly MoneyEvent["state"][]): readonly CaseEvent[] =>
  states.map((state) => aMoneyEvent(state));

const copyAfter = (...states: readonly MoneyEvent["state"][]) =>
  copyOf(aCase(after(...states)), {
    payment: aPayment({ numbers: { out_trade_no: "ORDER-1" } }),
    by: "小林",
  });

const letter = (copies = [copyAfter()], shop = "小林饰品摊"): string =>
  copyTexts(format).text(copies, shop);

afterEach(async () => changeLanguage("zh-CN"));

describe("the words of a merchant copy", () => {
  it("R42 tells number, amount, order, reason, who, time and state", () => {
    const { refundNo } = copyAfter();
    expect(copyTexts(format).subject([copyAfter()])).toBe(`退款登记 ${refundNo} ¥10.00`);
    expect(letter().split("\n")).toEqual([
      "小林饰品摊的退款登记，供店铺留底。本邮件不是到账证明。",
      "",
      `退款单号：${refundNo}`,
      "退款金额：¥10.00",
      "状态：已登记，等待提交平台，钱还没有退出",
      "类型：部分退款",
      "退回方式：原路退回",
      "原因：质量问题",
      "原单号：ORDER-1",
      "收款：¥100.00",
      "付款时间：2026-11-21 14:00",
      "渠道：微信支付",
      "经办：小林",
      "登记时间：2026-11-22 14:00",
    ]);
  });

  const early: readonly (readonly MoneyEvent["state"][])[] = [
    [],
    ["exported"],
    ["exported", "submitted"],
    ["exported", "submitted", "processing"],
    ["exported", "submitted", "needs_action"],
    ["exported", "submitted", "unknown"],
    ["exported", "submitted", "abnormal"],
    ["exported", "submitted", "failed"],
  ];

  it.each(early)(
    "R42 R50 never says before evidence that money went back: %s %s %s",
    async (...states) => {
      expect(letter([copyAfter(...states)])).not.toMatch(/已退回|退款成功|已到账/);
      await changeLanguage("en");
      expect(letter([copyAfter(...states)])).not.toMatch(
        /refunded|(platform|was) returned|arrived/i,
      );
    },
  );

  it("R42 says so on evidence", () => {
    expect(letter([copyAfter("exported", "submitted", "succeeded")])).toContain(
      "状态：凭据显示平台已退回",
    );
  });

  it("R42 lists several refunds in one letter, in the language on screen", async () => {
    await changeLanguage("en");
    const copies = [copyAfter(), copyAfter("exported")];
    const texts = copyTexts(format);
    expect(texts.language).toBe("en");
    expect(texts.subject(copies)).toBe("Refunds recorded: 2 refunds");
    expect(letter(copies).split("\n\n")).toHaveLength(3);
    expect(letter(copies)).toContain("State: File made, not yet submitted; money has not moved");
  });

  it("X40 marks practice", () => {
    const copies = [{ ...copyAfter(), training: true }];
    expect(copyTexts(format).subject(copies)).toMatch(/^练习：/);
    expect(letter(copies)).toContain("这是练习，不计入账目。");
  });

  it("shows hidden characters of a shop's name as what they are", () => {
    expect(letter([copyAfter()], "店\u202e名")).toContain("店\\u{202e}名");
  });
});
