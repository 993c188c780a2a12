// @vitest-environment happy-dom
import type { ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { addSeconds, instantFromMs, type Instant } from "../../src/domain/instant.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { OutboxScreen } from "../../src/ui/screens/outbox/outbox-screen.tsx";
import { ContactSheet } from "../../src/ui/screens/refund/contact-sheet.tsx";
import { InvoiceSheet } from "../../src/ui/screens/refund/invoice-sheet.tsx";
import { TodoLink } from "../../src/ui/screens/todo/todo-link.tsx";
import { TodoScreen } from "../../src/ui/screens/todo/todo-screen.tsx";
import { actingAs, type Delivery, type Deps } from "../../src/usecases/deps.ts";
import { aStaff } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import {
  asClerk,
  caseAt,
  exportNow,
  hearNow,
  refundNow,
  setMail,
  submitNow,
} from "../support/refunds.ts";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
const deliver = vi.fn<() => Promise<Delivery>>();

const show = (what: ComponentChildren, now: Instant = instantFromMs(deps.now())): void => {
  const built = { deps, abilities: { deliver }, start: {} } as unknown as Built;
  const shop = { ...emptyShell.shop, name: "小林饰品摊", calendar: deps.calendar };
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={{ ...emptyShell, shop, now: () => now }}>{what}</ShellProvider>
    </DepsProvider>,
  );
};

const text = (): string => stage.app.textContent;

const seen = (wanted: string): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    expect(text()).toContain(wanted);
  });

const hrefs = (): readonly (string | null)[] =>
  [...stage.app.querySelectorAll(".rows a")].map((link) => link.getAttribute("href"));

const heads = (): readonly (string | null)[] =>
  [...stage.app.querySelectorAll(".day > h2")].map((head) => head.textContent);

const type = (name: string, value: string): void => {
  const field = stage.app.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(`no field ${name}`);
  field.value = value;
};

const submit = async (): Promise<void> => {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  await act(async () => void stage.app.querySelector("form")?.dispatchEvent(event));
};

beforeEach(async () => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
  deliver.mockReset();
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the to-do page", () => {
  it("says that there is nothing to do", async () => {
    show(<TodoScreen />);
    await seen("没有待办");
    expect(heads()).toEqual([]);
  });

  it("R46 R14 groups what waits, the most urgent first, and each line opens its page", async () => {
    const unknown = await refundNow(deps);
    await submitNow(deps);
    await hearNow(deps, unknown, "unknown");
    await refundNow(deps);
    const batch = await exportNow(deps);
    const pending = await refundNow(asClerk(deps));
    const goods = await refundNow(deps, { type: "return", reason: "changed_mind" });
    await setMail(deps, "shop@example.com");
    show(<TodoScreen />);
    await seen("待审批 · 1 项");
    expect(heads()).toEqual([
      "结果未知 · 1 项",
      "待审批 · 1 项",
      "待提交平台 · 1 项",
      "待办商品 · 1 项",
      "留底待发送 · 4 项",
    ]);
    expect(hrefs()).toEqual([
      `#/r/${unknown}`,
      `#/approval/${pending}`,
      `#/upload/${batch}`,
      `#/goods/${goods}`,
      "#/outbox",
    ]);
    expect(text()).toContain("先在平台查这个单号，不要重新退");
  });

  it("X19 R22 says in words what only time made urgent", async () => {
    await refundNow(deps);
    await exportNow(deps);
    const untouched = await refundNow(asClerk(deps));
    show(<TodoScreen />, addSeconds(instantFromMs(deps.now()), 49 * 3600));
    await seen("已逾期 · 1 项");
    expect(heads()).toEqual(["已逾期 · 1 项", "48 小时没有动 · 1 项"]);
    expect(text()).toContain("导出已超过 24 小时，还没有确认提交");
    expect(text()).toContain("以后没有人处理 · 待审批");
    expect(hrefs().at(-1)).toBe(`#/approval/${untouched}`);
  });

  it("R46 R49 leads to the backup while one is due", async () => {
    await refundNow(deps);
    deps = { ...deps, now: () => Date.parse("2026-11-24T06:02:00Z") };
    show(<TodoScreen />);
    await seen("该备份了 · 1 项");
    expect(hrefs()).toContain("#/backup");
  });

  it("R46 the chip for the records' head counts what the page lists", async () => {
    show(<TodoLink />);
    await seen("待办");
    expect(stage.app.querySelector(".tone-neutral")?.textContent).toBe("待办");
    await act(async () => void (await refundNow(asClerk(deps))));
    await seen("待办 1");
    expect(stage.app.querySelector("a")?.getAttribute("href")).toBe("#/todo");
  });
});

describe("the outbox", () => {
  it("says when nothing waits", async () => {
    await setMail(deps, "shop@example.com");
    show(<OutboxScreen />);
    await seen("没有待发送的留底");
    expect(text()).toContain("发到 shop@example.com");
  });

  it("keeps the copies and says where to set an address while there is none", async () => {
    await refundNow(deps);
    show(<OutboxScreen />);
    await seen("待发送 1 笔");
    expect(text()).toContain("还没有可用的店铺邮箱");
    expect(stage.app.querySelector(".btn-primary")).toBeNull();
  });

  it("R42 shares all in one letter; what was refused stays with its reason, what went is listed", async () => {
    await setMail(deps, "shop@example.com");
    await refundNow(deps);
    await refundNow(deps);
    show(<OutboxScreen />);
    await seen("全部分享 2 笔");
    deliver.mockResolvedValueOnce("blocked");
    stage.press("全部分享 2 笔");
    await seen("系统不让分享这种文件");
    expect(text()).toContain("待发送 2 笔");
    expect(stage.app.querySelectorAll(".rows .tone-warn")).toHaveLength(2);
    deliver.mockResolvedValueOnce("shared");
    stage.press("全部分享 2 笔");
    await seen("没有待发送的留底");
    expect(heads()).toEqual(["最近发出"]);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it("R42 offers the mail program for one refund and believes the person who sent it", async () => {
    await setMail(deps, "shop@example.com");
    const caseId = await refundNow(deps);
    show(<OutboxScreen />);
    await seen("待发送 1 笔");
    stage.tap(".rows button.row");
    await seen("用邮件程序");
    const link = stage.app.querySelector('a[href^="mailto:"]')?.getAttribute("href") ?? "";
    const body = new URL(link).searchParams.get("body") ?? "";
    expect(body).toContain("状态：已登记，等待提交平台，钱还没有退出");
    expect(body).toContain("退款金额：¥360.00");
    expect(body).toContain("经办：小林");
    stage.press("邮件已发出");
    await seen("没有待发送的留底");
    expect((await caseAt(deps, caseId)).merchantTold).toBe(true);
    expect(deliver).not.toHaveBeenCalled();
  });
});

describe("the contact sheet", () => {
  const onClose = vi.fn();
  let caseId: CaseId;

  beforeEach(async () => {
    onClose.mockReset();
    caseId = await refundNow(deps);
    show(<ContactSheet caseId={caseId} onClose={onClose} />);
  });

  it("R11 logs who, how, the ticket and what was said", async () => {
    stage.tap('input[value="support"]');
    stage.tap('input[value="phone"]');
    type("ticket", "GD-7");
    type("text", "答应明天处理");
    type("next", "2026-11-23T09:30");
    await submit();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect((await caseAt(deps, caseId)).history.at(-1)).toMatchObject({
      text: "答应明天处理",
      told: { kind: "contact", with: "support", via: "phone", ticket: "GD-7" },
    });
    expect((await caseAt(deps, caseId)).nextContact).toBe("2026-11-23T01:30:00Z");
  });

  it("R55 tells a card number beside the button and keeps what was typed", async () => {
    stage.tap('input[value="customer"]');
    stage.tap('input[value="chat"]');
    type("text", "4111 1111 1111 1111");
    await submit();
    await seen("里面像有银行卡号");
    expect(stage.app.querySelector("textarea")?.value).toBe("4111 1111 1111 1111");
    expect(onClose).not.toHaveBeenCalled();
    expect((await caseAt(deps, caseId)).history).toHaveLength(1);
  });

  it("asks an entitled person when the one at the till may not", async () => {
    stage.strike();
    deps = actingAs(deps, aStaff({ role: "auditor", staff: "a1" as never }));
    show(<ContactSheet caseId={caseId} onClose={onClose} />);
    stage.tap('input[value="support"]');
    stage.tap('input[value="phone"]');
    await submit();
    await seen("需要有权限的人");
  });
});

describe("the invoice sheet", () => {
  it("X42 asks for the red invoice's number only once it is done, and starts from what is known", async () => {
    const caseId = await refundNow(deps);
    const onClose = vi.fn();
    show(<InvoiceSheet refundCase={await caseAt(deps, caseId)} onClose={onClose} />);
    expect(stage.app.querySelector('[name="red_no"]')).toBeNull();
    type("no", "26312000000012345678");
    stage.tap('input[value="needed"]');
    await submit();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    stage.strike();
    show(<InvoiceSheet refundCase={await caseAt(deps, caseId)} onClose={onClose} />);
    expect(stage.app.querySelector<HTMLInputElement>('[name="no"]')?.value).toBe(
      "26312000000012345678",
    );
    stage.tap('input[value="done"]');
    type("red_no", "31012611220000000001");
    await submit();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(2));
    expect((await caseAt(deps, caseId)).invoice).toEqual({
      issued: "yes",
      no: "26312000000012345678",
      red: "done",
      red_no: "31012611220000000001",
    });
  });

  it("X42 takes that there was no invoice", async () => {
    const caseId = await refundNow(deps);
    const onClose = vi.fn();
    show(<InvoiceSheet refundCase={await caseAt(deps, caseId)} onClose={onClose} />);
    stage.tap('input[name="invoice-issued"][value="no"]');
    expect(stage.app.querySelector('[name="no"]')).toBeNull();
    await submit();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect((await caseAt(deps, caseId)).invoice).toEqual({ issued: "no" });
  });
});
