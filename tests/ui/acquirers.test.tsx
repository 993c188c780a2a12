// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { countUnverified, factGroups, profileFacts } from "../../src/domain/acquirers/profile.ts";
import { acquirerIds, acquirers } from "../../src/domain/acquirers/index.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { findProfile } from "../../src/storage/profiles.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { t } from "../../src/ui/language.ts";
import { AcquirerEditScreen } from "../../src/ui/screens/acquirers/acquirer-edit-screen.tsx";
import { AcquirerScreen } from "../../src/ui/screens/acquirers/acquirer-screen.tsx";
import { AcquirersScreen } from "../../src/ui/screens/acquirers/acquirers-screen.tsx";
import { addProfile, changeProfile } from "../../src/usecases/change-profile.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { aStaff, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;

/** happy-dom does not choose the selected option of a list that is put together; a browser does. */
const choices = [
  "settlement",
  "d0Refund",
  "balanceSource",
  "voids",
  "partials",
  "feeRule",
  "place",
  "batchFormat",
  "amountUnit",
] as const;

const builtWith = (own: Deps): Built =>
  ({ deps: own, abilities: { markDraftOpen: () => () => undefined } }) as unknown as Built;

/** Lets what is on its way arrive and be painted, until the page shows it. */
const until = (seen: () => boolean): Promise<unknown> =>
  vi.waitUntil(
    async () => {
      await act(async () => undefined);
      return seen();
    },
    { timeout: 3000, interval: 5 },
  );

const says = (text: string): boolean => stage.app.textContent.includes(text);

const list = async (): Promise<void> => {
  stage.show(
    <DepsProvider built={builtWith(deps)}>
      <AcquirersScreen />
    </DepsProvider>,
  );
  await until(() => stage.app.querySelector(".row") !== null);
};

const page = async (id: string, own = deps): Promise<void> => {
  stage.show(
    <DepsProvider built={builtWith(own)}>
      <AcquirerScreen route={{ name: "acquirer", args: { id } }} />
    </DepsProvider>,
  );
  await until(() => stage.app.querySelector(".bar") !== null);
};

const write = (name: string, value: string): void => {
  const field = stage.app.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`);
  if (field === null) throw new Error(`no field ${name}`);
  field.value = value;
};

const profileNow = async (id: string) => (await findProfile(deps.journal.db, id)).profile;

const form = async (id: string, own = deps): Promise<void> => {
  stage.show(
    <DepsProvider built={builtWith(own)}>
      <AcquirerEditScreen route={{ name: "acquirer_edit", args: { id } }} />
    </DepsProvider>,
  );
  await until(() => stage.app.querySelector("form") !== null);
  const profile = await profileNow(id);
  for (const name of choices) write(name, profile[name]);
  write("resendIdempotent", profile.resendIdempotent ? "yes" : "no");
};

const submit = (): void => {
  const element = stage.app.querySelector("form");
  void act(() => {
    element?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });
};

const rowOf = (title: string): HTMLButtonElement | undefined =>
  [...stage.app.querySelectorAll<HTMLButtonElement>("button.row")].find(
    (row) => row.querySelector(".row-what")?.firstChild?.textContent === title,
  );

beforeEach(async () => {
  ({ deps } = await aShop());
  stage = aStage();
});

afterEach(() => stage.strike());

describe("P9, the list of acquirers", () => {
  it("R25 shows all nine with their settlement and how much nobody confirmed", async () => {
    await list();
    const rows = [...stage.app.querySelectorAll("a.row")];
    expect(rows.map((row) => row.getAttribute("href"))).toEqual(
      acquirerIds.map((id) => `#/acquirers/${id}`),
    );
    for (const [index, id] of acquirerIds.entries()) {
      const text = rows[index]?.textContent ?? "";
      expect(text).toContain(t(`acquirers.name.${id}`));
      expect(text).toContain(t(`acquirers.settlement.${acquirers[id].settlement}`));
      expect(text).toContain(`未核实 ${countUnverified(acquirers[id])}`);
    }
  });

  it("R25 shows the owner's own ones after them, by their name", async () => {
    valueOf(await addProfile(deps, "lakala", "二店拉卡拉"));
    await list();
    await until(() => says("二店拉卡拉"));
    expect(says("复制自拉卡拉")).toBe(true);
  });
});

describe("P9, one acquirer", () => {
  it.each(acquirerIds)(
    "R25 shows every fact of %s in its group with 已核实 or 未核实",
    async (id) => {
      await page(id);
      const heads = [...stage.app.querySelectorAll("h2")].map((head) => head.textContent);
      for (const group of Object.keys(factGroups))
        expect(heads).toContain(t(`acquirers.group.${group as keyof typeof factGroups}`));
      expect(heads).toContain("错误对照");
      for (const fact of profileFacts)
        expect(rowOf(t(`acquirers.fact.${fact}`))?.textContent).toMatch(/(已|未)核实$/);
    },
  );

  it("R25 a tap on a fact shows its source; one more confirms it", async () => {
    await page("lakala");
    void act(() => rowOf("能否撤销")?.click());
    expect(stage.app.querySelector("dialog")?.textContent).toContain("zkmio/lakala-sdk");
    stage.press("标为已核实");
    await until(() => rowOf("能否撤销")?.textContent.endsWith("已核实") === true);
    expect((await profileNow("lakala")).facts.voids).toEqual({ level: "merchant" });
    expect(stage.app.querySelector("dialog")).toBeNull();
  });

  it("X18 lists what its answers mean and who may do what about it", async () => {
    await page("wechatpay");
    const row = [...stage.app.querySelectorAll(".row")].find((one) =>
      one.textContent.includes("NOT_ENOUGH"),
    );
    expect(row?.textContent).toContain("余额不足");
    expect(row?.textContent).toContain("先充值或等进账");
    expect(row?.textContent).toContain("用同一单号再提交（店长 · 店主）");
    expect(row?.textContent).toContain("待处理");
  });

  it("X18 takes an own entry and gives it up again", async () => {
    await page("shengpay");
    stage.press("添加一条");
    write("code", "E77 ");
    write("meaning", "frozen");
    write("action", "call");
    submit();
    await until(() => says("本店添加"));
    expect((await profileNow("shengpay")).ownErrors).toEqual([
      { codes: ["E77"], meaning: "frozen", state: "unknown", actions: ["call"], verified: true },
    ]);
    void act(() => rowOf("E77")?.click());
    stage.press("删除E77");
    await until(() => !says("本店添加"));
    expect((await profileNow("shengpay")).ownErrors).toEqual([]);
  });

  it("R25 offers the defaults only where something was changed, and goes back to them", async () => {
    await page("lakala");
    expect(says("恢复默认")).toBe(false);
    valueOf(await changeProfile(deps, { ...acquirers.lakala, settlement: "D0" }));
    await until(() => says("恢复默认"));
    expect(says("D+0 秒到")).toBe(true);
    stage.press("恢复默认");
    const [, confirm] = [...stage.app.querySelectorAll("button")].filter(
      (button) => button.textContent === "恢复默认",
    );
    void act(() => confirm?.click());
    await until(() => !says("D+0 秒到"));
    expect(await profileNow("lakala")).toEqual(acquirers.lakala);
  });

  it("says so when there is no such profile", async () => {
    stage.show(
      <DepsProvider built={builtWith(deps)}>
        <AcquirerScreen route={{ name: "acquirer", args: { id: "nobody" } }} />
      </DepsProvider>,
    );
    await until(() => says("这个页面还没有"));
  });
});

describe("P9, the form", () => {
  it("R25 saves figures, choices, phone and steps as a new version", async () => {
    await form("lakala");
    write("settlement", "D0");
    write("refundWindowDays", "180");
    write("voidCutoffMinutes", "22:30");
    write("phone", "000-0000");
    stage.tap("input[name=checklist][value=stamp]");
    submit();
    await until(() => stage.spoken("status") === "已保存新版本");
    expect(await profileNow("lakala")).toMatchObject({
      settlement: "D0",
      refundWindowDays: 180,
      voidCutoffMinutes: 1350,
      support: { phone: "000-0000" },
      checklist: [...acquirers.lakala.checklist, "stamp"],
      partials: "unknown",
    });
  });

  it.each(acquirerIds)("R25 saved as it opened changes nothing of %s", async (id) => {
    await form(id);
    submit();
    await until(() => stage.spoken("status") === "已保存新版本");
    expect(await profileNow(id)).toEqual(acquirers[id]);
  });

  it("R25 tells the wrong field beside it, keeps what was typed and saves nothing", async () => {
    await form("wechatpay");
    write("refundWindowDays", "一年");
    submit();
    await until(() => says("请填 1 到 3650 的整数"));
    const field = stage.app.querySelector<HTMLInputElement>("[name=refundWindowDays]");
    expect(field?.getAttribute("aria-invalid")).toBe("true");
    expect(field?.value).toBe("一年");
    expect(document.activeElement).toBe(field);
    expect(await profileNow("wechatpay")).toEqual(acquirers.wechatpay);
  });

  it("R25 a clerk's save asks for somebody who may, and stays unsaved without", async () => {
    const clerk: Deps = { ...deps, staff: () => aStaff({ staff: "c1" as StaffId, role: "clerk" }) };
    await form("lakala", clerk);
    expect(says("保存由店主来做")).toBe(true);
    write("settlement", "D0");
    submit();
    await until(() => says("需要有权限的人"));
    expect(says("小林")).toBe(true);
    stage.press("关闭");
    await until(() => stage.app.querySelector("dialog") === null);
    await until(() => says("有权限的人来做"));
    expect(await profileNow("lakala")).toEqual(acquirers.lakala);
  });
});
