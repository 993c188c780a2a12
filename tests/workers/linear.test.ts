import { describe, expect, it } from "vitest";

import type { GreyImage } from "../../src/workers/grey-image.ts";
import { code128Text } from "../../src/workers/linear/code-128-text.ts";
import { readLinearCodes, type LinearCode } from "../../src/workers/linear/read-linear.ts";
import { aroundOf, runsOf } from "../../src/workers/linear/runs.ts";
import { sweepsOf } from "../../src/workers/linear/sweeps.ts";
import { linearModules, type Modules } from "./code-picture.ts";

const size = { width: 640, height: 640 };
const [paper, ink] = [230, 25];

/** A label in the middle of a picture, turned; each pixel is the mean of 16 places in it, as in a lens. */
const labelAt = (modules: Modules, degrees: number, scale: number): GreyImage => {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const inkAt = (x: number, y: number): number => {
    const [dx, dy] = [(x - size.width / 2) / scale, (y - size.height / 2) / scale];
    const column = Math.floor(dx * cos + dy * sin + modules.width / 2);
    const row = Math.floor(dy * cos - dx * sin + modules.height / 2);
    const isOn = row >= 0 && row < modules.height && column >= 0 && column < modules.width;
    return isOn && modules.isBlack(column, row) ? ink : paper;
  };
  const parts = [0.125, 0.375, 0.625, 0.875];
  const data = new Uint8ClampedArray(size.width * size.height);
  for (let y = 0, at = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, at++) {
      let sum = 0;
      for (const dy of parts) for (const dx of parts) sum += inkAt(x + dx, y + dy);
      data[at] = sum / 16;
    }
  return { data, ...size };
};

/** Every pixel the mean of those near it in its row. */
const blurred = ({ data, width, height }: GreyImage, reach: number): GreyImage => ({
  data: data.map((_, at) => {
    const near = data.subarray(Math.max(0, at - reach), at + reach + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  }),
  width,
  height,
});

const textsOf = (codes: readonly LinearCode[]): string[] => [
  ...new Set(codes.map(({ format, text }) => `${format} ${text}`)),
];

const readSixFrames = (image: GreyImage): string[] =>
  textsOf([0, 1, 2, 3, 4, 5].flatMap((attempt) => readLinearCodes(image, sweepsOf(attempt))));

const label = linearModules("code128", "A7-000123/T");

describe("own scan lines (scanner.md §7.3)", () => {
  it.each([1.3, 1.6, 2, 3, 3.6])("reads every perfect Code 128 at %d pixels a module", (scale) => {
    const texts = ["A7-000123", "42000023452026", "abc\tDEF~{}", "Zz 9"];
    const missed = texts.filter((text) => {
      const image = labelAt(linearModules("code128", text), 0, scale);
      return readSixFrames(image).join() !== `code_128 ${text}`;
    });
    expect(missed).toEqual([]);
  });

  it("reads a Code 128 at any angle, within six frames", () => {
    const missed = Array.from({ length: 12 }, (_, at) => at * 30 + 7).filter(
      (degrees) => readSixFrames(labelAt(label, degrees, 3)).join() !== "code_128 A7-000123/T",
    );
    expect(missed).toEqual([]);
  });

  it.each([1.5, 1.7, 2.2])("reads small EAN-13 of %d pixels a module", (scale) => {
    const texts = ["6901234567892", "4006381333931", "9780596008574", "0036000291452"];
    const missed = texts.filter((text) => {
      const image = labelAt(linearModules("ean13", text), 0, scale);
      return readSixFrames(image).join() !== `ean_13 ${text}`;
    });
    expect(missed).toEqual([]);
  });

  it.each([
    ["ean13", "6901234567892", "ean_13 6901234567892"],
    ["ean13", "0036000291452", "ean_13 0036000291452"],
    ["ean8", "96385074", "ean_8 96385074"],
    ["interleaved2of5", "10614141000415", "itf 10614141000415"],
    ["interleaved2of5", "0829220875", "itf 0829220875"],
  ] as const)("reads %s %s lying, upright and upside down", (kind, text, wanted) => {
    const modules = linearModules(kind, text);
    for (const degrees of [0, 90, 180, 270])
      expect(textsOf(readLinearCodes(labelAt(modules, degrees, 3), sweepsOf(0)))).toEqual([wanted]);
  });

  it("lies along its bars, though the last line over it was slanted", () => {
    const lines = [0, 6].map((angle) => ({ angles: [angle], gap: 24, shift: 0 }));
    const [code] = readLinearCodes(labelAt(label, 0, 3), lines);
    const [left, right, lowerRight, lowerLeft] = code?.corners.map(({ y }) => y) ?? [];
    expect(right).toBeCloseTo(left ?? 0, 0);
    expect(lowerRight).toBeCloseTo(lowerLeft ?? 0, 0);
    expect(lowerLeft ?? 0).toBeGreaterThan((left ?? 0) + 20);
  });

  it("tells how many lines agree, so that one frame can be enough", () => {
    const [code] = readLinearCodes(labelAt(label, 0, 3), sweepsOf(0));
    expect(code?.lines).toBeGreaterThanOrEqual(3);
  });

  it("reads narrow bars that blur has made grey", () => {
    expect(readSixFrames(blurred(labelAt(label, 0, 4), 2))).toEqual(["code_128 A7-000123/T"]);
  });

  it("reads a label that ends at the picture's rim", () => {
    const image = labelAt(label, 0, 3);
    const left = Math.round((size.width - label.width * 3) / 2);
    const width = label.width * 3;
    const rows = Array.from({ length: size.height }, (_, y) =>
      image.data.subarray(y * size.width + left, y * size.width + left + width),
    );
    const data = Uint8ClampedArray.from(rows.flatMap((row) => Array.from(row)));
    expect(readSixFrames({ data, width, height: size.height })).toEqual(["code_128 A7-000123/T"]);
  });

  it("reads no code of which a bar is missing, changed or cut off", () => {
    const planted: readonly ((x: number) => boolean)[] = [
      (x) => x > 40 && x < 46,
      (x) => x > label.width - 8,
      (x) => x < 6,
    ];
    for (const isWhite of planted) {
      const modules = {
        ...label,
        isBlack: (x: number, y: number) => !isWhite(x) && label.isBlack(x, y),
      };
      expect(readSixFrames(labelAt(modules, 0, 3))).toEqual([]);
    }
  });

  it("reads no EAN-13 whose check digit is another", () => {
    const [one, other] = ["6901234567892", "6901234567885"].map((text) =>
      linearModules("ean13", text),
    );
    if (one === undefined || other === undefined) throw new Error("two codes");
    const mixed = {
      ...one,
      isBlack: (x: number, y: number) => (x > one.width - 12 ? other : one).isBlack(x, y),
    };
    expect(readSixFrames(labelAt(mixed, 0, 3))).toEqual([]);
  });
});

const widths = (values: readonly number[]): number[] => {
  const profile = Float32Array.from(values);
  return Array.from(runsOf(profile, aroundOf(profile), 0.2));
};

describe("runs of a line", () => {
  it("an edge lies half-way between light and dark, between two pixels", () => {
    expect(widths([200, 200, 200, 150, 0, 0, 0, 200, 200])).toEqual(
      [3.33, 3.17, 2.5].map((width) => expect.closeTo(width, 1)),
    );
  });

  it("a bar too narrow to become dark keeps its width", () => {
    const [, bar = 0] = widths([200, 200, 200, 80, 200, 200, 200, 0, 0, 0, 0, 200, 200]);
    expect(bar).toBeGreaterThan(0.5);
    expect(bar).toBeLessThan(0.9); // 0.6 of a pixel; half-way to its own dark it would be 1
  });

  it("a line that begins or ends in the dark has light without width there", () => {
    expect(widths([0, 0, 200, 200, 0, 0])).toEqual([0, 1.5, 2, 2.5, 0]);
    expect(widths([120, 120, 120])).toEqual([3]);
  });
});

describe("text of Code 128 symbols (ISO/IEC 15417)", () => {
  it.each([
    ["set A has control characters", [103, 33, 65, 34], "A\u0001B"],
    ["set B has lower case", [104, 33, 65, 34], "AaB"],
    ["set C has pairs of digits", [105, 12, 0, 99], "120099"],
    ["sets change on the way", [104, 33, 99, 42, 100, 65, 101, 65], "A42a\u0001"],
    ["a shift is for one symbol", [104, 65, 98, 65, 65], "a\u0001a"],
    [
      "FNC4 lifts one character, twice all of them",
      [104, 100, 83, 83, 100, 100, 83, 100, 83],
      "ósós",
    ],
    ["FNC1 to FNC3 say nothing", [104, 102, 33, 96, 97, 34], "AB"],
  ] as const)("%s", (_name, values, text) => {
    expect(code128Text(values)).toBe(text);
  });
});
