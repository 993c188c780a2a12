// @vitest-environment happy-dom
import type { ComponentChildren } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { firstOwner, type CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { acquirers } from "../../src/domain/acquirers/index.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { RefundScreen } from "../../src/ui/screens/refund/refund-screen.tsx";
import { ResultScreen } from "../../src/ui/screens/result/result-screen.tsx";
import { ShowScreen } from "../../src/ui/screens/show/show-screen.tsx";
import { UploadScreen } from "../../src/ui/screens/upload/upload-screen.tsx";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { ownerPin } from "../support/people.ts";
import {
  asClerk,
  caseAt,
  exportNow,
  hearNow,
  payNow,
  refundNow,
  submitNow,
} from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;

const text = (): string => stage.app.textContent;

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const show = (what: ComponentChildren): void => {
  stage.show(inShop(deps, what));
};

const showCase = async (id: CaseId, wanted: string): Promise<void> => {
  show(<RefundScreen route={{ name: "refund", args: { id } }} />);
  await seen(wanted);
};

const hear = async (id: CaseId, result: "failed" | "closed", answer: string): Promise<void> => {
  const at = instantFromMs(deps.now());
  const report = { result, by: "portal", at, answer, evidence: [] } as const;
  valueOf(await recordResult(deps, id, report));
};

const next = (): string => stage.app.querySelector(".bar .btn-primary")?.textContent ?? "";

beforeEach(async () => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the page of a refund", () => {
  it("R5 X19 shows by when the money should be there once it is with the platform", async () => {
    const id = await refundNow(deps);
    await submitNow(deps);
    const due = latestAttempt(await caseAt(deps, id)).expectedBy;
    await hearNow(deps, id, "processing");
    expect(due).toBeDefined();
    await showCase(id, "处理中");
    expect(text()).toMatch(/预计到账 · (今天 |\d)/);
    expect(next()).toBe("标记结果 ¥360.00");
  });

  it("R47 X5 an unclear or abnormal answer says what to do, and holds the money", async () => {
    const id = await refundNow(deps);
    await submitNow(deps);
    await hearNow(deps, id, "unknown");
    await showCase(id, "结果未知，不要重新退");
    expect(text()).toContain("剩余可退¥0.00");
    stage.strike();
    await hearNow(deps, id, "abnormal");
    await showCase(id, "平台退不进原账户");
    expect(text()).toContain("剩余可退¥0.00");
    expect(stage.app.querySelector(`a[href="#/support/${id}"]`)).not.toBeNull();
  });

  it("X18 X4 a refusal for good offers no other try; one that a new number cures does", async () => {
    const past = await refundNow(deps);
    await submitNow(deps);
    await hear(past, "failed", "TRADE_OVERDUE");
    await showCase(past, "平台没有退成");
    expect(next()).toBe("再退一笔");
    expect(text()).toContain("改用别的方式退");
    expect(text()).not.toContain("用原单号再提交");
    stage.strike();
    const cured = await refundNow(deps);
    await submitNow(deps);
    await hear(cured, "closed", "没见过的话");
    await showCase(cured, "平台已关闭这笔退款");
    expect(next()).toBe("再试一次 ¥360.00");
  });
});

describe("the page where an answer is marked", () => {
  it("M5 a rejected refund says who and why, and leads to new evidence, not past the answer", async () => {
    const of = await payNow(deps);
    const id = await refundNow(asClerk(deps), { of, reason: "other", note: "没有理由" });
    const decision = { result: "reject", reason: "no_proof", note: "" } as const;
    valueOf(await approveRefund(deps, id, { approver: firstOwner, pin: ownerPin, decision }));
    await showCase(id, "没有批准");
    expect(stage.app.querySelector(".track")?.textContent).toContain("凭证不足");
    expect(next()).toBe("补充凭证，重新打开");
  });

  it("R47 X6 shows the steps for an abnormal refund and an unknown one before anything is saved", async () => {
    const id = await refundNow(deps);
    await submitNow(deps);
    show(<ResultScreen route={{ name: "result", args: { id } }} />);
    await seen("平台怎么说");
    for (const result of ["abnormal", "unknown", "needs_action"] as const) {
      stage.tap(`input[value=${result}]`);
      expect(text()).toContain(zhCn[`workflow.playbook.${result}`]);
      expect(text()).toContain(zhCn[`workflow.playbook_more.${result}`]);
    }
    stage.tap("input[value=succeeded]");
    expect(text()).toContain(zhCn["records.result.arrived_needs"]);
    expect((await caseAt(deps, id)).money).toBe("submitted");
  });
});

describe("the page that the customer sees", () => {
  it("X44 has shop, amount, state and code, and nothing that is for the shop", async () => {
    const of = await payNow(deps, { payer: "*明" });
    const id = await refundNow(deps, { of, note: "顾客态度不好", reason: "other" });
    show(<ShowScreen route={{ name: "show", args: { id } }} />);
    await seen("本凭条不是到账证明");
    expect(text()).toContain("小林饰品摊");
    expect(text()).toContain("¥360.00");
    expect(text()).toContain("钱还没有退出");
    for (const secret of ["顾客态度不好", "经办", "*明", "限额", "凭证等级", "导出", "撤回"])
      expect(text()).not.toContain(secret);
    const links = [...stage.app.querySelectorAll("a, button")].map((one) => one.textContent);
    expect(links).toEqual(["关闭"]);
  });
});

describe("the page of an upload file", () => {
  it("X23 says what must be at hand, and that its order of columns is not confirmed, as long as it is to be uploaded", async () => {
    await refundNow(deps);
    const batch = await exportNow(deps);
    show(<UploadScreen route={{ name: "upload", args: { batch } }} />);
    await seen("上传前准备");
    const steps = [...stage.app.querySelectorAll(".upload-steps li")].map((one) => one.textContent);
    expect(steps).toEqual([
      ...acquirers.wechatpay.checklist.map((item) => zhCn[`acquirers.prepare.${item}`]),
      zhCn["export.check.where.wechat"],
      zhCn["export.check.bring_back"],
    ]);
    expect(text()).toContain("基本账户余额不足，请充值后重新发起");
    expect(text()).toContain("未核实");
    expect(text()).toContain("同一份文件传两次，会退两次");
  });

  it("X16 says that the platform has it once its word on the whole file is noted, and never that money arrived", async () => {
    await refundNow(deps);
    const batch = await submitNow(deps);
    show(<UploadScreen route={{ name: "upload", args: { batch } }} />);
    await seen("已提交，等待平台处理");
    stage.press("平台怎么说这批");
    await seen("这只说明平台收到了，不是已到账");
    stage.press("记下");
    await seen("平台已受理", "处理中");
    expect(text()).toContain("平台怎么说这批"); // a later word counts too
    expect(text()).not.toContain("已到账");
  });

  it("asks for consent to a recall outside its form: Enter in the PIN must not report an upload", async () => {
    await refundNow(deps);
    const batch = await exportNow(deps);
    show(<UploadScreen route={{ name: "upload", args: { batch } }} />);
    await seen("上传前准备");
    stage.press("没上传，收回");
    await seen("怎么知道没有上传");
    expect(stage.app.querySelectorAll("dialog")).toHaveLength(1);
    expect(stage.app.querySelectorAll("form dialog")).toHaveLength(0);
  });
});
