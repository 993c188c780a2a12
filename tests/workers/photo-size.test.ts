import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { PictureType } from "../../src/domain/evidence.ts";
import { findFileType, findPicture } from "../../src/workers/file-type.ts";
import { plainJpeg } from "../../src/workers/photo-jpeg.ts";
import { pictureSize } from "../../src/workers/photo-size.ts";
import { aBmp, aGif, aJpeg, aPng, aWebp, joined } from "../support/pictures.ts";
import { runs } from "../support/deep.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Make = (width: number, height: number) => Bytes;

const makers: readonly (readonly [name: string, PictureType, Make, most: number])[] = [
  ["JPEG", "image/jpeg", aJpeg, 65_535],
  ["PNG", "image/png", aPng, 100_000],
  ["GIF", "image/gif", aGif, 65_535],
  ["BMP", "image/bmp", aBmp, 100_000],
  ["lossy WebP", "image/webp", (width, height) => aWebp("VP8 ", width, height), 16_383],
  ["lossless WebP", "image/webp", (width, height) => aWebp("VP8L", width, height), 16_384],
  ["extended WebP", "image/webp", (width, height) => aWebp("VP8X", width, height), 100_000],
];

const types = [...new Set(makers.map(([, type]) => type))];

describe("size of a picture by its header", () => {
  it.each(makers)("F81 reads any size of a %s", (_name, type, make, most) => {
    const edge = fc.integer({ min: 1, max: most });
    fc.assert(
      fc.property(edge, edge, (width, height) => {
        const bytes = make(width, height);
        expect(findPicture(bytes)).toBe(type);
        expect(pictureSize(type, bytes)).toEqual({ width, height });
      }),
    );
  });

  it.each(makers.filter(([, type]) => type !== "image/bmp"))(
    "F81 a %s that is cut has none",
    (_name, type, make) => {
      const bytes = make(300, 200);
      for (let length = 0; length < bytes.length; length++)
        expect(pictureSize(type, bytes.slice(0, length))).toBeUndefined();
    },
  );

  it("F81 a picture without pixels has none", () => {
    for (const [, type, make] of makers.slice(0, 4)) {
      expect(pictureSize(type, make(0, 100))).toBeUndefined();
      expect(pictureSize(type, make(100, 0))).toBeUndefined();
    }
  });

  it("F81 a GIF is as large as its largest frame, whatever its screen says", () => {
    const bomb = aGif(1, 1, [
      [0, 0, 1, 1],
      [5, 0, 60_000, 60_000],
    ]);
    expect(pictureSize("image/gif", bomb)).toEqual({ width: 60_005, height: 60_000 });
  });

  it("a BMP may stand on its head or have the oldest header", () => {
    expect(pictureSize("image/bmp", aBmp(300, -200 >>> 0))).toEqual({ width: 300, height: 200 });
    const oldest = joined(
      "BM",
      new Uint8Array(12),
      [12, 0, 0, 0, 44, 1, 200, 0],
      new Uint8Array(9),
    );
    expect(findPicture(oldest)).toBe("image/bmp");
    expect(pictureSize("image/bmp", oldest)).toEqual({ width: 300, height: 200 });
  });

  it("F81 random byte strings and damaged pictures throw nothing", () => {
    const beginnings = makers.map(([, , make]) => make(300, 200));
    const damaged = fc
      .tuple(fc.constantFrom(...beginnings), fc.nat(80), fc.uint8Array({ maxLength: 60 }))
      .map(([picture, keep, noise]) => joined(picture.slice(0, keep), new Uint8Array(noise)));
    const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
    fc.assert(
      fc.property(fc.oneof(damaged, random), (bytes) => {
        findPicture(bytes);
        findFileType(bytes);
        plainJpeg(bytes);
        for (const type of types) {
          const { width, height } = pictureSize(type, bytes) ?? { width: 1, height: 1 };
          expect(width > 0 && height > 0).toBe(true);
        }
      }),
      { numRuns: runs(4_000, 20_000) },
    );
  });
});
