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

it("F78 of several codes before the camera takes none and says so, until one stands alone", async () => {
  await act(async () => camera.seeAll("RLH1:ABC", "RLH1:DEF"));
  expect(stage.app.textContent).toContain("扫到几个码，请只对准一个");
  expect(onText).not.toHaveBeenCalled();
  await act(async () => camera.see("RLH1:DEF"));
  expect(stage.app.textContent).not.toContain("请只对准一个");
  expect(onText.mock.calls).toEqual([["RLH1:DEF"]]);
});
