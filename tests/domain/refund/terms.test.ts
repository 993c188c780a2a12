import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCurrency } from "../../../src/domain/currency.ts";
import type { FreeLine } from "../../../src/domain/goods-lines.ts";
import type { GoodsLine } from "../../../src/domain/journal-event.ts";
import { money, zero, type Money } from "../../../src/domain/money.ts";
import { remaining, type Payment } from "../../../src/domain/payment.ts";
import type { Quantity } from "../../../src/domain/quantity.ts";
import type { AmountDraft, ExchangeDraft } from "../../../src/domain/refund/draft.ts";
import { termsOf } from "../../../src/domain/refund/terms.ts";
import {
  aCaseId,
  aFullDraft,
  aPayment,
  aPaymentWithClaims,
  cny,
  faultOf,
  units,
  valueOf,
} from "../../support/a.ts";

const hkd = (minor: number): Money => {
  const currency = findCurrency("HKD");
  if (currency === undefined) throw new Error("HKD is known");
  return money(minor, currency);
};

const aLine = (index: number, quantity: string, minor: number): GoodsLine => ({
  index,
  quantity,
  amount: units(minor),
});

const two: Payment = aPayment({ lines: [aLine(1, "2", 6_000), aLine(2, "1", 4_000)] });

const many = (text: string): Quantity => text as Quantity;

const asked = (amount: AmountDraft, payment = aPayment()) =>
  termsOf(aFullDraft({ amount }), payment, remaining(payment));

const part = (minor: number): AmountDraft => ({ kind: "partial", amount: cny(minor) });

describe("termsOf a refund of money", () => {
  it("R17 full is what is left, to the unit", () => {
    expect(valueOf(asked({ kind: "full" }))).toEqual({ amount: cny(10_000) });
    const begun = aPaymentWithClaims(10_000, [4_000]);
    expect(valueOf(asked({ kind: "full" }, begun))).toEqual({ amount: cny(6_000) });
  });

  it("R17 R23 takes a part up to what is left and refuses one unit more", () => {
    const begun = aPaymentWithClaims(10_000, [4_000]);
    expect(valueOf(asked(part(1), begun)).amount).toEqual(cny(1));
    expect(valueOf(asked(part(6_000), begun)).amount).toEqual(cny(6_000));
    expect(faultOf(asked(part(6_001), begun))).toEqual({
      kind: "over_remaining",
      remaining: cny(6_000),
    });
  });

  it("R23 refuses nothing, less than nothing and another currency", () => {
    expect(faultOf(asked(part(0)))).toEqual({ kind: "amount_zero" });
    expect(faultOf(asked(part(-1)))).toEqual({ kind: "amount_zero" });
    expect(faultOf(asked({ kind: "none" }))).toEqual({ kind: "amount_zero" });
    const other = asked({ kind: "partial", amount: hkd(1) });
    expect(faultOf(other)).toEqual({ kind: "amount_currency", currency: "CNY" });
    expect(faultOf(asked({ kind: "full" }, aPaymentWithClaims(100, [100])))).toEqual({
      kind: "amount_zero",
    });
  });

  it("R17 a void is of the whole only", () => {
    const draft = aFullDraft({ type: "void", amount: part(10_000) });
    expect(faultOf(termsOf(draft, two, cny(10_000)))).toEqual({ kind: "void_not_possible" });
    const whole = aFullDraft({ type: "void" });
    expect(valueOf(termsOf(whole, aPayment(), cny(10_000)))).toEqual({ amount: cny(10_000) });
  });
});

const chosen = (index: number, quantity: string): AmountDraft => ({
  kind: "lines",
  lines: [{ index, quantity: many(quantity) }],
});

describe("termsOf a refund of goods", () => {
  it("X21 comes to what the chosen lines are worth", () => {
    const terms = valueOf(
      asked({ kind: "lines", lines: [{ index: 1, quantity: many("1") }] }, two),
    );
    expect(terms).toEqual({
      amount: cny(3_000),
      lines: [{ index: 1, quantity: "1", amount: 3_000 }],
    });
  });

  it("X21 names all goods when all the money goes back, asked for by amount or in full", () => {
    const lines = [
      { index: 1, quantity: "2", amount: 6_000 },
      { index: 2, quantity: "1", amount: 4_000 },
    ];
    expect(valueOf(asked({ kind: "full" }, two)).lines).toEqual(lines);
    expect(valueOf(asked(part(10_000), two)).lines).toEqual(lines);
    expect(valueOf(asked(part(9_999), two)).lines).toBeUndefined();
  });

  it("X21 names no goods that are worth more than the money that is left", () => {
    const begun = { ...two, claims: aPaymentWithClaims(10_000, [1_000]).claims };
    expect(valueOf(asked({ kind: "full" }, begun))).toEqual({ amount: cny(9_000) });
  });

  it("X21 refuses goods that are gone, and goods worth more than is left", () => {
    expect(faultOf(asked(chosen(1, "3"), two))).toEqual({ kind: "line_over", left: "2" });
    expect(faultOf(asked(chosen(9, "1"), two))).toEqual({ kind: "line_unknown" });
    const begun = { ...two, claims: aPaymentWithClaims(10_000, [5_000]).claims };
    expect(faultOf(asked(chosen(1, "2"), begun))).toEqual({
      kind: "over_remaining",
      remaining: cny(5_000),
    });
  });

  it("R17 takes goods that were typed by hand at their price", () => {
    const lines: readonly FreeLine[] = [{ name: "茶", price: cny(333), quantity: many("1.5") }];
    expect(valueOf(asked({ kind: "free_lines", lines }))).toEqual({
      amount: cny(500),
      lines: [{ index: 1, quantity: "1.5", amount: 500, name: "茶" }],
    });
    expect(faultOf(asked({ kind: "free_lines", lines: [] }))).toEqual({ kind: "lines_empty" });
  });
});

const swapped = (exchange: Partial<ExchangeDraft>, amount: AmountDraft = { kind: "none" }) => {
  const draft = aFullDraft({
    type: "exchange",
    amount,
    exchange: { returned: [], replacement: [], ...exchange },
  });
  return termsOf(draft, two, remaining(two));
};

const returned = [{ index: 1, quantity: many("1") }]; // worth 30.00

const instead = (minor: number): readonly FreeLine[] => [
  { name: "杯", price: cny(minor), quantity: many("1") },
];

describe("termsOf an exchange", () => {
  it("R18 of equal goods moves no money and names both sides", () => {
    expect(valueOf(swapped({ returned, replacement: instead(3_000) }))).toEqual({
      amount: zero(cny(0).currency),
      lines: [{ index: 1, quantity: "1", amount: 3_000 }],
      replacement: [{ index: 1, quantity: "1", amount: 3_000, name: "杯" }],
    });
  });

  it("R18 refunds the difference, or collects it, to the unit", () => {
    const cheaper = { returned, replacement: instead(2_500) };
    expect(valueOf(swapped(cheaper, part(500))).amount).toEqual(cny(500));
    expect(faultOf(swapped(cheaper, part(501)))).toEqual({
      kind: "difference_wrong",
      difference: cny(500),
    });
    expect(faultOf(swapped(cheaper))).toEqual({ kind: "difference_wrong", difference: cny(500) });
    const dearer = { returned, replacement: instead(3_200) };
    expect(valueOf(swapped({ ...dearer, due: cny(200) })).due).toEqual(cny(200));
    expect(faultOf(swapped({ ...dearer, due: cny(199) }))).toEqual({
      kind: "difference_wrong",
      difference: cny(-200),
    });
  });

  it("R18 takes the word of a person where the goods have no prices", () => {
    expect(valueOf(swapped({ returned }, part(100)))).toMatchObject({ amount: cny(100) });
    expect(valueOf(swapped({ due: cny(100) }))).toEqual({ amount: cny(0), due: cny(100) });
    expect(valueOf(swapped({}))).toEqual({ amount: cny(0) });
  });

  it("R18 money goes one way, in one currency, and no more than is left", () => {
    expect(faultOf(swapped({ due: cny(1) }, part(1)))).toEqual({ kind: "amount_zero" });
    expect(faultOf(swapped({ due: cny(-1) }))).toEqual({ kind: "amount_zero" });
    expect(faultOf(swapped({ due: hkd(1) }))).toEqual({ kind: "amount_currency", currency: "CNY" });
    expect(faultOf(swapped({}, part(10_001)))).toEqual({
      kind: "over_remaining",
      remaining: cny(10_000),
    });
  });

  it("R18 refuses goods that are not there, on either side", () => {
    expect(faultOf(swapped({ returned: [{ index: 7, quantity: many("1") }] }))).toEqual({
      kind: "line_unknown",
    });
    const dear = [{ name: "金", price: cny(99_999_999), quantity: many("2") }];
    expect(faultOf(swapped({ replacement: dear }))).toEqual({ kind: "line_amount_too_large" });
  });
});

describe("termsOf", () => {
  it("R17 invariants 1, 5, 6: gives more than nothing and at most what is left, full all of it", () => {
    const amount = fc.oneof(
      fc.constant<AmountDraft>({ kind: "full" }),
      fc.integer({ min: -10, max: 20_000 }).map(part),
    );
    const parts = fc.array(fc.integer({ min: 1, max: 4_000 }), { maxLength: 4 });
    fc.assert(
      fc.property(amount, parts, (wanted, claims) => {
        const payment = { ...aPaymentWithClaims(10_000, claims), lines: two.lines ?? [] };
        const left = remaining(payment);
        const terms = termsOf(aFullDraft({ caseId: aCaseId(7), amount: wanted }), payment, left);
        if (!terms.ok) return;
        expect(terms.value.amount.minor).toBeGreaterThan(0);
        expect(terms.value.amount.minor).toBeLessThanOrEqual(left.minor);
        if (wanted.kind === "full") expect(terms.value.amount).toEqual(left);
        const { lines = [] } = terms.value;
        const worth = lines.reduce((total, line) => total + (line.amount ?? 0), 0);
        if (lines.length > 0) expect(worth).toBe(terms.value.amount.minor);
      }),
    );
  });
});
