// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { lockOut, noTries, type Tries } from "../../src/domain/lock-out.ts";
import type { StaffId } from "../../src/domain/ids.ts";
import { fail, ok } from "../../src/domain/result.ts";
import type { Staff } from "../../src/domain/staff.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { UnlockScreen } from "../../src/ui/screens/unlock/unlock-screen.tsx";
import type { Start } from "../../src/usecases/start.ts";
import { aStage, type Stage } from "./stage.tsx";

vi.mock("../../src/storage/observe.ts", () => ({
  observe: (query: () => Promise<unknown>, onValue: (value: unknown) => void) => {
    void query().then(onValue);
    return () => undefined;
  },
}));

const aPerson = (staff: string, name: string, role: Staff["role"]): Staff =>
  ({ staff: staff as StaffId, name, role, active: true }) as unknown as Staff;

const boss = aPerson("s1", "王小林", "owner");
const clerk = aPerson("s2", "小李", "clerk");

let people: readonly Staff[];
let tries: Tries;
let stage: Stage;

const unlock = vi.fn<Start["unlock"]>();
const resetPin = vi.fn<Start["resetPin"]>();

const built = {
  deps: undefined,
  abilities: {},
  start: {
    people: async () => people,
    triesLeft: async () => lockOut(tries, Date.now()),
    unlock,
    resetPin,
  },
} as unknown as Built;

const settle = (ms = 0): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

const show = async (): Promise<void> => {
  stage.show(
    <DepsProvider built={built}>
      <UnlockScreen />
    </DepsProvider>,
  );
  await settle(10);
};

const type = async (pin: string): Promise<void> => {
  stage.press(...Array.from(pin));
  await settle(10);
};

const text = (): string => stage.app.textContent;

beforeEach(async () => {
  await changeLanguage("zh-CN");
  vi.useFakeTimers({
    now: 1_780_000_000_000,
    toFake: ["setTimeout", "setInterval", "clearInterval", "clearTimeout", "Date"],
  });
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  people = [boss];
  tries = noTries;
  unlock.mockImplementation(async (_staff, pin) => {
    if (pin === "739182") return ok(boss);
    tries = { fails: tries.fails + 1, lastFailMs: Date.now() };
    return fail({ kind: "wrong_pin", next: lockOut(tries, Date.now()) });
  });
  stage = aStage();
});

afterEach(() => {
  stage.strike();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("the lock", () => {
  it("goes straight to the PIN in a shop of one person", async () => {
    await show();
    await type("739182");
    expect(unlock).toHaveBeenCalledWith("s1", "739182");
  });

  it("F16 comes back with words when the store does not answer", async () => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    unlock.mockRejectedValueOnce(new Error("closed"));
    await show();
    await type("739182");
    expect(text()).toContain("出了点问题");
    expect(reported).toHaveBeenCalledOnce();
    await type("739182");
    expect(unlock).toHaveBeenCalledTimes(2);
  });

  it("asks first who, then the PIN, and lets people change their mind", async () => {
    people = [boss, clerk];
    await show();
    expect(stage.app.querySelector(".pin")).toBeNull();
    stage.tap(".person:last-child");
    await settle(10);
    expect(stage.app.querySelector(".pin")).not.toBeNull();
    expect(text()).not.toContain("忘记 PIN");
    stage.press("换人");
    expect(stage.app.querySelector(".pin")).toBeNull();
  });

  it("R35 says how many tries are left", async () => {
    await show();
    await type("111112");
    expect(text()).toContain("PIN 不对，还可试 9 次");
  });

  it("R35 counts the wait down, lets nobody type, and reads the end out", async () => {
    tries = { fails: 5, lastFailMs: Date.now() };
    await show();
    await settle(1000);
    expect(text()).toMatch(/输错太多次，2\d 秒后再试/);
    await type("739182");
    expect(unlock).not.toHaveBeenCalled();
    await settle(28_500);
    await settle(1000);
    await settle(100);
    expect(text()).not.toContain("后再试");
    expect(stage.spoken("status")).toBe("可以再试了");
    await type("739182");
    expect(unlock).toHaveBeenCalledOnce();
  });

  it("R35 S1 moves the focus to who was picked, and back to the question", async () => {
    people = [boss, clerk];
    await show();
    expect(document.activeElement).toBe(document.body);
    stage.tap(".person:last-child");
    await settle(10);
    expect(document.activeElement?.textContent).toBe("小李 店员");
    stage.press("换人");
    await settle(10);
    expect(document.activeElement?.textContent).toBe("你是谁");
  });

  it("R35 puts the cursor into the PIN where there is a keyboard", async () => {
    vi.stubGlobal("matchMedia", () => ({
      matches: true,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    await show();
    expect(document.activeElement?.getAttribute("aria-label")).toBe("6 位 PIN");
  });

  it("rel-X6 F65 empties what was read out before the lock, and says that it is locked", async () => {
    const alert = document.getElementById("alert");
    if (alert !== null) alert.textContent = "最多可退 ¥36.00";
    await show();
    await settle(100);
    expect([stage.spoken("alert"), stage.spoken("status")]).toEqual(["", "已锁定"]);
  });

  it("F63 sends a clerk whose PIN is switched off to the owner", async () => {
    people = [boss, clerk];
    tries = { fails: 10, lastFailMs: Date.now() };
    await show();
    stage.tap(".person:last-child");
    await settle(10);
    expect(text()).toContain("请店主在“员工”里重设 PIN");
  });

  it("tells that a person has no PIN on this device", async () => {
    unlock.mockImplementation(async () => fail({ kind: "pin_missing" }));
    await show();
    await type("739182");
    expect(text()).toContain("本机没有这个人的 PIN，请店主重设");
  });

  it("offers only the recovery code once it is switched off", async () => {
    tries = { fails: 10, lastFailMs: Date.now() };
    await show();
    expect(text()).toContain("已停用，请店主用恢复码解锁");
    expect(stage.app.querySelector<HTMLInputElement>(".pin input")?.disabled).toBe(true);
    stage.press("忘记 PIN");
    expect(stage.app.querySelector('input[name="code"]')).not.toBeNull();
  });
});

const submit = async (values: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(values)) {
    const field = stage.app.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (field !== null) field.value = value;
  }
  stage.app
    .querySelector("form")
    ?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  await settle(10);
};

describe("a new PIN by recovery code", () => {
  it("keeps what was typed when the code is wrong", async () => {
    resetPin.mockImplementation(async () => fail({ kind: "wrong_recovery_code" }));
    await show();
    stage.press("忘记 PIN");
    await submit({ code: "AAAA", pin: "482913", again: "482913" });
    expect(text()).toContain("恢复码不对");
    expect(stage.app.querySelector<HTMLInputElement>('input[name="code"]')?.value).toBe("AAAA");
  });

  it("leads back to the pad when it is set", async () => {
    resetPin.mockImplementation(async () => ok(undefined));
    await show();
    stage.press("忘记 PIN");
    await submit({ code: " AB12-CD34 ", pin: "482913", again: "482913" });
    expect(resetPin).toHaveBeenCalledWith({
      staff: "s1",
      recoveryCode: "AB12-CD34",
      pin: "482913",
    });
    expect(stage.app.querySelector(".pin")).not.toBeNull();
    expect(text()).toContain("新 PIN 已设好");
  });
});
