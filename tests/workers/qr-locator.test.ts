import { PerspectiveTransform } from "@zxing/library";
import { correction, generate } from "lean-qr";
import { describe, expect, it } from "vitest";

import { blackenAsWhole, blackenByBlocks, blackenFaint } from "../../src/workers/qr/blacken.ts";
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

/** The code on a small white label on black ground. */
const onLabel = ({ size, get }: Code): Code => ({
  size,
  get: (x, y) => Math.min(x, y) < -2 || Math.max(x, y) > size + 1 || get(x, y),
});

/** Noise of three grey values to both sides. */
const grain = (at: number): number => ((Math.imul(at, 2654435761) >>> 16) % 7) - 3;

const textsOf = (codes: readonly { readonly text: string }[]): readonly string[] =>
  codes.map(({ text }) => text);

const read = (image: GreyImage): readonly string[] =>
  textsOf(readQrCodes(blackenByBlocks(image, 2)));

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

  it("reads a code from a low angle, twice as wide as high and half as wide behind as before", () => {
    const code = aCode(4, "M");
    const picture = draw(code, [900, 500], (x, y) => {
      const depth = 1 - (y - 250) / 700;
      return [code.size / 2 + ((x - 450) / 14) * depth, code.size / 2 + ((y - 250) / 7) * depth];
    });
    expect(read(picture)).toEqual([textOf(4)]);
  });

  it.each([
    [3, [314, 185, 559, 110, 577, 326, 361, 383]],
    [7, [216, 66, 612, 177, 534, 645, 126, 636]],
  ] as const)(
    "reads a code of version %d on a black wall that leans so much that only its alignment pattern tells where it ends",
    (version, [ax, ay, bx, by, cx, cy, dx, dy]) => {
      const code = onLabel(aCode(version, "L"));
      const side = code.size;
      const lean = PerspectiveTransform.quadrilateralToQuadrilateral(
        ...([ax, ay, bx, by, cx, cy, dx, dy, 0, 0, side, 0, side, side, 0, side] as const),
      );
      const picture = draw(code, [720, 720], (x, y) => {
        const place = new Float32Array([x, y]);
        lean.transformPoints(place);
        return [place[0] ?? 0, place[1] ?? 0];
      });
      expect(read(picture)).toEqual([textOf(version)]);
    },
  );

  it("reads faint print, which is white to the looks that count paper as well", () => {
    const clear = straight(aCode(14, "Q"), 5);
    const data = clear.data.map((value, at) => (value > 100 ? 170 : 148) + grain(at));
    const faint = { ...clear, data };
    expect(textsOf(readQrCodes(blackenFaint(faint, 14)))).toEqual([textOf(14)]);
    expect([1, 2].flatMap((reach) => readQrCodes(blackenByBlocks(faint, reach)))).toEqual([]);
  });

  it.each([10, 20, 30])("reads a code of version %d on paper that is not flat", (version) => {
    const code = aCode(version, "L");
    const side = (code.size + 2 * quiet) * 4;
    const picture = draw(code, [side, side], (x, y) => {
      const wave = 5 * Math.sin((3 * x) / side) * Math.sin((3 * y) / side);
      return [(x + wave) / 4 - quiet, (y - wave) / 4 - quiet];
    });
    expect(read(picture)).toEqual([textOf(version)]);
  });

  it("reads a code of one pixel a module that ends at the picture's rim", () => {
    const code = aCode(25, "L");
    const picture = draw(code, [code.size, code.size], (x, y) => [x, y]);
    expect(read(picture)).toEqual([textOf(25)]);
  });

  it("tells the corners of a code, from the upper left one clockwise as it is read", () => {
    const code = aCode(3, "M");
    const side = (code.size + 2 * quiet) * 5;
    const upsideDown = draw(code, [side, side], (x, y) => [
      (side - x) / 5 - quiet,
      (side - y) / 5 - quiet,
    ]);
    const [near, far] = [quiet * 5, side - quiet * 5];
    const [found] = readQrCodes(blackenByBlocks(upsideDown, 2));
    const wanted = [
      [far, far],
      [near, far],
      [near, near],
      [far, near],
    ];
    for (const [at, [x = 0, y = 0]] of wanted.entries()) {
      expect(Math.abs((found?.corners[at]?.x ?? 0) - x)).toBeLessThan(3);
      expect(Math.abs((found?.corners[at]?.y ?? 0) - y)).toBeLessThan(3);
    }
  });

  it("a code half in the shadow is read by blocks, where one threshold cannot part it", () => {
    const lit = straight(aCode(5, "M"), 5);
    const data = lit.data.map(
      (value, at) => value * (0.12 + (0.85 * (at % lit.width)) / lit.width),
    );
    const shaded = { ...lit, data };
    expect(read(shaded)).toEqual([textOf(5)]);
    expect(readQrCodes(blackenAsWhole(shaded))).toEqual([]);
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
      for (const black of [
        blackenByBlocks(picture, 2),
        blackenFaint(picture, 14),
        blackenAsWhole(picture),
      ])
        expect(readQrCodes(black)).toEqual([]);
    }
    expect(findFinders({ data: new Uint8Array(100), width: 10, height: 10 })).toEqual([]);
  });
});
