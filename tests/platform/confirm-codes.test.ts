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
  const confirm = createConfirm();
  return frames.map((codes, index) => confirm(codes, index * stepMs).map(({ text }) => text));
};

const empty = (count: number): DecodedCode[][] => Array.from({ length: count }, () => []);

test("a QR code is told with the next frame after a moment, once", () => {
  expect(shown([[qr("A")], [], [qr("A")], [qr("A")]])).toEqual([[], [], ["A"], []]);
  expect(shown([[qr("A")], [], [qr("A")], [qr("A")]], 200)).toEqual([[], ["A"], [], []]);
});

test("a linear code needs two equal reads, in one frame or over several", () => {
  expect(shown([[linear("A")], [linear("A")], [], []])).toEqual([[], [], [], ["A"]]);
  expect(shown([[linear("A", 5)], [], []])).toEqual([[], [], ["A"]]);
  expect(shown([[linear("A")], [], [], [], []]).flat()).toEqual([]);
});

test("two different reads of a linear code do not confirm each other", () => {
  expect(shown([[linear("A")], [linear("B")], [], [], []]).flat()).toEqual([]);
  const ean: DecodedCode = { format: "ean_13", text: "A", lines: 1, corners };
  expect(shown([[linear("A")], [ean], [], [], []]).flat()).toEqual([]);
});

const ean = (text: string): DecodedCode => ({ format: "ean_13", text, lines: 5, corners });

test("a camera that flickers between two texts of one EAN-13 tells neither", () => {
  const flicker = Array.from({ length: 12 }, (_, at) => [ean(at % 2 === 0 ? "A" : "B")]);
  expect(shown(flicker).flat()).toEqual([]);
});

test("several codes in view are told together", () => {
  expect(shown([[qr("A")], [qr("B")], []])).toEqual([[], [], ["A", "B"]]);
});

test("F78 of two codes that take turns none is ever told alone, however the looks fall", () => {
  for (const turnMs of [33, 40, 66, 100])
    for (const stepMs of [20, 33, 66, 100, 150])
      for (let beginMs = 0; beginMs < 2 * turnMs; beginMs += 7) {
        const looks = Array.from({ length: 30 }, (_, look) =>
          Math.floor((beginMs + look * stepMs) / turnMs) % 2 === 0 ? "A" : "B",
        );
        const told = shown(
          looks.map((text) => [qr(text)]),
          stepMs,
        ).find((texts) => texts.length > 0);
        const both = new Set(looks).size === 2 && looks[0] !== looks[1];
        if (both) expect(told?.toSorted(), `${turnMs} ${stepMs} ${beginMs}`).toEqual(["A", "B"]);
      }
});

test("a code is locked while it stays in view and told again after a second out of view", () => {
  const held = Array.from({ length: 40 }, () => [qr("A")]);
  expect(shown(held).flat()).toEqual(["A"]);
  expect(shown([[qr("A")], ...empty(8), [qr("A")], [], []]).flat()).toEqual(["A"]);
  expect(shown([[qr("A")], [], ...empty(11), [qr("A")], [], []]).flat()).toEqual(["A", "A"]);
});

test("on a slow phone a code seen in one frame of six is not told twice", () => {
  const slow = [[qr("A")], ...empty(5), [qr("A")], ...empty(5), [qr("A")], []];
  expect(shown(slow, 400).flat()).toEqual(["A"]);
});

test("another code is told while the first one is still in view", () => {
  const later = [qr("A"), qr("B")];
  expect(shown([[qr("A")], [qr("A")], [qr("A")], later, later, later]).flat()).toEqual(["A", "B"]);
});
