// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { acquirers } from "../../src/domain/acquirers/index.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { ExportScreen } from "../../src/ui/screens/export/export-screen.tsx";
import { PlanScreen } from "../../src/ui/screens/plan/plan-screen.tsx";
import { TodoScreen } from "../../src/ui/screens/todo/todo-screen.tsx";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { cny, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { headOf } from "../support/journal-watch.ts";
import { asClerk, caseAt, payNow, refundNow } from "../support/refunds.ts";
import { inShop, seenOn, stillScreen } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

const kept = vi.hoisted(() => new Map<string, unknown>());

vi.mock("../../src/storage/drafts.ts", () => ({
  getPreference: async (name: string) => kept.get(name),
  setPreference: async (name: string, value: unknown) => void kept.set(name, value),
}));

let stage: Stage;
let deps: Deps;

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const tailOf = async (caseId: Parameters<typeof caseAt>[1]): Promise<string> =>
  (await caseAt(deps, caseId)).attempts[0]?.refundNo.slice(-4) ?? "";

const tell = async (balance: string): Promise<void> => {
  const field = stage.app.querySelector<HTMLInputElement>('[name="balance"]');
  if (field === null) throw new Error("no field for the balance");
  field.value = balance;
  const form = stage.app.querySelector("form");
  await act(async () => void form?.dispatchEvent(new Event("submit", { cancelable: true })));
};

beforeEach(async () => {
  stillScreen();
  kept.clear();
  stage = aStage();
  ({ deps } = await aShop());
});

describe("E1", () => {
  it("X13 exports only what the plan says can go now, when that is wanted", async () => {
    await refundNow(deps, part(3_000));
    await refundNow(deps, part(9_000));
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(stage, zhCn["plan.no_promise"]);
    await tell("100");
    await seenOn(stage, "充值 ¥20.00");
    stage.show(inShop(deps, <ExportScreen />));
    await seenOn(stage, "2 笔 ¥120.00");
    stage.tap('input[name="plan"]');
    await seenOn(stage, "1 笔 ¥30.00");
    expect(stage.app.textContent).not.toContain("2 笔 ¥120.00");
    stage.tap('input[name="plan"]');
    await seenOn(stage, "2 笔 ¥120.00");
    expect(stage.app.querySelector('a[href="#/plan"]')).not.toBeNull();
  });
});

describe("E5", () => {
  it("X13 asks for a balance, then names the first that would fail, the top-up, and why", async () => {
    const small = await refundNow(deps, part(3_000));
    const large = await refundNow(deps, part(9_000));
    const before = await headOf(deps);
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(stage, zhCn["plan.no_promise"], zhCn["plan.why.no_balance"]);
    expect(stage.app.textContent).not.toContain("充值 ");
    await tell("100");
    await seenOn(
      stage,
      `第一笔失败的是尾号 ${await tailOf(large)}（¥90.00）`,
      "充值 ¥20.00，就都能提交",
      "余额 ¥100.00",
      zhCn["plan.why.takings_apart"],
      "现在提交 · 1 笔 ¥30.00",
      "够，之后还剩 ¥70.00",
      "等充值 · 1 笔 ¥90.00",
      "不够，只剩 ¥70.00",
    );
    const links = [...stage.app.querySelectorAll<HTMLAnchorElement>(".rows a")];
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      `#/r/${small}`,
      `#/r/${large}`,
    ]);
    expect(stage.app.querySelector('a[href="#/export?plan=1"]')).not.toBeNull();
    expect(await headOf(deps)).toEqual(before);
  });

  it("X13 says what is wrong with a balance, and forgets one that is taken out", async () => {
    await refundNow(deps, part(3_000));
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(stage, zhCn["plan.no_promise"]);
    await tell("12,5");
    await seenOn(stage, zhCn["fault.amount_not_a_number"]);
    await tell("30");
    await seenOn(stage, zhCn["plan.fits"]);
    await tell("");
    await seenOn(stage, zhCn["plan.no_promise"]);
  });

  it("X13 F66 a clerk sees the plan, and somebody entitled is asked for the balance", async () => {
    await refundNow(deps, part(3_000));
    stage.show(inShop(asClerk(deps), <PlanScreen />));
    await seenOn(stage, zhCn["plan.no_promise"]);
    await tell("30");
    await seenOn(stage, zhCn["workflow.entitled.title"]);
    expect(kept.size).toBe(0);
  });

  it("X14 X13 settled at once: says that nothing is there and that the acquirer must be asked", async () => {
    valueOf(await changeProfile(deps, { ...acquirers.wechatpay, settlement: "D0" }));
    await refundNow(deps, part(3_000));
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(
      stage,
      zhCn["plan.why.no_float"],
      zhCn["plan.why.takings_gone"],
      zhCn["plan.why.ask_first"],
      "充值 ¥30.00",
    );
  });

  it("X13 says that nothing waits, and how many are held by something else", async () => {
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(stage, zhCn["plan.empty"]);
    await refundNow(deps, { of: await payNow(deps, { proof: "screenshot" }), ...part(500) });
    await seenOn(stage, "另有 1 笔现在不能提交");
  });

  it("X15 R43 X13 a void whose cut-off is near is on the to-do list, which leads to the plan", async () => {
    const chinaums = { acquirer: "chinaums", channel: "wechat" } as const;
    const voided = await refundNow(deps, { of: await payNow(deps, chinaums), type: "void" });
    stage.show(inShop(deps, <TodoScreen />));
    await seenOn(stage, zhCn["todo.kind.deadline"], zhCn["todo.due.void_cutoff"]);
    expect(stage.app.querySelector('a[href="#/plan"]')).not.toBeNull();
    stage.show(inShop(deps, <PlanScreen />));
    await seenOn(stage, "今天到期 1 笔", zhCn["plan.item.void"]);
    expect(stage.app.querySelector(`a[href="#/terminal/${voided}"]`)).not.toBeNull();
    expect(stage.app.querySelector('a[href="#/export?plan=1"]')).toBeNull();
  });
});
