import { GlobalHistogramBinarizer, HybridBinarizer, NotFoundException } from "@zxing/library";
import { correction, generate } from "lean-qr";
import { describe, expect, it } from "vitest";

import { blacken, type Binarizer } from "../../src/workers/qr/black-image.ts";
import { findFinders } from "../../src/workers/qr/finder-patterns.ts";
import { readQrCodes } from "../../src/workers/qr/read-qr.ts";
import type { GreyImage } from "../../src/workers/grey-image.ts";

const levels = ["L", "M", "Q", "H"] as const;

/** Text that fits every version and level. */
const textOf = (version: number): string => "A1b2".repeat(version);

const aCode = (version: number, level: (typeof levels)[number]) =>
  generate(textOf(version), {
    minVersion: version,
    maxVersion: version,
    minCorrectionLevel: correction[level],
    maxCorrectionLevel: correction[level],
  });

type Code = { readonly size: number; readonly get: (x: number, y: number) => boolean };

/** Where a pixel of the picture lies in the code, in modules. */
type Place = (x: number, y: number) => readonly [number, number];

const draw = (code: Code, [width, height]: readonly [number, number], place: Place): GreyImage => {
  const data = new Uint8ClampedArray(width * height).fill(235);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column, row] = place(x + 0.5, y + 0.5);
      if (code.get(Math.floor(column), Math.floor(row))) data[y * width + x] = 16;
    }
  return { data, width, height };
};

const quiet = 6;

const straight = (code: Code, scale: number): GreyImage => {
  const side = Math.round((code.size + 2 * quiet) * scale);
  return draw(code, [side, side], (x, y) => [x / scale - quiet, y / scale - quiet]);
};

const textsOf = (codes: readonly { readonly text: string }[]): readonly string[] =>
  codes.map(({ text }) => text);

const read = (image: GreyImage): readonly string[] =>
  textsOf(readQrCodes(blacken(image, HybridBinarizer)));

/** A binarizer refuses a picture that is all alike. */
const readOrBlank = (image: GreyImage, binarizer: Binarizer): readonly string[] => {
  try {
    return textsOf(readQrCodes(blacken(image, binarizer)));
  } catch (error) {
    expect(error).toBeInstanceOf(NotFoundException);
    return [];
  }
};

describe("own locator around the library's decoder (scanner.md §7.2)", () => {
  it.each([3, 4, 6, 8])(
    "reads every perfect code of versions 1 to 25 at %d pixels a module, all levels in turn",
    (scale) => {
      const missed = Array.from({ length: 25 }, (_, at) => at + 1).filter((version) => {
        const level = version < 3 ? "L" : (levels[(version + scale) % 4] ?? "M");
        return !read(straight(aCode(version, level), scale)).includes(textOf(version));
      });
      expect(missed).toEqual([]);
    },
  );

  it.each([2.7, 3.3, 5.4, 6.7])(
    "reads a slip's code of version 20 whose modules are %d pixels, no whole number",
    (scale) => {
      expect(read(straight(aCode(20, "M"), scale))).toEqual([textOf(20)]);
    },
  );

  it("reads a code that lies turned by any angle", () => {
    const code = aCode(17, "M");
    const half = code.size / 2;
    const missed = Array.from({ length: 12 }, (_, at) => at * 30 + 7).filter((degrees) => {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const picture = draw(code, [720, 720], (x, y) => {
        const [dx, dy] = [(x - 360) / 5, (y - 360) / 5];
        return [half + dx * cos + dy * sin, half - dx * sin + dy * cos];
      });
      return !read(picture).includes(textOf(17));
    });
    expect(missed).toEqual([]);
  });

  it("reads a code that is seen at a slant", () => {
    const code = aCode(10, "M");
    const picture = draw(code, [720, 720], (x, y) => {
      const depth = 1 + (y - 360) / 1600;
      return [code.size / 2 + (x - 360) / 8 / depth, code.size / 2 + (y - 360) / 7 / depth];
    });
    expect(read(picture)).toEqual([textOf(10)]);
  });

  it("reads two codes side by side, and none twice", () => {
    const [one, other] = [aCode(4, "M"), aCode(6, "Q")];
    const picture = draw(
      { size: 0, get: (x, y) => (x < 60 ? one.get(x, y) : other.get(x - 60, y)) },
      [640, 300],
      (x, y) => [x / 5 - 6, y / 5 - 6],
    );
    expect([...read(picture)].sort()).toEqual([textOf(4), textOf(6)]);
  });

  it("finds nothing on stripes, checks and white, however it is made black", () => {
    const patterns: readonly ((x: number, y: number) => boolean)[] = [
      () => false,
      (x) => Math.floor(x) % 2 === 0,
      (x, y) => (Math.floor(x) + Math.floor(y)) % 2 === 0,
      (x, y) => Math.floor(x) % 7 < 1 || Math.floor(y) % 7 < 1,
    ];
    for (const get of patterns) {
      const picture = draw({ size: 0, get }, [400, 300], (x, y) => [x / 4, y / 4]);
      for (const binarizer of [HybridBinarizer, GlobalHistogramBinarizer])
        expect(readOrBlank(picture, binarizer)).toEqual([]);
    }
    expect(findFinders({ data: new Uint8Array(100), width: 10, height: 10 })).toEqual([]);
  });
});
