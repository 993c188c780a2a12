// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { acquirers } from "../../src/domain/acquirers/index.ts";
import { CNY } from "../../src/domain/currency.ts";
import type { PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { listCases } from "../../src/storage/queries.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { startRouter } from "../../src/ui/router.ts";
import { NewRefundScreen } from "../../src/ui/screens/new-refund/new-refund-screen.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import type { PaymentToRecord } from "../../src/usecases/record-payment.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { aShop, type TestClock } from "../support/deps.ts";
import { at, valueOf } from "../support/a.ts";
import { payNow, refundNow } from "../support/refunds.ts";
import { aHistory } from "./browser-history.ts";
import { aStage, type Stage } from "./stage.tsx";

vi.mock("../../src/usecases/keep-draft.ts", () => ({
  keepDraft: async () => undefined,
  findDraft: async () => undefined,
  dropDraft: async () => undefined,
}));

let stage: Stage;
let deps: Deps;
let clock: TestClock;
let stop: () => void;

const text = (): string => stage.app.textContent;

const patient = { timeout: 10_000 };

const seen = (wanted: string): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    expect(text()).toContain(wanted);
  }, patient);

const show = (args: { readonly p: PaymentId } | { readonly c: string }): void => {
  const abilities = { markDraftOpen: () => () => undefined, signal: () => undefined };
  const built = { deps, abilities, start: {} } as unknown as Built;
  const shop = { ...emptyShell.shop, name: "小林饰品摊", calendar: deps.calendar };
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={{ ...emptyShell, shop, now: () => instantFromMs(clock.ms) }}>
        <NewRefundScreen route={{ name: "new_refund", args }} />
      </ShellProvider>
    </DepsProvider>,
  );
};

const open = async (
  over: Partial<PaymentToRecord> = {},
  wanted = "确认退款",
): Promise<PaymentId> => {
  const p = await payNow(deps, over);
  show({ p });
  await seen(wanted);
  return p;
};

const pick = (value: string): void => stage.tap(`input[value="${value}"]`);
const confirm = (): Promise<void> =>
  act(async () => {
    stage.app.querySelector<HTMLElement>(".bar .btn-primary")?.click();
  });
const button = (): string => stage.app.querySelector(".bar .btn-primary")?.textContent ?? "";
const has = (selector: string): boolean => stage.app.querySelector(selector) !== null;
const form = { amounts: "input[name=amount]", reasons: "input[name=reason]" } as const;

beforeEach(async () => {
  stage = aStage();
  aHistory();
  stop = startRouter();
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  ({ deps, clock } = await aShop());
});

afterEach(() => {
  stage.strike();
  stop();
  vi.unstubAllGlobals();
});

describe("a payment that cannot be refunded", () => {
  it.each([
    ["unpaid", "这笔没有付款成功，没有可退的钱"],
    ["unknown", "付款结果未知，请先在平台查询"],
  ] as const)("R1 %s says why and offers no amount, no reason, no button", async (state, why) => {
    await open({ state }, why);
    expect(has(form.amounts) || has(form.reasons)).toBe(false);
    expect(button()).toBe("");
    expect(await listCases(deps.journal.db, {})).toEqual([]);
  });

  it("R1 all of it gone leads to the refund that took it, and opens again once that is withdrawn", async () => {
    const p = await payNow(deps);
    const caseId = await refundNow(deps, { of: p });
    show({ p });
    await seen("已全额退款");
    expect(has(form.amounts)).toBe(false);
    expect(has(`a[href="#/r/${caseId}"]`)).toBe(true);
    valueOf(await withdrawRefund(deps, caseId, "mistake"));
    await seen("确认退款 ¥360.00");
  });

  it("R1 looked up and found paid, the form opens", async () => {
    await open({ state: "unknown" }, "查到已付款");
    await act(async () => stage.press("查到已付款"));
    await seen("确认退款 ¥360.00");
    expect(has(form.amounts) && has(form.reasons)).toBe(true);
  });
});

describe("the types of a refund", () => {
  it("R2 each can be picked and asks for its own: amount, goods back, goods for goods, a reason why not", async () => {
    await open();
    const asked = () => ({
      amounts: has(form.amounts),
      side: has("input[name=side]"),
      goods: text().includes("换什么"),
      refusal: has("input[name=refusal]"),
      wayBack: text().includes("退回方式"),
      button: button(),
    });
    const usual = { side: false, goods: false, refusal: false, wayBack: true };
    expect(asked()).toEqual({ ...usual, amounts: true, button: "确认退款 ¥360.00" });
    pick("return");
    expect(asked()).toEqual({ ...usual, amounts: true, button: "确认退货退款 ¥360.00" });
    expect(text()).toContain("收到商品后才退钱");
    pick("exchange");
    expect(asked()).toEqual({
      ...usual,
      amounts: false,
      side: true,
      goods: true,
      button: "等价换货",
    });
    pick("decline");
    expect(asked()).toEqual({
      amounts: false,
      side: false,
      goods: false,
      refusal: true,
      wayBack: false,
      button: "记录并告知",
    });
  });

  it("R14 R24 why not and what instead become the sentence for the customer", async () => {
    await open();
    pick("decline");
    await confirm();
    await seen(zhCn["fault.reason_missing"]);
    pick("final_sale");
    await seen("很抱歉，这笔不能退款：特价/定制。您可以换货、部分退款，或补充凭证再申请一次。");
  });
});

describe("amount, reason and recipient", () => {
  it("R37 without an amount or a reason nothing is recorded; the payer is the recipient unless another is picked", async () => {
    await open({ payer: "*明" });
    expect(text()).toContain("原路退回 · *明");
    await confirm();
    await seen(zhCn["fault.reason_missing"]);
    pick("typed");
    pick("overpaid");
    await confirm();
    await seen(zhCn["fault.amount_zero"]);
    expect(await listCases(deps.journal.db, {})).toEqual([]);
  });

  it("R40 records the very numbers that stood on the page", async () => {
    await open();
    pick("half");
    pick("overpaid");
    expect(button()).toBe("确认退款 ¥180.00");
    expect(text()).toContain("可退 ¥360.00 → 剩 ¥180.00");
    await confirm();
    await vi.waitFor(
      async () => expect(await listCases(deps.journal.db, {})).toHaveLength(1),
      patient,
    );
    const [refundCase] = await listCases(deps.journal.db, {});
    if (refundCase === undefined) throw new Error("no case");
    expect(refundCase.amount).toEqual(money(18_000, CNY));
    expect(latestAttempt(refundCase).amount).toEqual(refundCase.amount);
    await vi.waitFor(() => expect(location.hash).toBe(`#/recorded/${refundCase.caseId}`), patient);
  });

  it("R44 X33 a number typed with O for 0 finds the payment and says so", async () => {
    await payNow(deps, { number: { name: "out_trade_no", text: "A2026110001" } });
    show({ c: "A2O26IIOOOI" });
    await seen("按相近的写法找到（0/O、1/I），请核对单号");
    expect(button()).toBe("确认退款 ¥360.00");
  });
});

describe("what is said before an amount is typed", () => {
  it("X14 settled at once warns that there may be nothing to refund from", async () => {
    await open({ acquirer: "custom" });
    expect(text()).not.toContain("秒到结算");
    valueOf(await changeProfile(deps, { ...acquirers.custom, settlement: "D0" }));
    stage.strike();
    await open({ acquirer: "custom" }, "秒到结算可能无法退款，请先问收单机构");
    expect(text().indexOf("秒到结算")).toBeLessThan(text().indexOf("退多少"));
  });

  it("X20 what becomes of the fee stands above the button, and changes with a void", async () => {
    const rules = { ...acquirers.shouqianba, feeRule: "void_only" } as const;
    valueOf(await changeProfile(deps, rules));
    await open({ acquirer: "shouqianba" });
    expect(text()).toContain(zhCn["acquirers.fee.void_only"]);
    expect(text().indexOf("才退手续费")).toBeLessThan(text().indexOf(button()));
    stage.press("24:00 前可以撤销整笔");
    expect(button()).toBe("登记撤销 ¥360.00");
    expect(text()).toContain(zhCn["acquirers.fee.pro_rata"]);
    expect(text()).not.toContain(zhCn["acquirers.fee.void_only"]);
  });

  it("X15 a void is offered until its cut-off, and after it only a refund", async () => {
    await open({ acquirer: "shouqianba" });
    expect(text()).toContain("24:00 前可以撤销整笔");
    stage.strike();
    clock.ms = Date.parse("2026-11-22T16:00:00Z");
    show({ p: await payNow(deps, { acquirer: "shouqianba", paidAt: at("2026-11-22T15:59:00Z") }) });
    await seen("确认退款 ¥360.00");
    expect(text()).not.toContain("撤销整笔");
  });

  it("X22 a transfer says that there is no refund, and offers no original way", async () => {
    await open({ state: "transfer", proof: "own_sale" }, "这是个人转账，不能退款，只能转回并登记");
    expect(text()).toContain("请从钱包转回给顾客，再在这里登记");
    expect(text()).toContain("其他去向");
  });
});
