import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponentOf, findCurrency, type Currency } from "../../src/domain/currency.ts";
import {
  add,
  allocate,
  compare,
  half,
  money,
  parseAmount,
  portion,
  subtract,
  sum,
  times,
  writeAmount,
} from "../../src/domain/money.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { runs } from "../support/deep.ts";

const currencyOf = (code: string): Currency => {
  const currency = findCurrency(code);
  if (currency === undefined) throw new Error(`${code} is not known`);
  return currency;
};

const CNY = currencyOf("CNY");
const HKD = currencyOf("HKD");
const JPY = currencyOf("JPY");
const KWD = currencyOf("KWD");
const CLF = currencyOf("CLF");

const anyCurrency = fc.constantFrom(CNY, HKD, JPY, KWD, CLF);
const safeMinor = fc.oneof(fc.maxSafeNat(), fc.nat(1_000_000), fc.nat(100));

const isDigits = (part: string): boolean =>
  part.split("").every((character) => "0123456789".includes(character));

/** What a text is worth in minor units, worked out digit by digit with bigint; undefined when it is no amount. */
const oracle = (text: string, decimals: number): bigint | undefined => {
  const plain = text
    .trim()
    .split("")
    .map((character) => {
      const wide = "０１２３４５６７８９".indexOf(character);
      if (wide >= 0) return String(wide);
      return character === "。" || character === "．" ? "." : character;
    })
    .join("");
  const [whole = "", fraction = "", ...more] = plain.split(".");
  if (whole === "" || more.length > 0 || !isDigits(whole + fraction)) return undefined;
  if (fraction.length > decimals) return undefined;
  let minor = BigInt(whole) * 10n ** BigInt(decimals);
  minor += fraction === "" ? 0n : BigInt(fraction) * 10n ** BigInt(decimals - fraction.length);
  return minor > 9_007_199_254_740_991n || whole.length > 16 ? undefined : minor;
};

describe("parseAmount", () => {
  it.each([
    ["36", 3_600],
    ["36.", 3_600],
    ["36.5", 3_650],
    ["0.01", 1],
    ["007", 700],
    [" 12.30 ", 1_230],
    ["１２", 1_200],
    ["１２．５０", 1_250],
    ["12。5", 1_250],
  ])("F43 reads %j as a person means it", (text, minor) => {
    expect(valueOf(parseAmount(text, CNY)).minor).toBe(minor);
  });

  it.each([
    ["", "amount_empty"],
    ["  ", "amount_empty"],
    ["-0", "amount_not_a_number"],
    ["-1", "amount_not_a_number"],
    ["+1", "amount_not_a_number"],
    ["−1", "amount_not_a_number"],
    ["1e3", "amount_not_a_number"],
    ["0x10", "amount_not_a_number"],
    ["NaN", "amount_not_a_number"],
    ["Infinity", "amount_not_a_number"],
    ["1,234.50", "amount_not_a_number"],
    ["1，234", "amount_not_a_number"],
    ["1 234", "amount_not_a_number"],
    ["¥12", "amount_not_a_number"],
    ["१२३", "amount_not_a_number"],
    [".5", "amount_not_a_number"],
    ["1.2.3", "amount_not_a_number"],
    ["0.1+0.2", "amount_not_a_number"],
    ["1.005", "amount_too_many_decimals"],
    ["99999999999999", "amount_too_large"],
    ["4200001234202611221234567890", "amount_too_large"],
  ])("F43 refuses %j with %s", (text, kind) => {
    expect(faultOf(parseAmount(text, CNY)).kind).toBe(kind);
  });

  it("F43 agrees with a bigint oracle on any text of digits, points and their full-width forms", () => {
    const character = fc.constantFrom(..."0123456789..．。０５９ -+,e१¥".split(""));
    const anyText = fc.oneof(
      fc.string({ unit: character, maxLength: 20 }),
      fc.string({ maxLength: 12 }),
      fc.tuple(safeMinor, fc.nat(99_999)).map(([whole, rest]) => `${whole}.${rest}`),
    );
    fc.assert(
      fc.property(anyText, anyCurrency, (text, currency) => {
        const read = parseAmount(text, currency);
        expect(read.ok ? BigInt(read.value.minor) : undefined).toBe(
          oracle(text, exponentOf(currency)),
        );
      }),
      { numRuns: runs(5_000, 1_000_000) },
    );
  }, 600_000);

  it("F43 reads back what it writes, in every number of decimals, up to the largest safe integer", () => {
    fc.assert(
      fc.property(safeMinor, anyCurrency, (minor, currency) => {
        const amount = money(minor, currency);
        expect(valueOf(parseAmount(writeAmount(amount), currency))).toEqual(amount);
      }),
      { numRuns: 5_000, examples: [[Number.MAX_SAFE_INTEGER, JPY]] },
    );
  });

  it("X47 takes no decimals in yen and three in Kuwaiti dinars", () => {
    expect(faultOf(parseAmount("1.5", JPY))).toEqual({
      kind: "amount_too_many_decimals",
      decimals: 0,
    });
    expect(valueOf(parseAmount("150", JPY)).minor).toBe(150);
    expect(valueOf(parseAmount("1.234", KWD)).minor).toBe(1_234);
    expect(faultOf(parseAmount("1.2345", KWD)).kind).toBe("amount_too_many_decimals");
  });
});

describe("writeAmount", () => {
  it.each([
    [0, CNY, "0.00"],
    [1, CNY, "0.01"],
    [-1, CNY, "-0.01"],
    [123_450, CNY, "1234.50"],
    [150, JPY, "150"],
    [5, KWD, "0.005"],
    [12_345, CLF, "1.2345"],
  ])("F44 writes %i of %s as %s", (minor, currency, text) => {
    expect(writeAmount(money(minor, currency))).toBe(text);
  });
});

describe("arithmetic", () => {
  it("X47 never adds, subtracts, compares or sums two currencies", () => {
    const yuan = cny(100);
    const dollars = money(100, HKD);
    for (const act of [add, subtract, compare])
      expect(() => act(yuan, dollars)).toThrow("CNY and HKD");
    expect(() => sum([yuan, dollars], CNY)).toThrow();
  });

  it("F43 makes no amount from a fraction, NaN, infinity or an unsafe integer, and no minus zero", () => {
    for (const minor of [0.5, NaN, Infinity, 2 ** 53, -(2 ** 53)])
      expect(() => money(minor, CNY)).toThrow();
    expect(Object.is(money(-0, CNY).minor, 0)).toBe(true);
    expect(Object.is(subtract(cny(5), cny(5)).minor, 0)).toBe(true);
  });

  it("F45 sums a million rows exactly and throws instead of rounding beyond 2^53", () => {
    const rows = Array.from({ length: 1_000_000 }, (_, index) => cny(index % 99_999_999));
    expect(BigInt(sum(rows, CNY).minor)).toBe((999_999n * 1_000_000n) / 2n);
    expect(() => add(cny(Number.MAX_SAFE_INTEGER), cny(1))).toThrow();
  });

  it("adds and subtracts back to where it began", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(subtract(add(cny(a), cny(b)), cny(b))).toEqual(cny(a));
      }),
    );
  });

  it("keeps the odd unit of a half for the shop", () => {
    expect(half(cny(3))).toEqual(cny(1));
    expect(half(cny(4))).toEqual(cny(2));
  });
});

describe("portion", () => {
  it.each([
    [100, 3n, 7n, 42],
    [100, 7n, 7n, 100],
    [100, 0n, 7n, 0],
    [0, 3n, 7n, 0],
    [1, 6n, 7n, 0],
  ])("X21 of %i is, for %i of %i parts, %i", (whole, part, of, minor) => {
    expect(portion(cny(whole), part, of)).toEqual(cny(minor));
  });

  it("X21 steps up to the whole in whatever steps, each neither negative nor above the whole", () => {
    const anyWhole = fc.oneof(fc.nat(99_999_999), fc.maxSafeNat());
    const steps = fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(anyWhole, steps, (whole, sizes) => {
        const of = sizes.reduce((a, b) => a + b, 1n);
        let taken = 0n;
        let total = 0;
        for (const size of [...sizes, 1n]) {
          const before = portion(cny(whole), taken, of);
          taken += size;
          const step = subtract(portion(cny(whole), taken, of), before).minor;
          expect(step).toBeGreaterThanOrEqual(0);
          total += step;
        }
        expect(total).toBe(whole);
      }),
    );
  });

  it("takes a part outside the whole for a bug", () => {
    for (const [whole, part, of] of [
      [-1, 1n, 2n],
      [1, -1n, 2n],
      [1, 3n, 2n],
      [1, 0n, 0n],
    ] as const)
      expect(() => portion(cny(whole), part, of)).toThrow("between nothing and the whole");
  });
});

describe("times", () => {
  it.each([
    [3, 5_000n, 2],
    [1, 4_999n, 0],
    [1, 5_000n, 1],
    [250, 20_000n, 500],
    [99_999_999, 10_000n, 99_999_999],
  ])("X21 a price of %i for %i ten-thousandths is %i", (price, count, minor) => {
    expect(times(cny(price), count, 10_000n)).toEqual(cny(minor));
  });

  it("F45 is undefined one unit beyond what a record can say", () => {
    expect(times(cny(1), 999_999_990_000n, 10_000n)).toEqual(cny(99_999_999));
    expect(times(cny(1), 999_999_995_000n, 10_000n)).toBeUndefined();
    expect(times(cny(99_999_999), 10n ** 13n, 10_000n)).toBeUndefined();
  });

  it("is never more than half a unit off", () => {
    fc.assert(
      fc.property(fc.nat(9_999), fc.bigInt({ min: 1n, max: 10n ** 8n }), (price, count) => {
        const worth = BigInt(times(cny(price), count, 10_000n)?.minor ?? -1);
        const off = worth * 20_000n - BigInt(price) * count * 2n;
        expect(off <= 10_000n && off > -10_000n).toBe(true);
      }),
    );
  });
});

describe("allocate", () => {
  const weights = fc
    .array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 })
    .filter((list) => list.some((weight) => weight > 0));

  it("X21 gives parts whose sum is the whole, none negative, none above its line", () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), weights, (whole, list) => {
        const parts = allocate(cny(whole), list).map((part) => part.minor);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(whole);
        const total = list.reduce((a, b) => a + b, 0);
        for (const [index, part] of parts.entries()) {
          expect(part).toBeGreaterThanOrEqual(0);
          if (whole <= total) expect(part).toBeLessThanOrEqual(list[index] ?? -1);
        }
      }),
    );
  });

  it("X21 lets equal weights differ by at most one unit", () => {
    fc.assert(
      fc.property(fc.nat(10_000), weights, (whole, list) => {
        const parts = allocate(cny(whole), list);
        for (const [a, weightA] of list.entries())
          for (const [b, weightB] of list.entries())
            if (weightA === weightB)
              expect(Math.abs((parts[a]?.minor ?? 0) - (parts[b]?.minor ?? 9))).toBeLessThan(2);
      }),
    );
  });

  it("gives nothing to a line that weighs nothing", () => {
    expect(allocate(cny(100), [0, 1, 2]).map((part) => part.minor)).toEqual([0, 33, 67]);
  });

  it("does not lose precision with amounts and weights near 2^53", () => {
    const parts = allocate(cny(Number.MAX_SAFE_INTEGER), [Number.MAX_SAFE_INTEGER, 1]);
    expect(parts.reduce((a, part) => a + BigInt(part.minor), 0n)).toBe(
      BigInt(Number.MAX_SAFE_INTEGER),
    );
  });

  it("X21 takes a negative whole, a negative weight and weights of nothing for a bug", () => {
    expect(() => allocate(cny(-10), [1, 2])).toThrow();
    expect(() => allocate(cny(10), [3, -1])).toThrow();
    expect(() => allocate(cny(10), [0, 0])).toThrow();
    expect(() => allocate(cny(10), [])).toThrow();
    expect(() => allocate(cny(10), [0.5])).toThrow();
  });
});
