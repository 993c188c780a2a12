import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

import type { DecodedCode } from "../../src/workers/decode.ts";
import { loadSecondEngine } from "../../src/workers/second-engine.ts";
import { altered, aPicture, dataMatrixModules, linearModules, qrModules } from "./code-picture.ts";

const { decode } = await loadSecondEngine(
  readFileSync("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"),
);

const still = { kind: "still" } as const;

const textsOf = (codes: readonly DecodedCode[]): string[] =>
  codes.map(({ format, text }) => `${format} ${text}`).sort();

const order = "4200002345202611239876543210";

test("the second engine reads every format of the first, and Data Matrix", async () => {
  const rows = [
    [qrModules("https://example.com/退款?no=A7-000123"), 40, 3],
    [dataMatrixModules("A7-000124"), 200, 6],
    [linearModules("code128", order), 340, 2],
    [linearModules("ean13", "6901234567892"), 460, 2],
    [linearModules("ean8", "96385074"), 580, 2],
    [linearModules("interleaved2of5", "30712345000010"), 700, 2],
  ] as const;
  const placed = rows.map(([modules, top, scale]) => ({ modules, left: 200, top, scale }));
  expect(textsOf(await decode(aPicture(1280, 820, placed), still))).toEqual([
    `code_128 ${order}`,
    "data_matrix A7-000124",
    "ean_13 6901234567892",
    "ean_8 96385074",
    "itf 30712345000010",
    "qr https://example.com/退款?no=A7-000123",
  ]);
});

test("a UPC-A is told as the EAN-13 that begins with 0, as the first engine tells it", async () => {
  const modules = linearModules("upca", "036000291452");
  const frame = aPicture(640, 480, [{ modules, left: 100, top: 100, scale: 3 }]);
  expect(textsOf(await decode(frame, still))).toEqual(["ean_13 0036000291452"]);
});

test("an ITF-14 whose last digit does not check is not told, nor is one of an unusual length", async () => {
  for (const text of ["30712345000011", "3071234500001030712345"]) {
    const modules = linearModules("interleaved2of5", text);
    const frame = aPicture(1280, 480, [{ modules, left: 100, top: 100, scale: 3 }]);
    expect(await decode(frame, still)).toEqual([]);
  }
});

test("a code says where in the frame it stands, from its upper left corner clockwise", async () => {
  const modules = dataMatrixModules("A7-000124");
  const frame = aPicture(1000, 500, [{ modules, left: 100, top: 50, scale: 6 }]);
  const [code] = await decode(frame, still);
  const [right, bottom] = [100 + modules.width * 6, 50 + modules.height * 6];
  const wanted = [100, 50, right, 50, right, bottom, 100, bottom];
  const corners = code?.corners.flatMap(({ x, y }) => [x * 1000, y * 500]) ?? [];
  expect(corners).toHaveLength(8);
  for (const [at, place] of corners.entries())
    expect(Math.abs(place - (wanted[at] ?? 0))).toBeLessThan(4);
});

test("in a still picture an EAN-8 on too few lines does not count, in a film of frames it is told with its lines", async () => {
  const modules = linearModules("ean8", "96385074", 1);
  const frame = aPicture(640, 480, [{ modules, left: 100, top: 200, scale: 3 }]);
  const [seen] = await decode(frame, { kind: "live", attempt: 0 });
  expect(seen).toMatchObject({ format: "ean_8", lines: 3 });
  expect(await decode(frame, still)).toEqual([]);
});

test.each([
  ["white paper", () => 255],
  ["stripes", (_value: number, pixel: number) => (pixel % 7 < 3 ? 0 : 255)],
  ["noise", (_value: number, pixel: number) => (pixel * 2654435761) % 256],
])("%s gives no code and no exception", async (_name, change) => {
  expect(await decode(altered(aPicture(640, 360, []), change), still)).toEqual([]);
});

test.each([
  [1, 1],
  [3, 700],
])("a picture of %d by %d pixels gives no code and no exception", async (width, height) => {
  expect(await decode(aPicture(width, height, []), still)).toEqual([]);
});

test("where WebAssembly is refused, loading says so instead of waiting for ever", async () => {
  await expect(loadSecondEngine(new Uint8Array([0, 97, 115, 109]))).rejects.toThrow(
    WebAssembly.CompileError,
  );
});
