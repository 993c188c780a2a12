// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { CodeReader } from "../../src/ui/screens/scan/code-reader.tsx";
import { aShop } from "../support/deps.ts";
import { aCamera, inShop, stillScreen } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let camera: ReturnType<typeof aCamera>;
const onText = vi.fn();

beforeEach(async () => {
  stage = aStage();
  camera = aCamera();
  stillScreen();
  onText.mockClear();
  const { deps } = await aShop();
  const reader = <CodeReader hint="the code of the other phone" onText={onText} />;
  stage.show(inShop(deps, reader, { abilities: { openScanner: camera.openScanner } }));
  stage.press("开始扫码");
  await vi.waitFor(() => expect(camera.isOpen()).toBe(true));
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

it("F80 gives a hint after 8 s without a code, rests after a minute, and goes on with a tap", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  await act(async () => camera.see("RLH1:ABC"));
  await act(async () => void vi.advanceTimersByTime(7_900));
  expect(stage.app.textContent).not.toContain("离远一点");
  await act(async () => void vi.advanceTimersByTime(200));
  expect(stage.app.textContent).toContain("离远一点");
  await act(async () => void vi.advanceTimersByTime(51_000));
  expect(camera.isOpen()).toBe(true);
  await act(async () => void vi.advanceTimersByTime(1_000));
  expect(camera.isOpen()).toBe(false);
  vi.useRealTimers();
  stage.press("已暂停，点一下继续");
  await vi.waitFor(() => expect(camera.isOpen()).toBe(true));
});

it("F78 of several codes before the camera takes none and says so, until one stands alone", async () => {
  await act(async () => camera.seeAll("RLH1:ABC", "RLH1:DEF"));
  expect(stage.app.textContent).toContain("扫到几个码，请只对准一个");
  expect(onText).not.toHaveBeenCalled();
  await act(async () => camera.see("RLH1:DEF"));
  expect(stage.app.textContent).not.toContain("请只对准一个");
  expect(onText.mock.calls).toEqual([["RLH1:DEF"]]);
});
