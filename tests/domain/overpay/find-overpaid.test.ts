import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY, type Currency } from "../../../src/domain/currency.ts";
import { addSeconds, type Instant } from "../../../src/domain/instant.ts";
import {
  mostSuspects,
  newOverpaidFinder,
  type Sale,
} from "../../../src/domain/overpay/find-overpaid.ts";
import { suspectAmount } from "../../../src/domain/overpay/suspicion.ts";
import { newUsual } from "../../../src/domain/overpay/usual.ts";

/** `4.50*3` is three sales of 4.50 in a round. */
const salesOf = (text: string): readonly number[] =>
  text.split(" ").flatMap((part) => {
    const [price = "", times = "1"] = part.split("*");
    return Array.from({ length: Number(times) }, () => Math.round(Number(price) * 100));
  });

const rounds = (text: string, count: number): readonly number[] =>
  Array.from({ length: count }, () => salesOf(text)).flat();

/** Amounts that nobody chose, the same every time: between two, the small ones far more often. */
const scattered = (from: number, to: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => {
    const part = ((index * 7919) % 997) / 997;
    return Math.round(100 * from * (to / from) ** part) + (index % 7);
  });

const shops = {
  /** Buns, soy milk; now and then breakfast for a family. */
  buns: rounds("2*4 3*4 4.50*6 6*3 7.50*2 9", 10),
  /** Milk tea, one to four cups, once in a while a round for an office. */
  tea: [...rounds("8*2 12*5 15*6 18*3 24*2 30 36", 10), ...salesOf("120 168")],
  /** Clothes at any price between a scarf and a coat. */
  clothes: scattered(29, 899, 200),
  /** A small supermarket: everything between a pack of gum and a trolley. */
  market: scattered(2, 460, 200),
  /** Sells by the carton to shops. */
  wholesale: scattered(1800, 42_000, 200),
  /** One price for everything. */
  single: rounds("10", 200),
  /** Fruit by weight: hardly two sums alike. */
  fruit: scattered(6, 45, 200),
  /** Buns, and gift boxes that somebody buys every few days. */
  boxes: [...rounds("3*5 5*4 8", 19), ...salesOf("188*6")],
  /** Opened an hour ago. */
  fresh: salesOf("4.50*6 6*4 3*3 7.50*6"),
  few: salesOf("4.50*6 6*4 3*3 7.50*7"),
} as const;

/** Shop, amount, verdict: the factor and what was meant, or `-` for what must not be called a mistake. */
const table = `
buns 450.00 x100 4.50
buns 750.00 x100 7.50
buns 300.00 x100 3.00
buns 200.00 x100 2.00
buns 600.00 x100 6.00
buns 900.00 x100 9.00
buns 45.00 x10 4.50
buns 75.00 x10 7.50
buns 30.00 x10 3.00
buns 60.00 x10 6.00
buns 90.00 x10 9.00
buns 147258.00 pin
buns 100000.00 pin
buns 999999.00 pin
buns 123456.00 pin
buns 14725.00 outlier
buns 147258.50 outlier
buns 520.00 x100 5.20
buns 88.00 outlier
buns 68.00 x10 6.80
buns 36.50 x10 3.65
buns 131.40 outlier
buns 9.00 -
buns 4.50 -
buns 2.00 -
buns 12.00 -
buns 13.50 -
buns 15.00 -
buns 16.50 -
buns 18.00 -
buns 0.45 -
buns 0.01 -
tea 1500.00 x100 15.00
tea 1200.00 x100 12.00
tea 150.00 x10 15.00
tea 180.00 x10 18.00
tea 2400.00 x100 24.00
tea 138000.00 pin
tea 120.00 -
tea 36.00 -
tea 45.00 -
tea 60.00 -
tea 88.00 -
tea 99.00 -
tea 666.00 outlier
tea 3000.00 x100 30.00
clothes 899.00 -
clothes 999.00 -
clothes 1280.00 -
clothes 1299.00 -
clothes 1599.00 -
clothes 159.00 -
clothes 8990.00 x100 89.90
clothes 5800.00 x100 58.00
clothes 2580.00 x10 258.00
clothes 39900.00 x100 399.00
clothes 258369.00 pin
market 460.00 -
market 520.00 -
market 600.00 -
market 88.80 -
market 800.00 -
market 3880.00 x100 38.80
market 1500.00 x100 15.00
market 147258.00 pin
wholesale 42000.00 -
wholesale 58000.00 -
wholesale 80000.00 -
wholesale 100000.00 pin
wholesale 98000.00 x10 9800.00
wholesale 120000.50 x10 12000.05
wholesale 6666.00 -
single 10.00 -
single 20.00 -
single 100.00 x10 10.00
single 1000.00 x100 10.00
single 30.00 -
single 80.00 -
single 81.00 outlier
single 1.00 -
fruit 45.00 -
fruit 58.00 -
fruit 80.00 -
fruit 1580.00 x100 15.80
fruit 128.00 -
fruit 158.00 x10 15.80
fruit 888.00 x100 8.88
fruit 48.00 -
fruit 590.00 outlier
boxes 188.00 -
boxes 376.00 -
boxes 300.00 x100 3.00
boxes 500.00 x100 5.00
boxes 800.00 x100 8.00
boxes 80.00 -
fresh 450.00 -
fresh 147258.00 -
few 450.00 x100 4.50
few 147258.00 pin
`;

type Case = {
  readonly shop: keyof typeof shops;
  readonly amount: string;
  readonly verdict: string;
};

const cases = table
  .trim()
  .split("\n")
  .map((line): Case => {
    const [shop = "", amount = "", ...verdict] = line.split(" ");
    return { shop: shop as Case["shop"], amount, verdict: verdict.join(" ") };
  });

const minorOf = (text: string): number => Math.round(Number(text) * 100);

const verdictOf = (minor: number, sales: readonly number[], currency = CNY): string => {
  const found = suspectAmount(minor, currency, newUsual(sales));
  if (found === undefined) return "-";
  const { factor, likelyMinor } = found;
  return likelyMinor === undefined ? factor : `${factor} ${(likelyMinor / 100).toFixed(2)}`;
};

describe("X25 what looks like a mistake beside the last sales", () => {
  it("is a table of sixty cases at least, half of them no mistake", () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(cases.filter(({ verdict }) => verdict === "-").length).toBeGreaterThanOrEqual(30);
  });

  it.each(cases)("X25 $shop $amount: $verdict", ({ shop, amount, verdict }) => {
    expect(verdictOf(minorOf(amount), shops[shop])).toBe(verdict);
  });
});

const noon = "2026-05-01T04:00:00Z" as Instant;

const saleAt = (minor: number, second: number, over: Partial<Sale> = {}): Sale => ({
  minor,
  currency: CNY,
  at: addSeconds(noon, second),
  ...over,
});

/** A morning of one stall, a sale every two and a half minutes. */
const morning = shops.tea.slice(0, 140).map((minor, index) => saleAt(minor, -86_400 + index * 150));

const foundIn = (sales: readonly Sale[], before = {}): readonly string[] => {
  const finder = newOverpaidFinder<Sale>(before);
  sales.forEach(finder.take);
  return finder
    .finish()
    .map(({ sale, suspicion }) => `${sale.minor} ${suspicion.factor} ${sale.at.slice(11, 19)}`);
};

const till = { termNo: "T1" };
const payer = { payer: "尾号 0412" };

/** Two sales of one sum, so many seconds apart; and whether the later one is a mistake. */
const doubles: readonly (readonly [string, Sale, Sale, boolean])[] = [
  ["by one payer, a minute apart", saleAt(1500, 0, payer), saleAt(1500, 60, payer), true],
  ["by one payer, 120 seconds apart", saleAt(1500, 0, payer), saleAt(1500, 120, payer), true],
  ["by one payer, 121 seconds apart", saleAt(1500, 0, payer), saleAt(1500, 121, payer), false],
  ["by two payers", saleAt(1500, 0, payer), saleAt(1500, 9, { payer: "尾号 7" }), false],
  ["of one usual sum at a terminal", saleAt(1500, 0, till), saleAt(1500, 30, till), false],
  ["of one rare sum at a terminal", saleAt(2650, 0, till), saleAt(2650, 30, till), true],
  [
    "of one rare sum at two terminals",
    saleAt(2650, 0, till),
    saleAt(2650, 9, { termNo: "2" }),
    false,
  ],
  ["of which nothing is known", saleAt(2650, 0), saleAt(2650, 30), false],
  ["of two sums by one payer", saleAt(1500, 0, payer), saleAt(1600, 30, payer), false],
  [
    "of two currencies by one payer",
    saleAt(1500, 0, payer),
    saleAt(1500, 30, { ...payer, currency: "USD" as Currency }),
    false,
  ],
];

describe("X25 payments made twice", () => {
  it.each(doubles)("%s", (_, first, second, isMistake) => {
    const found = isMistake ? [`${second.minor} dup ${second.at.slice(11, 19)}`] : [];
    expect(foundIn([...morning, first, second])).toEqual(found);
  });

  it.each(doubles)("%s, the file with the newest row first", (_, first, second, isMistake) => {
    const found = isMistake ? [`${second.minor} dup ${second.at.slice(11, 19)}`] : [];
    expect(foundIn([second, first, ...morning.toReversed()])).toEqual(found);
  });

  it("three times, of which two are too many", () => {
    const thrice = [0, 40, 80].map((second) => saleAt(1500, second, payer));
    expect(foundIn([...morning, ...thrice])).toEqual(["1500 dup 04:00:40", "1500 dup 04:01:20"]);
  });
});

describe("X25 a file of payments", () => {
  it("is looked at wherever the mistake stands, also among the first rows", () => {
    for (const place of [0, 1, 100, morning.length]) {
      const mistake = saleAt(150_000, 0);
      const sales = [...morning.slice(0, place), mistake, ...morning.slice(place)];
      expect(foundIn(sales)).toEqual(["150000 x100 04:00:00"]);
    }
  });

  it("of a few rows is looked at beside the sales of the file before", () => {
    expect(foundIn([saleAt(150_000, 0)])).toEqual([]);
    expect(foundIn([saleAt(150_000, 0)], { CNY: shops.tea })).toEqual(["150000 x100 04:00:00"]);
    expect(foundIn([saleAt(150_000, 0)], { USD: shops.tea })).toEqual([]);
  });

  it("X25 keeps no sale of the file itself: its texts would keep the whole file in memory", () => {
    const finder = newOverpaidFinder<Sale>({ CNY: shops.tea });
    const wrong = saleAt(90_000, 0);
    finder.take(wrong);
    const [suspect] = finder.finish();
    expect(suspect?.sale).toEqual(wrong);
    expect(suspect?.sale).not.toBe(wrong);
  });

  it("leaves what its last sales cost for the file after it", () => {
    const finder = newOverpaidFinder<Sale>({ CNY: [700] });
    [...morning, saleAt(1234, 0)].forEach(finder.take);
    const { CNY: usual = [] } = finder.usual();
    expect(usual).toHaveLength(Math.min(200, morning.length + 2));
    expect(usual.at(-1)).toBe(1234);
  });

  it("never calls a usual sum a mistake, whatever the shop", () => {
    const sums = fc.array(fc.integer({ min: 1, max: 9_999_999 }), {
      minLength: 20,
      maxLength: 200,
    });
    fc.assert(
      fc.property(sums, fc.nat(), (sales, pick) => {
        const usual = newUsual(sales);
        const minor = sales[pick % sales.length] ?? 1;
        expect(suspectAmount(minor, CNY, usual)).toBeUndefined();
        expect(suspectAmount(usual.percentile(99), CNY, usual)).toBeUndefined();
      }),
    );
  });

  it("says what was meant as a part of what was paid", () => {
    const sums = fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 20, maxLength: 200 });
    fc.assert(
      fc.property(sums, fc.integer({ min: 1, max: 99_999_999 }), (sales, minor) => {
        const found = suspectAmount(minor, CNY, newUsual(sales));
        if (found?.likelyMinor === undefined) return;
        expect(found.likelyMinor * (found.factor === "x100" ? 100 : 10)).toBe(minor);
      }),
    );
  });

  it("F41 of 100,000 rows is gone through once, finds what was planted and hardly more", () => {
    const sales = scattered(4, 88, 100_000).map((minor, index) => saleAt(minor, index * 60));
    const planted = [50_000, 50_500, 99_999];
    const all = sales.map((sale, index) =>
      planted.includes(index) ? saleAt(sale.minor * 100, index * 60) : sale,
    );
    const found = foundIn(all);
    for (const at of planted) {
      const { minor, at: moment } = all[at] ?? saleAt(0, 0);
      expect(found).toContain(`${minor} x100 ${moment.slice(11, 19)}`);
    }
    expect(found.length).toBeLessThan(50);
  });

  it("keeps the largest where there are more than anybody looks through", () => {
    const finder = newOverpaidFinder<Sale>({ CNY: shops.tea });
    const steps = Array.from({ length: 3_000 }, (_, index) => 10_000 * 2 ** Math.floor(index / 3));
    for (const [index, step] of steps.slice(0, 36).entries())
      for (let more = 0; more < 20; more++) {
        finder.take(saleAt(Math.min(step + more * 7 + index, 99_999_999), index * 60));
        morning.slice(0, 120).forEach(finder.take);
      }
    const found = finder.finish();
    expect(found.length).toBeLessThanOrEqual(mostSuspects);
    expect(found.some(({ sale }) => sale.minor >= 10_000 * 2 ** 11)).toBe(true);
  });
});
