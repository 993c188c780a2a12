// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { checkPin } from "../../src/domain/pin.ts";
import { fail, ok } from "../../src/domain/result.ts";
import type { DeviceId } from "../../src/domain/ids.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { ShopScreen } from "../../src/ui/screens/shop/shop-screen.tsx";
import { WelcomeScreen } from "../../src/ui/screens/welcome/welcome-screen.tsx";
import type { Start } from "../../src/usecases/start.ts";
import { aStage, type Stage } from "./stage.tsx";

const openShop = vi.fn<Start["openShop"]>();
const enter = vi.fn();
const startPractice = vi.fn();
const copyText = vi.fn(async () => true);
const closeDraft = vi.fn();

const built = {
  deps: undefined,
  start: { openShop, enter, startPractice },
  abilities: {
    copyText,
    markDraftOpen: () => closeDraft,
    storage: async () => ({ installed: false, persisted: false }),
    askToKeepData: async () => false,
  },
} as unknown as Built;

let stage: Stage;

const field = (name: string): HTMLInputElement => {
  const found = stage.app.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (found === null) throw new Error(`no field ${name}`);
  return found;
};

const fill = (values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) field(name).value = value;
};

const submit = async (): Promise<void> => {
  await act(async () => {
    stage.app
      .querySelector("form")
      ?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
    await new Promise((done) => setTimeout(done, 5));
  });
};

const typed = { shop: "小林饰品摊", owner: "王小林", pin: "739182", again: "739182" };

const show = (what: preact.ComponentChild): void =>
  stage.show(<DepsProvider built={built}>{what}</DepsProvider>);

const showForm = (): void => show(<ShopScreen />);

beforeEach(() => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
  openShop.mockImplementation(async ({ pin }) => {
    const fault = checkPin(pin);
    return fault === undefined
      ? ok({
          device: "d" as DeviceId,
          recoveryCode: "AB12-CD34-EF56-GH78-JK90-MN12",
          rootFingerprintOf: "r" as DeviceId,
        })
      : fail(fault);
  });
});

afterEach(() => {
  stage.strike();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

describe("the welcome page", () => {
  it("starts practice with one tap", () => {
    show(<WelcomeScreen />);
    stage.press("开始练习");
    expect(startPractice).toHaveBeenCalledOnce();
    expect(stage.app.querySelector('a[href="#/shop"]')?.textContent).toBe("直接使用");
  });

  it("warns inside WeChat and in a tab of an iPhone, and nowhere else", () => {
    show(<WelcomeScreen />);
    expect(stage.app.querySelector(".banner")).toBeNull();
    vi.stubGlobal("navigator", { userAgent: "… MicroMessenger/8.0", languages: [] });
    show(<WelcomeScreen key="wechat" />);
    expect(stage.app.querySelector(".banner")?.textContent).toContain("在浏览器打开");
    vi.stubGlobal("navigator", { userAgent: "iPhone", standalone: false, languages: [] });
    show(<WelcomeScreen key="tab" />);
    expect(stage.app.querySelector(".banner")?.textContent).toContain("添加到主屏幕");
  });
});

describe("the first run", () => {
  it("hands over what was typed and shows the recovery code in groups", async () => {
    showForm();
    fill(typed);
    await submit();
    expect(openShop.mock.calls[0]?.[0]).toMatchObject({
      shop: { name: "小林饰品摊", currency: "CNY" },
      ownerName: "王小林",
      pin: "739182",
    });
    const groups = [...stage.app.querySelectorAll(".code-groups > *")];
    expect(groups.map((group) => group.textContent)).toEqual([
      "AB12",
      "CD34",
      "EF56",
      "GH78",
      "JK90",
      "MN12",
    ]);
    expect(enter).not.toHaveBeenCalled();
    stage.press("已抄下，开始用");
    expect(enter).toHaveBeenCalledOnce();
  });

  it("prints the shop's name and the code, and nothing of the PIN", async () => {
    showForm();
    fill(typed);
    await submit();
    const paper = stage.app.querySelector("[data-paper]")?.textContent ?? "";
    expect(paper).toContain("小林饰品摊");
    expect(paper).toContain("AB12");
    expect(paper).not.toContain("739182");
  });

  it("says beside the PIN that it is too easy, reads it out, and keeps what was typed", async () => {
    showForm();
    fill({ ...typed, pin: "123456", again: "123456" });
    await submit();
    expect(field("pin").getAttribute("aria-invalid")).toBe("true");
    expect(stage.app.textContent).toContain("这个 PIN 太好猜");
    expect(field("shop").value).toBe("小林饰品摊");
    expect(field("owner").value).toBe("王小林");
    await vi.waitFor(() => expect(stage.spoken("alert")).toContain("太好猜"));
  });

  it("does not ask for keys while the two PINs differ", async () => {
    showForm();
    fill({ ...typed, again: "739183" });
    await submit();
    expect(openShop).not.toHaveBeenCalled();
    expect(field("again").getAttribute("aria-invalid")).toBe("true");
  });

  it("says that a browser keeps no data, beside no field", async () => {
    openShop.mockImplementation(async () => fail({ kind: "key_not_kept", because: "test" }));
    showForm();
    fill(typed);
    await submit();
    expect(stage.app.textContent).toContain("退出无痕模式");
    expect(stage.app.querySelector("[aria-invalid]")).toBeNull();
    expect(field("shop").value).toBe("小林饰品摊");
  });

  it("keeps updates away until it is left", () => {
    showForm();
    expect(closeDraft).not.toHaveBeenCalled();
    stage.strike();
    expect(closeDraft).toHaveBeenCalledOnce();
  });
});
