import { expect, test } from "vitest";

import { ownScript } from "../../src/platform/script-url.ts";

const base = "https://shop.example/desk/#/scan";

test("rel-X9 the service worker and built workers of this folder are admitted", () => {
  expect(ownScript("sw.js", base, false)).toBe("https://shop.example/desk/sw.js");
  const worker = "https://shop.example/desk/assets/decode.worker-B4_x-9.js";
  expect(ownScript(worker, base, false)).toBe(worker);
});

test.each([
  ["another origin", "https://evil.example/desk/sw.js"],
  ["the same host on another port", "https://shop.example:8443/desk/sw.js"],
  ["another folder of the origin", "/other/sw.js"],
  ["a folder above", "../sw.js"],
  ["a script that is no worker", "assets/app-abc123.js"],
  ["a data URL", "data:text/javascript,alert(1)"],
  ["a blob", "blob:https://shop.example/desk/sw.js"],
  ["a climb out of assets", "assets/../../sw.js"],
  ["an encoded slash", "assets%2Fx.worker-a.js"],
  ["a source file, outside development", "src/workers/decode.worker.ts"],
])("rel-X9 %s is refused", (_name, url) => {
  expect(() => ownScript(url, base, false)).toThrow(TypeError);
});

test("in development the workers' sources are admitted, and nothing beside them", () => {
  const served = "/src/workers/decode.worker.ts?worker_file&type=module";
  expect(ownScript(served, "http://localhost:5173/", true)).toContain("decode.worker.ts");
  expect(() => ownScript("/src/main.tsx", "http://localhost:5173/", true)).toThrow(TypeError);
});
