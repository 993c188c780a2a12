import { speakChinese } from "../support/chinese.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { MoneyEvent } from "../../src/domain/journal-event.ts";
import type { Instant } from "../../src/domain/instant.ts";
import type { Money } from "../../src/domain/money.ts";
import { writeFullTime, writeMoney } from "../../src/i18n/format.ts";
import type { CaseFile } from "../../src/usecases/read-case.ts";
import type { Format } from "../../src/ui/format.ts";
import { codeOnPaper, dotsAcross, layOutSlip, wrapText } from "../../src/ui/print/slip-layout.ts";
import { slipLines, type SlipLine, type SlipPaper } from "../../src/ui/print/slip-lines.ts";
import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import { CNY } from "../../src/domain/currency.ts";
import {
  aCase,
  aMoneyEvent,
  aNoticeEvent,
  aPayment,
  aPaymentWithClaims,
  aStaff,
  aWithdrawEvent,
  cny,
  shanghai,
} from "../support/a.ts";

await speakChinese();

const locale = { language: "zh-CN", currency: CNY, calendar: shanghai } as const;
const format = {
  money: (amount: Money) => writeMoney(amount, locale),
  fullTime: (instant: Instant) => writeFullTime(instant, locale),
} as Format;

const codes = {
  screen: "s".repeat(640),
  paper: "RL1:SCREEN",
  place: "T1-000019",
  short: "XEZV-YNJB",
};

const aFile = (over: Partial<CaseFile> = {}): CaseFile => ({
  refundCase: aCase(),
  payment: aPayment({ numbers: { out_trade_no: "A20261122000017" } }),
  others: [],
  isFormer: false,
  devices: [],
  people: [aStaff({ name: "王店主" })],
  codes,
  profile: wechatpay,
  ...over,
});

const linesOf = (file: CaseFile, paper: SlipPaper = "slip_58"): readonly SlipLine[] =>
  slipLines(file, { shop: "小林饰品摊", paper, format });

const textOf = (lines: readonly SlipLine[]): string =>
  lines
    .map((line) => {
      if (line.kind === "rule") return "";
      if (line.kind === "pair") return `${line.label} ${line.value}`;
      return line.kind === "code" ? line.under.join("  ") : line.text;
    })
    .join("\n");

const stateEvents: readonly (readonly [string, readonly MoneyEvent[]])[] = [
  ["ready", []],
  ["exported", [aMoneyEvent("exported")]],
  ["submitted", [aMoneyEvent("exported"), aMoneyEvent("submitted")]],
  ...(
    ["processing", "needs_action", "unknown", "abnormal", "failed", "closed", "reversed"] as const
  ).map(
    (state) =>
      [state, [aMoneyEvent("exported"), aMoneyEvent("submitted"), aMoneyEvent(state)]] as const,
  ),
];

it("R18 says what the customer still pays in an exchange", () => {
  const refundCase = { ...aCase(), type: "exchange", due: cny(1_400).minor } as const;
  expect(textOf(linesOf(aFile({ refundCase })))).toContain("补差价 ¥14.00");
});

const codeLineOn = (paper: SlipPaper) =>
  linesOf(aFile(), paper).find((line) => line.kind === "code");

describe("a slip", () => {
  it.each(stateEvents)("R50 never says in state %s that the money was refunded", (_, events) => {
    const text = textOf(linesOf(aFile({ refundCase: aCase(events) })));
    expect(text).not.toMatch(/退款成功|已到账|已退回/);
    expect(text).toContain("本凭条不是到账证明");
  });

  it("says in words where the money is", () => {
    const said = (events: readonly MoneyEvent[]) =>
      textOf(linesOf(aFile({ refundCase: aCase(events) })));
    expect(said([])).toContain("钱还没有退出");
    expect(said([aMoneyEvent("exported"), aMoneyEvent("submitted")])).toContain("已提交平台");
    expect(said([aMoneyEvent("succeeded")])).toContain("平台已退回原付款账户");
    expect(textOf(linesOf(aFile({ refundCase: aCase([aWithdrawEvent()]) })))).toContain("已撤回");
  });

  it("shows what other refunds took and what is left", () => {
    const payment = aPaymentWithClaims(10_000, [3_000, 1_000]);
    const text = textOf(linesOf(aFile({ payment })));
    expect(text).toContain("收款 ¥100.00");
    expect(text).toContain("此前已退 ¥40.00");
    expect(text).toContain("剩余可退 ¥60.00");
  });

  it("X40 marks every print after the first as a copy", () => {
    expect(textOf(linesOf(aFile()))).not.toContain("副本");
    const printed = aCase([aNoticeEvent({ copy: 1 })]);
    expect(textOf(linesOf(aFile({ refundCase: printed })))).toContain("副本 2");
  });

  it("carries the base45 code on 58 mm and the screen's code on 80 mm, with the same line below", () => {
    expect(codeLineOn("slip_58")).toMatchObject({ text: codes.paper });
    expect(codeLineOn("slip_80")).toMatchObject({ text: codes.screen });
    expect(codeLineOn("slip_58")).toMatchObject({ under: ["T1-000019", "¥10.00", "XEZV-YNJB"] });
  });

  it("X40 says practice three times and has no short code when it is practice", () => {
    const refundCase = { ...aCase(), training: true };
    const text = `TRAINING ${refundCase.attempts[0]?.refundNo ?? ""}`;
    const practice = { screen: text, paper: text, place: "T1-000010", short: undefined };
    const lines = linesOf(aFile({ refundCase, codes: practice }));
    expect(lines.filter((line) => line.kind === "strong" && line.text === "练习")).toHaveLength(3);
    expect(lines.find((line) => line.kind === "code")).toMatchObject({
      text,
      under: ["T1-000010", "¥10.00"],
    });
  });

  it("rel-X10 shows hidden characters of a shop's name as escapes", () => {
    const lines = slipLines(aFile(), { shop: "a\u202eb", paper: "slip_58", format });
    expect(textOf(lines)).toContain("a\\u{202e}b");
  });
});

/** A print head's letters: Chinese 24 dots, others 12, scaled for larger fonts. */
const measure = (text: string, font: string): number => {
  const scale = font === "amount" ? 38 / 24 : font === "title" ? 32 / 24 : 1;
  return Array.from(text).reduce((sum, one) => sum + (one > "\u2e80" ? 24 : 12) * scale, 0);
};

const aCode = (length: number) => codeOnPaper("A".repeat(length), "slip_58");

describe("the layout of a slip", () => {
  it.each(["slip_58", "slip_80"] as const)("keeps everything on %s paper", (paper) => {
    const { width, height, marks } = layOutSlip(linesOf(aFile(), paper), paper, measure);
    expect(width).toBe(dotsAcross[paper]);
    for (const mark of marks) {
      if (mark.kind === "text")
        expect(mark.x + measure(mark.text, mark.font)).toBeLessThanOrEqual(width);
      if (mark.kind !== "rule") expect(mark.x).toBeGreaterThanOrEqual(0);
      expect(mark.y).toBeLessThan(height - 40);
    }
  });

  it("never lets one line stand on another", () => {
    const { marks } = layOutSlip(linesOf(aFile()), "slip_58", measure);
    const texts = marks.filter((mark) => mark.kind === "text");
    const seen = new Map<number, number>();
    for (const mark of texts) {
      expect(mark.x).toBeGreaterThanOrEqual(seen.get(mark.y) ?? 0);
      seen.set(mark.y, mark.x + measure(mark.text, mark.font));
    }
    const levels = [...new Set(texts.map((mark) => mark.y))].sort((a, b) => a - b);
    const gaps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(24);
  });

  it("draws a code of version 17 with 4 dots per module on 58 mm and wider ones with 3", () => {
    expect(aCode(700)).toMatchObject({ dots: 4 });
    expect(aCode(800)).toMatchObject({ dots: 3 });
    for (const length of [20, 700, 800, 900]) {
      const code = aCode(length);
      expect((code?.modules ?? 0) * (code?.dots ?? 0)).toBeLessThanOrEqual(384);
    }
  });
});

const width = (text: string): number => measure(text, "plain");

describe("wrapText", () => {
  it("loses no character and overfills no line", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "B", "7", "-", " ", "退", "款"),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 24, max: 400 }), (typed, room) => {
        const lines = wrapText(typed, room, width);
        expect(lines.join("").replace(/ /g, "")).toBe(typed.replace(/ /g, ""));
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(room);
      }),
    );
  });

  it("keeps a word whole where it fits a line", () => {
    expect(wrapText("T1-000019  ¥20.00  XEZV-YNJB", 264, width)).toEqual([
      "T1-000019  ¥20.00",
      "XEZV-YNJB",
    ]);
  });
});
