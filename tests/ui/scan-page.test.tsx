// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { fail, ok } from "../../src/domain/result.ts";
import { route, startRouter } from "../../src/ui/router.ts";
import { NewRefundScreen } from "../../src/ui/screens/new-refund/new-refund-screen.tsx";
import { ScanScreen } from "../../src/ui/screens/scan/scan-screen.tsx";
import type { Abilities, CameraFault, SeenCodes } from "../../src/usecases/abilities.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { aShop } from "../support/deps.ts";
import { payNow, refundNow } from "../support/refunds.ts";
import { aHistory } from "./browser-history.ts";
import { aCamera, inShop, seenOn, stillScreen } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

vi.mock("../../src/usecases/keep-draft.ts", () => ({
  keepDraft: async () => undefined,
  findDraft: async () => undefined,
  dropDraft: async () => undefined,
}));

let stage: Stage;
let camera: ReturnType<typeof aCamera>;
let deps: Deps;
let stop: () => void;
let picture: SeenCodes;
let refused: CameraFault | undefined;
const number = "A2026112200017";

/** The page of the address, as the app would show it on a phone. */
const Page = () => {
  const { name, args } = route.value;
  return name === "new_refund" ? (
    <NewRefundScreen route={{ name, args }} />
  ) : name === "scan" ? (
    <ScanScreen />
  ) : undefined;
};

const numbersInPicture = (): string[] =>
  Array.from(stage.app.querySelectorAll("dialog svg text"), ({ textContent }) => textContent);

const rows = (): string[] =>
  Array.from(stage.app.querySelectorAll("dialog .row"), ({ textContent }) => textContent);

const start = async (): Promise<void> => {
  stage.press("开始扫码");
  await vi.waitFor(() => expect(camera.isOpen()).toBe(true));
};

const mount = (): void => {
  const abilities = {
    decodePicture: async () => ok(picture),
    openScanner: ((...asked) =>
      refused === undefined
        ? camera.openScanner(...asked)
        : Promise.resolve(fail(refused))) satisfies Abilities["openScanner"],
    signal: () => undefined,
    markDraftOpen: () => () => undefined,
  };
  stage.show(inShop(deps, <Page />, { abilities }));
};

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

beforeEach(async () => {
  stage = aStage();
  camera = aCamera();
  refused = undefined;
  aHistory();
  stop = startRouter();
  stillScreen();
  ({ deps } = await aShop());
  await payNow(deps, { number: { name: "out_trade_no", text: number } });
});

afterEach(() => {
  stage.strike();
  stop();
  vi.unstubAllGlobals();
});

describe("the first page of an unlocked app", () => {
  it("R36 R13 scans: one tap starts the camera, and the bill's code opens the form with its number", async () => {
    mount();
    expect(route.value.name).toBe("scan");
    stage.press("开始扫码");
    await vi.waitFor(() => expect(camera.isOpen()).toBe(true));
    await act(async () => camera.see(number));
    await seen("确认退款 ¥360.00");
    expect(location.hash).toBe(`#/r/new?c=${number}`);
    expect(stage.app.textContent).toContain("尾号 0017");
  });

  it("R36 R13 takes the code of a gun without any tap", async () => {
    mount();
    for (const key of number) {
      window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await seen("确认退款 ¥360.00");
  });

  it.each([["with", true] as const, ["without", false] as const])(
    "R13 takes the code of a gun under a Chinese input method, where keys have no names, %s a closing Enter",
    async (_how, closing) => {
      vi.stubGlobal("matchMedia", (query: string) => ({
        matches: query === "(pointer: coarse)",
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }));
      mount();
      const field = stage.app.querySelector<HTMLInputElement>(".scan-gun");
      if (field === null) throw new Error("no field for the gun");
      const press = (key: string): boolean =>
        field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      for (const character of number) {
        press("Unidentified");
        field.value = character;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (closing) press("Enter");
      await seen("确认退款 ¥360.00");
      expect(field.value).toBe("");
    },
  );

  it.each([
    ["camera_not_allowed", "相机没打开，去系统设置允许"],
    ["camera_not_found", "没有找到相机"],
    ["camera_in_use", "相机被别的应用占用"],
    ["camera_hung", "相机没有响应，可改用拍照"],
    ["camera_insecure", "这个网址不能用相机"],
    ["camera_in_app_browser", "在浏览器打开"],
    ["camera_decoder_failed", "识别程序停了"],
    ["camera_unknown", "相机打不开"],
  ] as const)(
    "F79 %s gets its sentence, and the other ways are one tap away",
    async (kind, words) => {
      refused = { kind };
      mount();
      stage.press("开始扫码");
      await seen(words, "再试");
      const names = Array.from(
        stage.app.querySelectorAll(".u-grid-3 > .btn"),
        (way) => way.textContent,
      );
      expect(names).toEqual(["输入单号", "从图片识别", "没有单号"]);
    },
  );

  it("R1 shows what a refund waits for, and not only how its money stands", async () => {
    const of = await payNow(deps, {
      acquirer: "lakala",
      number: { name: "out_trade_no", text: "VOID0001" },
    });
    await refundNow(deps, { of, type: "void" });
    mount();
    await seen("待撤销");
    expect(stage.app.textContent).not.toContain("待导出");
  });

  it("X27 scanner draws a frame around a code that is refused, and takes it away", async () => {
    mount();
    stage.press("开始扫码");
    await vi.waitFor(() => expect(camera.isOpen()).toBe(true));
    const video = stage.app.querySelector("video") ?? {};
    Object.defineProperties(video, { videoWidth: { value: 1280 }, videoHeight: { value: 720 } });
    const corners = [
      { x: 0.25, y: 0.5 },
      { x: 0.75, y: 0.5 },
      { x: 0.75, y: 0.6 },
    ];
    await act(async () => camera.see("134650000000000000", corners));
    const frame = (): string | null | undefined =>
      stage.app.querySelector(".scan-seen > polygon")?.getAttribute("points");
    expect(frame()).toBe("320,360 960,360 960,432");
    await vi.waitFor(() => expect(frame()).toBeUndefined(), { timeout: 3_000 });
  });

  it("F79 says that the picture is black, takes it back, and ends with a sentence when the camera is pulled out", async () => {
    mount();
    await start();
    await act(async () => camera.turnDark(true));
    await seen("画面是黑的");
    await act(async () => camera.turnDark(false));
    expect(stage.app.textContent).not.toContain("画面是黑的");
    await act(async () => camera.fail("camera_decoder_failed"));
    await seen("识别程序停了", "再试");
    expect(stage.app.querySelector(".scan-live")).toBeNull();
  });
});

describe("several codes in view", () => {
  const drawn: unknown[] = [];

  beforeEach(() => {
    drawn.length = 0;
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({
      drawImage: (source: unknown) => drawn.push(source),
    } as unknown as CanvasRenderingContext2D);
  });

  afterEach(() => void vi.restoreAllMocks());

  it("F78 before the camera are numbered in its picture and in a list of what they are; the one tapped opens", async () => {
    mount();
    await start();
    const video = stage.app.querySelector("video") ?? {};
    Object.defineProperties(video, { videoWidth: { value: 1280 }, videoHeight: { value: 720 } });
    await act(async () => camera.seeAll("UNKNOWN-17", "UNKNOWN-18"));
    await seen("扫到几个码，选一个");
    expect(drawn[0]).toBe(video);
    expect(numbersInPicture()).toEqual(["1", "2"]);
    expect(stage.app.querySelector("dialog polygon")?.getAttribute("points")).toBe(
      "160,45 320,45 320,135 160,135",
    );
    expect(rows()).toEqual(["1 · 商户单号尾号 N-17", "2 · 商户单号尾号 N-18"]);
    await act(async () => camera.seeAll("UNKNOWN-17"));
    expect(location.hash).not.toContain("UNKNOWN");
    stage.press("2 · 商户单号尾号 N-18");
    await vi.waitFor(() => expect(location.hash).toContain("UNKNOWN-18"));
  });

  it("F78 X27 in a picture are offered in it, and a payment code among them is refused when it is chosen", async () => {
    picture = {
      codes: [
        { text: "hello world", format: "qr", corners: [{ x: 0.1, y: 0.1 }] },
        { text: "134650000000000000", format: "code_128", corners: [{ x: 0.1, y: 0.7 }] },
      ],
      picture: { width: 600, height: 800 } as ImageBitmap,
    };
    mount();
    const input = stage.app.querySelector<HTMLInputElement>("input[type=file]");
    if (input === null) throw new Error("no file input");
    Object.defineProperty(input, "files", { value: [new Blob(["jpeg"])], configurable: true });
    await act(async () => void input.dispatchEvent(new Event("change", { bubbles: true })));
    await seen("扫到几个码，选一个");
    expect(drawn).toEqual([picture.picture]);
    expect(rows()).toEqual(["1 · 不认识的码", "2 · 付款码"]);
    stage.press("2 · 付款码");
    await seen("这是付款码，不能用来退款");
    expect(stage.app.querySelector("dialog")).toBeNull();
  });
});
