// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { Keypad, type AcceptsKey } from "../../src/ui/components/keypad.tsx";
import { PinPad } from "../../src/ui/components/pin-pad.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let app: HTMLElement;

beforeEach(() => {
  stage = aStage();
  app = stage.app;
});

afterEach(() => {
  stage.strike();
  vi.useRealTimers();
});

const mount = (accepts: AcceptsKey = () => true) => {
  const typed = signal("");
  const refusals: (string | undefined)[] = [];
  stage.show(
    <Keypad
      typed={typed}
      limit={money(3600, CNY)}
      accepts={accepts}
      onRefused={(sentence) => refusals.push(sentence)}
    />,
  );
  return { typed, refusals };
};

const type = async (name: string): Promise<void> => {
  await act(async () => {
    dispatchEvent(new KeyboardEvent("keydown", { key: name }));
    await Promise.resolve();
  });
};

describe("the keypad", () => {
  it("types, deletes, and ignores and announces a key past the limit", () => {
    vi.useFakeTimers();
    const { typed, refusals } = mount();
    stage.press("3", "6", "1");
    expect(typed.value).toBe("36");
    expect(refusals.at(-1)).toBe("最多 ¥36.00");
    vi.advanceTimersByTime(100);
    expect(stage.spoken("alert")).toBe("最多 ¥36.00");
    stage.press("删除一位", "小数点", "5");
    expect(typed.value).toBe("3.5");
    expect(refusals.at(-1)).toBeUndefined();
  });

  it("reads the amount out after 250 ms without keys", () => {
    vi.useFakeTimers();
    mount();
    stage.press("1", "8");
    vi.advanceTimersByTime(200);
    expect(stage.spoken("status")).toBe("");
    vi.advanceTimersByTime(200);
    expect(stage.spoken("status")).toBe("金额 ¥18.00");
  });

  it("takes the keyboard of a person", async () => {
    const { typed } = mount();
    await type("1");
    await type("2");
    await type("Backspace");
    expect(typed.value).toBe("1");
  });

  it("X34 takes nothing from a scanner's burst", async () => {
    const { typed } = mount(() => Promise.resolve(false));
    for (const digit of "4200002345") await type(digit);
    expect(typed.value).toBe("");
  });
});

describe("the PIN pad", () => {
  it("tells six digits once, keeps none, and counts the digits aloud but does not say them", () => {
    vi.useFakeTimers();
    const pins: string[] = [];
    stage.show(<PinPad onComplete={(pin) => pins.push(pin)} />);
    stage.press("1", "2", "3");
    expect(app.querySelectorAll(".pin-full")).toHaveLength(3);
    vi.advanceTimersByTime(100);
    expect(stage.spoken("status")).toBe("已输入 3 位，共 6 位");
    stage.press("4", "5", "6");
    expect(pins).toEqual(["123456"]);
    expect(app.querySelector("input")?.value).toBe("");
    expect(app.querySelectorAll(".pin-full")).toHaveLength(0);
  });

  it("takes a pasted PIN", () => {
    const pins: string[] = [];
    stage.show(<PinPad onComplete={(pin) => pins.push(pin)} />);
    const field = app.querySelector("input");
    if (field === null) throw new Error("no field");
    field.value = "654321";
    void act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
    expect(pins).toEqual(["654321"]);
  });

  it("takes no key while it is locked", () => {
    const pins: string[] = [];
    stage.show(<PinPad locked fault="30 秒后再试" onComplete={(pin) => pins.push(pin)} />);
    stage.press("1", "2", "3", "4", "5", "6");
    expect(pins).toEqual([]);
    expect(app.textContent).toContain("30 秒后再试");
  });
});
