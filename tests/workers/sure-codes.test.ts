import { expect, test } from "vitest";

import type { DecodedCode } from "../../src/workers/decode.ts";
import { isSure } from "../../src/workers/sure-codes.ts";

const at = (left: number): DecodedCode["corners"] =>
  [
    [left, 0.4],
    [left + 0.2, 0.4],
    [left + 0.2, 0.5],
    [left, 0.5],
  ].map(([x = 0, y = 0]) => ({ x, y }));

const aCode = (
  format: DecodedCode["format"],
  { text = "1", lines = 1, left = 0.1 } = {},
): DecodedCode => ({ format, text, lines, corners: at(left) });

test.each([
  ["qr", 1],
  ["data_matrix", 1],
  ["code_128", 2],
  ["ean_13", 3],
  ["ean_8", 4],
  ["itf", 4],
] as const)("%s counts after %d equal reads", (format, needed) => {
  const [few, enough] = [aCode(format, { lines: needed - 1 }), aCode(format, { lines: needed })];
  expect(isSure(few, [few])).toBe(false);
  expect(isSure(enough, [enough])).toBe(true);
});

test("an EAN-13 that another text at its place contradicts counts only when it is read far more often", () => {
  const rival = aCode("ean_13", { text: "2", lines: 3 });
  const [close, far] = [aCode("ean_13", { lines: 11 }), aCode("ean_13", { lines: 12 })];
  expect(isSure(close, [close, rival])).toBe(false);
  expect(isSure(far, [far, rival])).toBe(true);
  expect(isSure(rival, [far, rival])).toBe(false);
});

test("codes side by side do not contradict each other", () => {
  const [left, right] = [
    aCode("ean_13", { lines: 3 }),
    aCode("ean_13", { text: "2", lines: 3, left: 0.6 }),
  ];
  expect([left, right].map((code) => isSure(code, [left, right]))).toEqual([true, true]);
});

test("what looks like an ITF inside a Code 128 does not stop it, and is not believed", () => {
  const [code, inside] = [aCode("code_128", { lines: 4 }), aCode("itf", { text: "12", lines: 5 })];
  expect(isSure(code, [code, inside])).toBe(true);
  expect(isSure(inside, [code, inside])).toBe(false);
});
