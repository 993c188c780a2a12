import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chooseLines,
  havePrices,
  openLines,
  pricedLines,
  restOf,
  worthOf,
  worthOfFree,
  worthOfLines,
  writeFreeLines,
  type LineChoice,
} from "../../src/domain/goods-lines.ts";
import type { GoodsLine } from "../../src/domain/journal-event.ts";
import { withClaim, type BalanceClaim, type Payment } from "../../src/domain/payment.ts";
import { one, parseQuantity, tenThousandths, type Quantity } from "../../src/domain/quantity.ts";
import { aCaseId, aPayment, claimFacts, cny, faultOf, units, valueOf } from "../support/a.ts";
import { runs } from "../support/deep.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

const many = (text: string): Quantity => valueOf(parseQuantity(text));

/** A line of the payment: so many for that much on the shelf; no price where none is given. */
const aLine = (index: number, quantity: string, minor?: number): GoodsLine => ({
  index,
  quantity,
  ...(minor === undefined ? {} : { amount: units(minor) }),
});

const paidFor = (paid: number, ...lines: readonly GoodsLine[]): Payment =>
  aPayment({ amount: cny(paid), lines });

const minorsOf = (lines: readonly { readonly amount?: unknown }[]): readonly unknown[] =>
  lines.map(({ amount }) =>
    typeof amount === "object" && amount !== null && "minor" in amount ? amount.minor : amount,
  );

const claimOf = (lines: readonly GoodsLine[], number: number): BalanceClaim => ({
  caseId: aCaseId(number),
  attempt: 1,
  amount: worthOfLines(lines, aPayment()),
  standing: "reserves",
  lines,
  ...claimFacts,
});

/** The payment after a refund of these lines, and what it came to. */
const refunded = (
  payment: Payment,
  choices: readonly LineChoice[],
  number: number,
): { readonly payment: Payment; readonly claim: BalanceClaim } => {
  const claim = claimOf(valueOf(chooseLines(payment, choices)), number);
  return { payment: withClaim(payment, claim), claim };
};

describe("pricedLines", () => {
  it("X21 spreads a coupon over all lines, and their shares are what was paid", () => {
    expect(
      minorsOf(pricedLines(paidFor(9_000, aLine(1, "1", 6_000), aLine(2, "2", 4_000)))),
    ).toEqual([5_400, 3_600]);
    expect(
      minorsOf(pricedLines(paidFor(100, aLine(1, "1", 1), aLine(2, "1", 1), aLine(3, "1", 1)))),
    ).toEqual([34, 33, 33]);
  });

  it("X21 a single line is worth all that was paid, with a price or without", () => {
    expect(minorsOf(pricedLines(paidFor(999, aLine(1, "3"))))).toEqual([999]);
    expect(minorsOf(pricedLines(paidFor(999, aLine(1, "3", 5_000))))).toEqual([999]);
  });

  it("X21 knows no shares where a price is missing or all are nothing", () => {
    expect(pricedLines(paidFor(999, aLine(1, "1", 500), aLine(2, "1")))).toEqual([]);
    expect(pricedLines(paidFor(999, aLine(1, "1", 0), aLine(2, "1", 0)))).toEqual([]);
    expect(pricedLines(paidFor(999, aLine(1, "1", 0)))).toEqual([]);
    expect(pricedLines(aPayment())).toEqual([]);
    expect(havePrices(paidFor(999, aLine(1, "1", 500), aLine(2, "1")))).toBe(false);
    expect(havePrices(paidFor(999, aLine(1, "1", 500)))).toBe(true);
  });
});

describe("chooseLines", () => {
  const payment = paidFor(1_000, aLine(1, "3", 600), aLine(2, "1.5", 400));
  const choose = (...choices: readonly (readonly [number, string])[]) =>
    chooseLines(
      payment,
      choices.map(([index, quantity]) => ({ index, quantity: quantity as Quantity })),
    );

  it("X21 names each line with its quantity and its money", () => {
    expect(valueOf(choose([1, "2"], [2, "0.5"]))).toEqual([
      { index: 1, quantity: "2", amount: 400 },
      { index: 2, quantity: "0.5", amount: 133 },
    ]);
    expect(valueOf(choose([1, "0"], [2, "1.5"]))).toEqual([
      { index: 2, quantity: "1.5", amount: 400 },
    ]);
  });

  it("X21 refuses more than is left, lines that are not there, one twice, and none", () => {
    expect(faultOf(choose([1, "3.0001"]))).toEqual({ kind: "line_over", left: "3" });
    expect(faultOf(choose([3, "1"]))).toEqual({ kind: "line_unknown" });
    expect(faultOf(choose([1, "1"], [1, "1"]))).toEqual({ kind: "line_unknown" });
    expect(faultOf(choose())).toEqual({ kind: "lines_empty" });
    expect(faultOf(choose([1, "0"]))).toEqual({ kind: "lines_empty" });
    expect(faultOf(chooseLines(aPayment(), [{ index: 1, quantity: many("1") }]))).toEqual({
      kind: "line_unknown",
    });
  });

  it("X21 knows what was refunded of a line, and not what was freed", () => {
    const { payment: after, claim } = refunded(payment, [{ index: 1, quantity: many("2") }], 1);
    expect(openLines(after).map(({ left }) => left)).toEqual(["1", "1.5"]);
    expect(minorsOf(restOf(after) ?? [])).toEqual([200, 400]);
    const freed = withClaim(after, { ...claim, standing: "frees" });
    expect(openLines(freed)).toEqual(openLines(payment));
  });

  it("X21 takes a refund without money for its share, and never takes less than nothing", () => {
    const bare = withClaim(payment, claimOf([aLine(1, "1")], 1));
    expect(minorsOf(restOf(bare) ?? [])).toEqual([400, 400]);
    const rich = withClaim(payment, claimOf([aLine(1, "1", 9_999)], 1));
    expect(minorsOf(restOf(rich) ?? [])).toEqual([0, 400]);
    const more = withClaim(payment, claimOf([aLine(1, "9", 600)], 1));
    expect(openLines(more)[0]?.left).toBe("0");
    expect(minorsOf(restOf(more) ?? [])).toEqual([400]);
  });

  it("X21 a line of none is worth none", () => {
    const [none] = openLines(paidFor(100, aLine(1, "0", 100)));
    if (none === undefined) throw new Error("there is one line");
    expect(worthOf(none, "0" as Quantity).minor).toBe(0);
  });

  it("X21 gives back all of a line after a refund in the middle was closed without money", () => {
    const third = [{ index: 1, quantity: many("1") }];
    let now = paidFor(100, aLine(1, "3"));
    const first = refunded(now, third, 1);
    const second = refunded(first.payment, third, 2);
    const last = refunded(second.payment, third, 3);
    now = withClaim(last.payment, { ...second.claim, standing: "frees" });
    expect(minorsOf(restOf(now) ?? [])).toEqual([33]);
    expect([first, second, last].map(({ claim }) => claim.amount.minor)).toEqual([33, 33, 34]);
  });
});

describe("free lines", () => {
  it("X21 are worth price times quantity, half a unit rounded up", () => {
    const line = { name: "茶", price: cny(3), quantity: many("0.5") };
    expect(worthOfFree(line)?.minor).toBe(2);
    expect(valueOf(writeFreeLines([line, { ...line, name: "", quantity: many("2") }], 4))).toEqual([
      { index: 4, quantity: "0.5", amount: 2, name: "茶" },
      { index: 5, quantity: "2", amount: 6 },
    ]);
  });

  it("X21 are refused when there are none, or beyond what a record can say", () => {
    expect(faultOf(writeFreeLines([]))).toEqual({ kind: "lines_empty" });
    const dear = { name: "金", price: cny(99_999_999), quantity: many("1.0001") };
    expect(faultOf(writeFreeLines([dear]))).toEqual({ kind: "line_amount_too_large" });
    expect(valueOf(writeFreeLines([{ ...dear, quantity: many("1") }]))[0]?.amount).toBe(99_999_999);
  });
});

const sizes = fc.oneof(
  fc.constantFrom(5_000n, 10_000n, 15_000n, 30_000n, 70_000n),
  fc.bigInt({ min: 1n, max: 100n * one }),
);

const quantityOf = (size: bigint): Quantity =>
  many(`${size / one}.${String(size % one).padStart(4, "0")}`);

const anyGoods = fc
  .array(fc.tuple(sizes, fc.nat(1_000_000)), { minLength: 1, maxLength: 5 })
  .filter((goods) => goods.some(([, price]) => price > 0));

type Part = {
  readonly line: number;
  readonly permille: number;
  readonly frees: number | undefined;
};

/** Which line, how large a share of what is left of it, and whether an earlier refund is freed before. */
const anyPart: fc.Arbitrary<Part> = fc.record({
  line: fc.nat(4),
  permille: fc.integer({ min: 1, max: 1_000 }),
  frees: fc.option(fc.nat(100), { nil: undefined, freq: 4 }),
});

/** What is left of a line, or that share of it; at least the smallest quantity. */
const someOf = (left: Quantity, permille: number): Quantity => {
  const part = (tenThousandths(left) * BigInt(permille)) / 1_000n;
  return quantityOf(part > 0n ? part : 1n);
};

/** Refunds some parts in their order, freeing an earlier one now and then; every part keeps within its line. */
const walk = (start: Payment, parts: readonly Part[]): Payment => {
  let payment = start;
  for (const [number, { line, permille, frees }] of parts.entries()) {
    const earlier =
      frees === undefined ? undefined : payment.claims[frees % Math.max(1, payment.claims.length)];
    if (earlier !== undefined) payment = withClaim(payment, { ...earlier, standing: "frees" });
    const open = openLines(payment).filter(({ left }) => tenThousandths(left) > 0n);
    const chosen = open[line % Math.max(1, open.length)];
    if (chosen === undefined) return payment;
    const quantity = someOf(chosen.left, permille);
    const { claim, payment: next } = refunded(payment, [{ index: chosen.index, quantity }], number);
    expect(claim.amount.minor).toBeGreaterThanOrEqual(0);
    expect(claim.amount.minor + chosen.refunded.minor).toBeLessThanOrEqual(chosen.amount.minor);
    payment = next;
  }
  return payment;
};

const paidBack = ({ claims }: Payment): number =>
  claims
    .filter(({ standing }) => standing !== "frees")
    .reduce((total, { amount }) => total + amount.minor, 0);

describe(`parts of goods, with seed ${seed}`, () => {
  it("X21 invariant 7: add up to what was paid, in any order, any split, and after refunds that were freed", () => {
    fc.assert(
      fc.property(
        fc.nat(99_999_999),
        anyGoods,
        fc.array(anyPart, { maxLength: 25 }),
        (paid, goods, parts) => {
          const lines = goods.map(([size, price], at) => aLine(at + 1, quantityOf(size), price));
          const start = paidFor(paid, ...lines);
          expect(paidBack(start) + worthOfLines(restOf(start) ?? [], start).minor).toBe(paid);
          const after = walk(start, parts);
          const rest = restOf(after);
          expect(paidBack(after) + worthOfLines(rest ?? [], after).minor).toBe(paid);
          if (rest !== undefined) {
            const done = withClaim(after, claimOf(rest, 99));
            expect(restOf(done)).toBeUndefined();
            expect(paidBack(done)).toBe(paid);
          }
        },
      ),
      { numRuns: runs(500, 100_000), seed },
    );
  }, 1_200_000);

  it("X21 invariant 7: a part is worth no more than its line and no less than a smaller part", () => {
    fc.assert(
      fc.property(fc.nat(99_999_999), sizes, fc.nat(1_000), fc.nat(1_000), (paid, size, a, b) => {
        const [line] = openLines(paidFor(paid, aLine(1, quantityOf(size), 1)));
        if (line === undefined) throw new Error("there is one line");
        const [small, large] = [a, b]
          .sort((x, y) => x - y)
          .map((permille) => worthOf(line, someOf(line.left, permille)).minor);
        expect(small).toBeLessThanOrEqual(large ?? -1);
        expect(large).toBeLessThanOrEqual(paid);
      }),
      { numRuns: runs(500, 100_000), seed },
    );
  }, 1_200_000);
});
