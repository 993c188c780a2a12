import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCardNumbers, maskCardNumbers } from "../../../src/domain/pan-guard.ts";
import {
  counterOf,
  newPrefix,
  nextRefundNumber,
  parseRefundNumber,
} from "../../../src/domain/refund-number.ts";
import { valueOf } from "../../support/a.ts";
import { hasGoodCheck } from "./check-track.ts";
import { isDeep, seed } from "../../support/deep.ts";

const patience = 3_600_000;

const devices = fc.uniqueArray(fc.uint8Array({ minLength: 6, maxLength: 6 }).map(newPrefix), {
  minLength: 1,
  maxLength: 6,
});

const counters = fc.integer({ min: 0, max: 999_990_000 });

describe(`refund numbers, with seed ${seed}`, () => {
  it(
    "invariant 9: X1 X9 are new on every device, 16 to 28 of 0-9 A-Z, and bear their check character",
    () => {
      let made = 0;
      fc.assert(
        fc.property(devices, counters, fc.integer({ min: 1, max: 60 }), (prefixes, from, many) => {
          const numbers = new Set<string>();
          for (const prefix of prefixes)
            for (let last = from, place = 0; place < many; place++) {
              const { number, counter } = nextRefundNumber(prefix, last);
              expect(/^[0-9A-Z]{16,28}$/.test(number) && hasGoodCheck(number)).toBe(true);
              expect(valueOf(parseRefundNumber(number))).toBe(number);
              expect([number.slice(0, 6), counterOf(number)]).toEqual([prefix, counter]);
              numbers.add(number);
              last = counter;
            }
          expect(numbers.size).toBe(prefixes.length * many);
          made += numbers.size;
        }),
        { numRuns: isDeep ? 1_500 : 40, seed },
      );
      expect(made).toBeGreaterThan(isDeep ? 100_000 : 1_000);
    },
    patience,
  );
});

/** First digits and lengths that issuers give out. */
const issuers = [
  ["62", [16, 17, 18, 19]],
  ["4", [13, 16, 19]],
  ["51", [16]],
  ["55", [16]],
  ["2221", [16]],
  ["2720", [16]],
  ["34", [15]],
  ["37", [15]],
  ["3528", [16, 19]],
  ["3589", [16]],
  ["300", [14, 16]],
  ["36", [14]],
  ["38", [14]],
  ["6011", [16, 19]],
  ["65", [16]],
  ["6304", [13, 19]],
  ["9558", [19]],
] as const;

const luhnSum = (digits: string): number =>
  Array.from(digits)
    .reverse()
    .map((digit, place) => Number(digit) * (place % 2 === 0 ? 1 : 2))
    .reduce((sum, weighed) => sum + (weighed > 9 ? weighed - 9 : weighed), 0);

const withCheck = (body: string): string => `${body}${(10 - (luhnSum(`${body}0`) % 10)) % 10}`;

const anyCard: fc.Arbitrary<string> = fc
  .constantFrom(...issuers)
  .chain(([prefix, lengths]) =>
    fc
      .tuple(fc.constantFrom(...lengths), fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }))
      .map(([length, digits]) => withCheck((prefix + digits.join("")).slice(0, length - 1))),
  );

const fullWidth = (digit: string): string => String.fromCharCode(digit.charCodeAt(0) + 0xfee0);

/** A card number as people write it: in groups, with signs between them, now and then in full width. */
const written = fc
  .tuple(
    anyCard,
    fc.integer({ min: 1, max: 19 }),
    fc.constantFrom("", " ", "-", ".", "·", "_", "/", "  ", "\u00a0", "\u3000", " -"),
    fc.array(fc.boolean(), { minLength: 19, maxLength: 19 }),
  )
  .map(([number, group, separator, wide]) =>
    Array.from(number, (digit, place) => {
      const shown = wide[place] === true ? fullWidth(digit) : digit;
      return place > 0 && place % group === 0 ? separator + shown : shown;
    }).join(""),
  );

const words = fc.constantFrom("", "卡号：", "退到", "card no. ", "(", "，谢谢", " ok", "\n");

describe(`card numbers, with seed ${seed}`, () => {
  it(
    "invariant 30: R55 are found in any free text, of any issuer and however written, and masked whole",
    () => {
      fc.assert(
        fc.property(words, written, words, (before, card, after) => {
          const text = before + card + after;
          expect(findCardNumbers(text).length).toBeGreaterThan(0);
          const masked = maskCardNumbers(text);
          expect(findCardNumbers(masked)).toEqual([]);
          expect(masked.length).toBe(text.length);
        }),
        { numRuns: isDeep ? 100_000 : 2_000, seed },
      );
    },
    patience,
  );
});
