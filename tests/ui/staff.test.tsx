// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { firstOwner } from "../../src/domain/ids.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { NewPersonScreen } from "../../src/ui/screens/staff/new-person-screen.tsx";
import { PersonScreen } from "../../src/ui/screens/staff/person-screen.tsx";
import { StaffScreen } from "../../src/ui/screens/staff/staff-screen.tsx";
import { ShopScreen } from "../../src/ui/screens/shop/shop-screen.tsx";
import { emptyShell, ShellProvider } from "../../src/ui/shell-context.tsx";
import { currentSetting } from "../../src/usecases/change-setting.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { unlock } from "../../src/usecases/unlock.ts";
import { units } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { join, personOf, pin, staffRecords } from "../support/people.ts";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
const atTill = signal<Staff | undefined>(undefined);

const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !isSo(); tries++)
    await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 5))));
  expect(isSo()).toBe(true);
};

const says = (text: string) => (): boolean => stage.app.textContent.includes(text);

const show = async (
  screen: ComponentChild,
  shown: string,
  { training = false } = {},
): Promise<void> => {
  const abilities = { markDraftOpen: () => () => undefined };
  const built = { deps, abilities } as unknown as Built;
  stage.show(
    <DepsProvider built={built}>
      <ShellProvider shell={{ ...emptyShell, training }}>{screen}</ShellProvider>
    </DepsProvider>,
  );
  await until(says(shown));
};

const showPerson = (id: string, shown = "姓名") =>
  show(<PersonScreen route={{ name: "person", args: { id } }} />, shown);

const type = (values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const field = [...stage.app.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)].at(-1);
    if (field === undefined) throw new Error(`no field ${name}`);
    field.value = value;
  }
};

const submit = (which = "form"): void => {
  const form = stage.app.querySelector(which);
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true });
  void act(() => void form?.dispatchEvent(event));
};

const pickRole = (role: string): void => stage.tap(`input[name="role"][value="${role}"]`);

const newPin = { pin, again: pin };

beforeEach(async () => {
  await changeLanguage("zh-CN");
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const shop = await aShop();
  atTill.value = shop.deps.staff();
  deps = { ...shop.deps, staff: () => atTill.value };
  stage = aStage();
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("the people of a shop", () => {
  it("P2 X28 shows role, limit and whoever has no PIN here or was switched off", async () => {
    await join(deps, { name: "小王", limit: units(5000) });
    const lead = await join(deps, { name: "小李", role: "lead" });
    await deps.journal.db.envelopes.delete(`pin:${lead.staff}`);
    await show(<StaffScreen />, "小李");
    const rows = [...stage.app.querySelectorAll("a.row")].map((row) => row.textContent);
    expect(rows[0]).toContain("小林店主 · 不限额");
    expect(rows[1]).toContain("小王店员 · 限额 ¥50.00");
    expect(rows[2]).toContain("本机没有，请重设");
    expect(stage.app.textContent).toContain("它挡不住拿到手机的人");
  });
});

describe("somebody new", () => {
  it("X28 R35 joins with role, limit, permissions and a PIN typed twice", async () => {
    await show(<NewPersonScreen />, "姓名");
    stage.tap('input[name="export"]');
    type({ name: "小王", limit: "88.8", ...newPin });
    submit();
    await until(() => location.hash === "#/staff");
    const [, added] = await staffRecords(deps);
    expect(added).toMatchObject({ staff: "s2", role: "clerk", limit: 8880, grants: ["export"] });
  });

  it("puts each fault beside its field and keeps what was typed", async () => {
    await show(<NewPersonScreen />, "姓名");
    type({ name: "", ...newPin });
    submit();
    await until(says("请写姓名"));
    type({ name: "小王", limit: "x" });
    submit();
    await until(says("金额只能是数字"));
    type({ limit: "", pin: "123456", again: "123456" });
    submit();
    await until(says("太好猜"));
    type({ ...newPin, again: "482916" });
    submit();
    await until(says("两次 PIN 不一样"));
    expect(stage.app.querySelector<HTMLInputElement>('input[name="name"]')?.value).toBe("小王");
    expect(await staffRecords(deps)).toHaveLength(1);
  });

  it("offers an owner and an auditor neither limit nor permissions", async () => {
    await show(<NewPersonScreen />, "另外允许");
    for (const role of ["owner", "auditor"]) {
      pickRole(role);
      await until(() => !says("另外允许")());
      expect(stage.app.querySelector('input[name="limit"]')).toBeNull();
    }
    pickRole("lead");
    await until(says("管理员工"));
    expect(stage.app.textContent).not.toContain("导出和确认上传");
  });
});

describe("one person", () => {
  it("X28 changes role and limit; an empty limit is the role's again", async () => {
    const { staff } = await join(deps, { limit: units(5000), grants: ["export"] });
    await showPerson(staff);
    expect(stage.app.querySelector<HTMLInputElement>('input[name="limit"]')?.value).toBe("50.00");
    stage.tap('input[name="export"]');
    pickRole("lead");
    type({ limit: "" });
    submit();
    await until(says("已保存"));
    expect(await personOf(deps, staff)).toMatchObject({ role: "lead", limit: 200_000, grants: [] });
  });

  it("F69 is switched off and on again at once", async () => {
    const { staff } = await join(deps);
    await showPerson(staff);
    stage.press("停用");
    await until(() => stage.app.querySelector(".banner")?.textContent === "已停用");
    await until(says("恢复使用"));
    expect((await personOf(deps, staff)).active).toBe(false);
    stage.press("恢复使用");
    await until(says("已恢复"));
    expect((await personOf(deps, staff)).active).toBe(true);
  });

  it("says why the last owner stays", async () => {
    await showPerson(firstOwner);
    stage.press("停用");
    await until(says("店里至少要有一个在用的店主"));
    expect((await personOf(deps, firstOwner)).active).toBe(true);
  });

  it("F63 gets a new PIN from the owner, typed twice", async () => {
    const { staff } = await join(deps);
    await showPerson(staff);
    stage.press("重设 PIN");
    await until(says("旧 PIN 立刻失效"));
    expect(stage.app.querySelector('input[name="old"]')).toBeNull();
    type({ pin: "604817", again: "604817" });
    submit("dialog form");
    await until(says("新 PIN 已设好"));
    expect((await unlock(deps, staff, "604817")).ok).toBe(true);
  });

  it("sets their own PIN with the old one, and hears how many tries are left", async () => {
    await showPerson(firstOwner);
    stage.press("改我的 PIN");
    await until(says("现在的 PIN"));
    type({ old: "111222", ...newPin });
    submit("dialog form");
    await until(says("PIN 不对，还可试 9 次"));
    type({ old: "739182" });
    submit("dialog form");
    await until(says("新 PIN 已设好"));
    expect((await unlock(deps, firstOwner, pin)).ok).toBe(true);
  });

  it("is not made up", async () => {
    await showPerson("s99", "本机没有这个人");
  });
});

describe("a clerk among the people", () => {
  it("R35 screens §1.5 may look, and saving asks the owner for the PIN", async () => {
    const clerk = await join(deps, { name: "小王" });
    atTill.value = clerk;
    await showPerson(clerk.staff);
    type({ name: "王姐" });
    submit();
    await until(says("需要有权限的人"));
    stage.press("7", "3", "9", "1", "8", "2");
    await until(says("已保存"));
    expect((await personOf(deps, clerk.staff)).name).toBe("王姐");
    const last = (await staffRecords(deps)).at(-1);
    expect(last).toMatchObject({ op: "changed", by: firstOwner });
  });

  it("stays as they were when nobody comes", async () => {
    const clerk = await join(deps, { name: "小王" });
    atTill.value = clerk;
    await showPerson(clerk.staff);
    pickRole("owner");
    submit();
    await until(says("需要有权限的人"));
    stage.press("关闭");
    await until(says("这一步要由有权限的人来做"));
    expect((await personOf(deps, clerk.staff)).role).toBe("clerk");
  });

  it("reads the practice PIN where one is asked for", async () => {
    const clerk = await join(deps, { name: "小王" });
    atTill.value = clerk;
    const screen = <PersonScreen route={{ name: "person", args: { id: clerk.staff } }} />;
    await show(screen, "姓名", { training: true });
    submit();
    await until(says("练习 PIN：739182"));
  });
});

describe("the shop's setting", () => {
  it("P13 X10 is shown, changed and kept", async () => {
    await show(<ShopScreen />, "日切时间");
    expect(stage.app.querySelector<HTMLInputElement>('input[name="cutoff"]')?.value).toBe("00:00");
    type({ mail: "shop@example.com", cutoff: "04:00", lock: "5", share: "50" });
    submit();
    await until(says("已保存"));
    expect(await currentSetting(deps)).toEqual({
      mail: "shop@example.com",
      phone: "",
      address: "",
      cutoffMinutes: 240,
      lockMinutes: 5,
      sharePercent: 50,
      uploadOrigin: "",
    });
  });

  it("P13 refuses what nobody could use", async () => {
    await show(<ShopScreen />, "日切时间");
    type({ mail: "shop" });
    submit();
    await until(says("邮箱不对"));
    type({ mail: "", lock: "99" });
    submit();
    await until(says("锁定时间要在 1 到 30 分钟"));
    type({ lock: "3", share: "120" });
    submit();
    await until(says("本机可退要在 0 到 100"));
  });
});
