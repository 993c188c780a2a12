// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { act } from "preact/test-utils";

import { latestAttempt } from "../../src/domain/refund/case.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { AuditScreen } from "../../src/ui/screens/audit/audit-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { tamper, type Till } from "../storage/a-till.ts";
import { aShop } from "../support/deps.ts";
import { uploaded } from "../support/refund-rows.ts";
import { asClerk, caseAt, exportNow, refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
const save = vi.fn(async (_file: { readonly bytes: Uint8Array }) => "saved");

const show = (open = deps): void =>
  stage.show(
    inShop(open, <AuditScreen />, {
      abilities: { save, markDraftOpen: () => () => undefined } as never,
    }),
  );

const choose = (name: string, value: string): void =>
  void act(() => {
    const field = stage.app.querySelector<HTMLSelectElement>(`[name="${name}"]`);
    if (field === null) throw new Error(`no field ${name}`);
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

beforeEach(async () => {
  stage = aStage();
  save.mockClear();
  ({ deps } = await aShop());
});

describe("A1", () => {
  it("R52 tells every record in plain words, who and when, and opens its refund", async () => {
    const caseId = await refundNow(deps, { note: "=尺码不对" });
    await exportNow(deps);
    show();
    const { refundNo } = latestAttempt(await caseAt(deps, caseId));
    await seenOn(
      stage,
      "登记收款",
      "登记退款",
      "=尺码不对",
      "小林",
      refundNo,
      "存下上传文件",
      "第 0 条",
    );
    expect(stage.app.querySelector(`a[href="#/r/${caseId}"]`)).not.toBeNull();
    choose("kind", "payment");
    await seenOn(stage, "登记收款");
    expect(stage.app.textContent).not.toContain("=尺码不对");
    stage.press(zhCn["audit.save"]);
    await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
    const [, ...lines] = new TextDecoder()
      .decode(save.mock.calls[0]?.[0].bytes)
      .trimEnd()
      .split("\r\n");
    expect(lines.map((line) => line.split(",").slice(3, 6))).toEqual([
      ['"登记收款"', '""', '"360.00"'],
    ]);
  });

  it("R52 a file of several refunds is told with their number and its total", async () => {
    const { deps: open, one } = await uploaded([1200, 3400]);
    show(open);
    const { refundNo } = latestAttempt(await caseAt(open, one));
    await seenOn(stage, "做好上传文件");
    const rows = [...stage.app.querySelectorAll(`a[href="#/r/${one}"]`)];
    const [made, confirmed] = ["做好上传文件", "确认已上传平台"].map(
      (words) => rows.find(({ textContent }) => textContent.startsWith(words))?.textContent ?? "",
    );
    expect(made).toContain(`${refundNo} · 2 笔`);
    expect(made).toContain("¥46.00");
    expect(confirmed).toContain(`${refundNo} · 2 笔`);
    expect(confirmed).not.toContain("¥");
  });

  it("R52 says that nothing is missing, and names what is", async () => {
    await refundNow(deps);
    show();
    await seenOn(stage, "登记退款");
    stage.press(zhCn["audit.check"]);
    await seenOn(stage, "第 0 到");
    await tamper(deps as unknown as Till, (raw) => raw.table("records").delete([deps.device, 2]));
    stage.press(zhCn["audit.check"]);
    await seenOn(stage, zhCn["audit.damaged"], "缺第 2 条");
  });

  it("R52 does not announce a chain as whole in which a record was changed", async () => {
    await refundNow(deps);
    await tamper(deps as unknown as Till, async (raw) => {
      const row = await raw.table("records").get([deps.device, 2]);
      await raw.table("records").put({ ...row, jwt: String(row.jwt).replace(/.(?=.{10}$)/, "?") });
    });
    show();
    await seenOn(stage, "登记退款");
    stage.press(zhCn["audit.check"]);
    await seenOn(stage, "第 2 条被改动或接不上");
    await vi.waitFor(() => expect(stage.spoken("status")).toBe(zhCn["audit.damaged"]));
  });

  it("R52 F66 asks for somebody who may where a clerk is at the till", async () => {
    await refundNow(deps);
    show(asClerk(deps));
    await seenOn(stage, zhCn["audit.who"]);
    expect(stage.app.textContent).not.toContain("登记退款");
    stage.press(zhCn["audit.open"]);
    await seenOn(stage, zhCn["workflow.entitled.text"]);
  });
});
