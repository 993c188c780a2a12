// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { route, startRouter } from "../../src/ui/router.ts";
import { NewRefundScreen } from "../../src/ui/screens/new-refund/new-refund-screen.tsx";
import { ScanScreen } from "../../src/ui/screens/scan/scan-screen.tsx";
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

const mount = (): void => {
  const abilities = {
    openScanner: camera.openScanner,
    signal: () => undefined,
    markDraftOpen: () => () => undefined,
  };
  stage.show(inShop(deps, <Page />, { abilities }));
};

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

beforeEach(async () => {
  stage = aStage();
  camera = aCamera();
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
});
