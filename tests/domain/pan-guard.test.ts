import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCardNumbers, maskCardNumbers } from "../../src/domain/pan-guard.ts";
import { runs } from "../support/deep.ts";

const withLuhn = (body: string): string =>
  body +
  Array.from({ length: 10 }, (_, digit) => digit).find((digit) => {
    const sum = Array.from(body + String(digit))
      .reverse()
      .map((character, at) => Number(character) * (at % 2 === 0 ? 1 : 2))
      .reduce((total, weighed) => total + (weighed > 9 ? weighed - 9 : weighed), 0);
    return sum % 10 === 0;
  });

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((list) => list.join(""));

const card = fc
  .constantFrom(
    ["62", 16],
    ["62", 19],
    ["622848", 19],
    ["4", 16],
    ["51", 16],
    ["55", 16],
    ["2221", 16],
    ["37", 15],
    ["3530", 16],
  )
  .chain((shape) => {
    const [prefix, length] = shape as [string, number];
    return digits(length - prefix.length - 1).map((rest) => withLuhn(prefix + rest));
  });

const separator = fc.constantFrom("", " ", "-", ".", "  ", "\u00a0", " -", "/");

const separated = fc
  .tuple(
    card,
    fc.array(separator, { minLength: 19, maxLength: 19 }),
    fc.integer({ min: 1, max: 6 }),
  )
  .map(([number, separators, group]) =>
    Array.from(
      number,
      (digit, at) => (at > 0 && at % group === 0 ? (separators[at] ?? "") : "") + digit,
    ).join(""),
  );

describe("card numbers in free text", () => {
  it("R55, F84 finds and masks every valid card number, however it is separated", () => {
    fc.assert(
      fc.property(
        separated,
        fc.constantFrom("", "卡号：", "card ", "3 x "),
        fc.constantFrom("", "，谢谢", " 12/28"),
        (number, before, after) => {
          const plain = number.replace(/\D/g, "");
          const masked = maskCardNumbers(before + number + after);
          expect(masked.replace(/[^\d*]/g, "")).toContain(
            plain.slice(0, 6) + "*".repeat(plain.length - 10) + plain.slice(-4),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("F84 finds a card number in full-width digits", () => {
    expect(maskCardNumbers("４１１１１１１１１１１１１１１１")).toBe("４１１１１１******１１１１");
  });

  it("leaves everything else as it was", () => {
    for (const text of [
      "",
      "138 0013 8000",
      "4111111111111112",
      "2026-11-22 14:02:00",
      "苹果 12.50 元 × 3",
    ])
      expect(maskCardNumbers(text)).toBe(text);
  });

  it("never throws, and never lengthens a text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(maskCardNumbers(text)).toHaveLength(text.length);
      }),
    );
  });

  it("finds both of two card numbers, and none twice", () => {
    expect(findCardNumbers("4111 1111 1111 1111 and 5555555555554444")).toEqual([
      { start: 0, end: 19 },
      { start: 24, end: 40 },
    ]);
  });

  it("F84 takes at most 1 % of order numbers for cards", () => {
    const random = fc.sample(fc.integer({ min: 13, max: 30 }).chain(digits), {
      numRuns: runs(4_000, 100_000),
      seed: 7,
    });
    const alarms = random.filter((number) => findCardNumbers(number).length > 0);
    expect(alarms.length).toBeLessThanOrEqual(200);
  });

  const folder = "../shared/data/codes";
  it.skipIf(!existsSync(folder))(
    "F84 takes no order number of ../shared/data/codes for a card, in groups of four or not",
    () => {
      const { codes } = JSON.parse(readFileSync(`${folder}/codes.json`, "utf8")) as {
        codes: readonly { text: string; neverStore: boolean }[];
      };
      for (const { text, neverStore } of codes) {
        if (neverStore) continue;
        expect(findCardNumbers(text)).toEqual([]);
        if (/^\d{24,}$/.test(text))
          expect(findCardNumbers(text.replace(/(\d{4})/g, "$1 "))).toEqual([]);
      }
    },
  );

  it("takes linear time", () => {
    const started = performance.now();
    for (const unit of ["4", "4 ", "4111 ", "41111 ", "411111111111 "])
      findCardNumbers(unit.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
