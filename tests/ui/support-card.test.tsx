// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { parseProfile } from "../../src/domain/acquirers/edited-profile.ts";
import { acquirers } from "../../src/domain/acquirers/index.ts";
import type { AcquirerProfile } from "../../src/domain/acquirers/profile.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { writeGroups } from "../../src/i18n/format.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { SupportCard } from "../../src/ui/screens/support/support-card.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import type { CaseFile } from "../../src/usecases/read-case.ts";
import { aCase, aMoneyEvent, aPayment, at, cny } from "../support/a.ts";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let copied: string[];

const payment: Payment = aPayment({
  amount: cny(3600),
  acquirer: "lakala",
  paidAt: at("2026-11-22T06:02:00Z"),
  numbers: {
    out_trade_no: "A20261122000017",
    transaction_id: "4200002345202611224520789012",
    ref_no: "15005163609N",
  },
  merchantNo: "898350100003517",
  terminalNo: "C5G7YL4R",
});

const refundCase = aCase(
  [
    aMoneyEvent("exported"),
    aMoneyEvent("needs_action", {
      by: "portal",
      raw: { code: "NOT_ENOUGH" },
      at: at("2026-11-22T12:10:00Z"),
    }),
  ],
  { amount: cny(1800), acquirer: "lakala" },
);

const built = {
  deps: undefined,
  abilities: {
    copyText: async (text: string) => {
      copied.push(text);
      return true;
    },
  },
} as unknown as Built;

const mount = (profile: AcquirerProfile, over: Partial<CaseFile> = {}): void => {
  const file: CaseFile = {
    refundCase,
    payment,
    profile,
    others: [],
    isFormer: false,
    devices: [],
    people: [],
    codes: undefined,
    ...over,
  };
  const shop = { ...emptyShell.shop, name: "小林饰品摊" };
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={{ ...emptyShell, shop }}>
        <SupportCard file={file} />
      </ShellProvider>
    </DepsProvider>,
  );
};

const settle = async (): Promise<void> => act(async () => undefined);

beforeEach(() => {
  stage = aStage();
  copied = [];
});

afterEach(async () => {
  stage.strike();
  await changeLanguage("zh-CN");
});

describe("D6, the support card", () => {
  it("R8 one tap copies order no., refund no., amounts, times and error text as screens.md §5.8", async () => {
    mount(acquirers.lakala);
    stage.press("复制摘要");
    await settle();
    expect(copied).toEqual([
      [
        `退款单号 ${refundCase.attempts[0]?.refundNo}  第 1 次`,
        "原订单 商户单号 A20261122000017 · 交易单号 4200002345202611224520789012 · 参考号 15005163609N",
        "收款 ¥36.00 2026-11-22 14:02 微信支付（拉卡拉）",
        "退款 ¥18.00 2026-11-22 14:00 状态 待处理",
        "平台返回 NOT_ENOUGH 余额不足（11-22 20:10）",
        "小林饰品摊 商户号 898350100003517 终端 C5G7YL4R",
      ].join("\n"),
    ]);
    await vi.waitUntil(() => stage.spoken("status") === "已复制");
    expect(stage.app.querySelector(".support-summary")?.textContent).toBe(copied[0]);
  });

  it("R8 names a direct wallet once", async () => {
    mount(acquirers.wechatpay);
    stage.press("复制摘要");
    await settle();
    expect(copied[0]).toContain("收款 ¥36.00 2026-11-22 14:02 微信支付\n");
  });

  it("R8 copies in the language on screen", async () => {
    await changeLanguage("en");
    mount(acquirers.lakala);
    stage.press("Copy summary");
    await settle();
    expect(copied[0]).toContain("Paid ¥36.00 2026-11-22 14:02 WeChat Pay (Lakala)");
    expect(copied[0]).toContain("Acquirer said NOT_ENOUGH Balance short (11-22 20:10)");
  });

  it("R8 calls only where a number is known, and marks what nobody confirmed", () => {
    mount(acquirers.lakala);
    expect(stage.app.querySelector("a[href^='tel:']")).toBeNull();
    expect(stage.app.textContent).toContain("没有客服电话");
    expect(stage.app.textContent).toContain("未核实");
    const known = parseProfile("lakala", {
      support: { phone: "(000) 000-0000", hours: "9:00–18:00" },
      facts: { support: { level: "merchant" } },
    });
    mount(known);
    expect(stage.app.querySelector("a[href='tel:0000000000']")?.textContent).toBe(
      "拨打 (000) 000-0000",
    );
    expect(stage.app.textContent).toContain("9:00–18:00");
    expect(stage.app.textContent).not.toContain("未核实");
  });

  it("R8 quotes the refund number as the acquirer knows it", () => {
    const number = writeGroups(refundCase.attempts[0]?.refundNo ?? "");
    mount({ ...acquirers.chinaums, refundNoPrefix: "1017" });
    expect(stage.app.querySelector(".kv")?.textContent).toContain(`1017 ${number}`);
    mount(acquirers.chinaums);
    expect(stage.app.querySelector(".kv")?.textContent).toContain(`退款单号${number}`);
  });

  it("R8 says what is known of a refund whose payment is not here", async () => {
    mount(acquirers.custom, { payment: undefined });
    stage.press("复制摘要");
    await settle();
    expect(copied[0]?.split("\n")).toHaveLength(4);
  });
});
