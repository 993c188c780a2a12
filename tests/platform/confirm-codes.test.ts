import { expect, test } from "vitest";

import { createConfirm } from "../../src/platform/confirm-codes.ts";
import type { DecodedCode } from "../../src/workers/decode.ts";

const corners = [0.4, 0.6].map((x) => ({ x, y: 0.5 }));

const qr = (text: string): DecodedCode => ({ format: "qr", text, lines: 1, corners });
const linear = (text: string, lines = 1): DecodedCode => ({
  format: "code_128",
  text,
  lines,
  corners,
});

/** Shows frames 100 ms apart and collects what was told. */
const shown = (frames: readonly (readonly DecodedCode[])[], stepMs = 100): string[][] => {
  const { see, tell } = createConfirm();
  return frames.map((codes, index) => {
    const { sure } = see(codes, index * stepMs);
    tell(sure);
    return sure.map(({ text }) => text);
  });
};

const empty = (count: number): DecodedCode[][] => Array.from({ length: count }, () => []);

test("a QR code is told with the next frame, once", () => {
  expect(shown([[qr("A")], [], [qr("A")], [qr("A")]])).toEqual([[], ["A"], [], []]);
});

test("a linear code needs two equal reads, in one frame or over several", () => {
  expect(shown([[linear("A")], [linear("A")], []])).toEqual([[], [], ["A"]]);
  expect(shown([[linear("A", 5)], []])).toEqual([[], ["A"]]);
  expect(shown([[linear("A")], [], [], []]).flat()).toEqual([]);
});

test("two different reads of a linear code do not confirm each other", () => {
  expect(shown([[linear("A")], [linear("B")], []]).flat()).toEqual([]);
  const ean: DecodedCode = { format: "ean_13", text: "A", lines: 1, corners };
  expect(shown([[linear("A")], [ean], []]).flat()).toEqual([]);
});

const ean = (text: string): DecodedCode => ({ format: "ean_13", text, lines: 5, corners });

test("a camera that flickers between two texts of one EAN-13 tells neither", () => {
  const flicker = Array.from({ length: 12 }, (_, at) => [ean(at % 2 === 0 ? "A" : "B")]);
  expect(shown(flicker).flat()).toEqual([]);
});

test("several codes in view are told together", () => {
  expect(shown([[qr("A")], [qr("B")], []])).toEqual([[], ["A", "B"], []]);
});

test("of several that were told together, the one that is left is told again, once", () => {
  const both = [qr("A"), qr("B")];
  const left = Array.from({ length: 30 }, () => [qr("B")]);
  expect(shown([both, both, both, ...left])).toEqual([
    [],
    ["A", "B"],
    ...Array.from({ length: 11 }, () => []),
    ["B"],
    ...Array.from({ length: 19 }, () => []),
  ]);
  const flicker = Array.from({ length: 40 }, (_, at) => [qr(at % 2 === 0 ? "A" : "B")]);
  expect(shown(flicker).filter((told) => told.length > 0)).toEqual([["A", "B"]]);
});

test("a code is locked while it stays in view and told again after a second out of view", () => {
  const held = Array.from({ length: 40 }, () => [qr("A")]);
  expect(shown(held).flat()).toEqual(["A"]);
  expect(shown([[qr("A")], ...empty(8), [qr("A")], []]).flat()).toEqual(["A"]);
  expect(shown([[qr("A")], [], ...empty(11), [qr("A")], []]).flat()).toEqual(["A", "A"]);
});

test("on a slow phone a code seen in one frame of six is not told twice", () => {
  const slow = [[qr("A")], ...empty(5), [qr("A")], ...empty(5), [qr("A")], []];
  expect(shown(slow, 400).flat()).toEqual(["A"]);
});

test("another code is told while the first one is still in view", () => {
  expect(shown([[qr("A")], [qr("A")], [qr("A"), qr("B")], [qr("A")]]).flat()).toEqual(["A", "B"]);
});

test("what is sure says for how long, and is sure until it is told", () => {
  const { see, tell } = createConfirm();
  const texts = (nowMs: number) => {
    const { sure, forMs } = see([qr("A")], nowMs);
    return [sure.length, forMs];
  };
  expect([0, 66, 132].map(texts)).toEqual([
    [0, 0],
    [1, 66],
    [1, 132],
  ]);
  tell(see([qr("A")], 200).sure);
  expect(see([qr("A")], 266).sure).toEqual([]);
});
