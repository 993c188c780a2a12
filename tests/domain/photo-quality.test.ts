import { describe, expect, it } from "vitest";

import {
  brightness,
  isBlank,
  isClear,
  judgedEdge,
  qualityOf,
  sharpness,
  type GreyPicture,
} from "../../src/domain/photo-quality.ts";
import { aGrey, newRandom } from "../support/pictures.ts";

const width = judgedEdge;
const height = 384;
const whole = { width: 1600, height: 1200 };

type Look = { readonly paper: number; readonly ink: number; readonly ground?: number };

/** Lines of writing on a slip that fills the middle: strokes two pixels wide, as a slip of 40 letters looks at this size. */
const aSlip = ({ paper, ink, ground = paper }: Look): GreyPicture => {
  const random = newRandom(7);
  const strokes = Array.from({ length: 256 * 192 }, () => random() < 0.45);
  return aGrey(width, height, (x, y) => {
    if (x < 120 || x > 390 || y < 12 || y > 370) return ground;
    const isLine = y % 24 < 10 && x % 9 < 7 && x < 340;
    return isLine && strokes[(y >> 1) * 256 + (x >> 1)] === true ? ink : paper;
  });
};

/** One thing on a plain table: hardly an edge in it. */
const aThing = aGrey(width, height, (x, y) => {
  const inside = (x - 256) ** 2 + (y - 192) ** 2 < 90 ** 2;
  return inside ? 90 : 150 + y / 16;
});

const boxBlurOnce = (picture: GreyPicture, radius: number): GreyPicture =>
  aGrey(picture.width, picture.height, (x, y) => {
    let sum = 0;
    let count = 0;
    for (let down = Math.max(0, y - radius); down <= Math.min(height - 1, y + radius); down++)
      for (
        let across = Math.max(0, x - radius);
        across <= Math.min(width - 1, x + radius);
        across++
      ) {
        sum += picture.data[down * width + across] ?? 0;
        count++;
      }
    return sum / count;
  });

/** Twice is close to what a lens does. */
const boxBlur = (picture: GreyPicture, radius: number): GreyPicture =>
  boxBlurOnce(boxBlurOnce(picture, radius), radius);

/** What is left of a sensor's grain in a badly lit shop: two levels of deviation at this size. */
const grain = (picture: GreyPicture, amount: number): GreyPicture => {
  const random = newRandom(11);
  const { data } = picture;
  return aGrey(width, height, (x, y) => (data[y * width + x] ?? 0) + (random() - 0.5) * amount);
};

const slip = aSlip({ paper: 240, ink: 50, ground: 120 });

describe("quality of a photo", () => {
  it.each([
    ["sharp", slip, false],
    ["sharp, with grain", grain(slip, 7), false],
    ["a little soft", boxBlur(slip, 1), false],
    ["out of focus", boxBlur(slip, 2), true],
    ["further out of focus", boxBlur(slip, 3), true],
    ["out of focus, with grain", grain(boxBlur(slip, 2), 7), true],
    ["far out of focus, with grain", grain(boxBlur(slip, 6), 7), true],
    ["a thing on a table", aThing, false],
    ["a thing on a table, out of focus", boxBlur(aThing, 3), true],
  ])("R39 a slip or a thing that is %s", (_name, picture, blurred) => {
    expect(qualityOf(picture, whole).blurred).toBe(blurred);
  });

  // the same measure over the 35 sharp photos of shared/data/decode/boofcv-nominal: 836 to 7601,
  // over the five of boofcv-blurred in which nothing can be read: 89 to 186
  it("R39 the limit of 250 lies between what can be read and what cannot", () => {
    const table = [0, 1, 2, 3, 6].map((radius) => Math.round(sharpness(boxBlur(slip, radius))));
    expect(table).toEqual([25_655, 394, 38, 10, 2]);
  });

  it.each([
    ["an unlit shop", aSlip({ paper: 40, ink: 12, ground: 8 }), { dark: true, bright: false }],
    ["a lamp in the lens", aSlip({ paper: 252, ink: 215 }), { dark: false, bright: true }],
    ["a slip by day", slip, { dark: false, bright: false }],
    ["a white screenshot", aSlip({ paper: 255, ink: 20 }), { dark: false, bright: false }],
    ["a dark screenshot", aSlip({ paper: 17, ink: 225 }), { dark: false, bright: false }],
  ])("R39 tells %s by its mean and by how its writing stands out", (_name, picture, expected) => {
    expect(qualityOf(picture, whole)).toMatchObject(expected);
  });

  it("R39 a small picture and a strip are told", () => {
    expect(qualityOf(slip, { width: 399, height: 1600 }).small).toBe(true);
    expect(qualityOf(slip, { width: 1600, height: 400 }).small).toBe(false);
    expect(isClear(qualityOf(slip, whole))).toBe(true);
    expect(isClear(qualityOf(slip, { width: 200, height: 200 }))).toBe(false);
  });

  it("F81 an empty canvas is blank whatever its colour, paper with grain is not", () => {
    for (const level of [0, 128, 255])
      expect(isBlank(aGrey(width, height, (x) => level + (x % 3)))).toBe(true);
    expect(
      isBlank(
        grain(
          aGrey(width, height, () => 200),
          10,
        ),
      ),
    ).toBe(false);
    expect(isBlank(aGrey(width, height, (x, y) => (x === 9 && y === 9 ? 0 : 255)))).toBe(false);
  });

  it("pictures of one pixel and of none have a quality too", () => {
    for (const edge of [0, 1, 2, 3])
      expect(
        qualityOf(
          aGrey(edge, edge, () => 9),
          { width: edge, height: edge },
        ).small,
      ).toBe(true);
    expect(brightness(aGrey(2, 1, (x) => x * 100))).toBe(50);
  });
});
