import { describe, expect, it } from "vitest";
import { wechatpay } from "../../../src/domain/acquirers/wechatpay.ts";
import type { BalanceClaim } from "../../../src/domain/payment.ts";
import type { PolicyFacts, RuleOutcome } from "../../../src/domain/policy/facts.ts";
import { aCaseId, aPayment, aPaymentWithClaims, claimFacts, cny, units } from "../../support/a.ts";
import { aLine, aProfile, outcomeOf } from "./facts.ts";

const aClaim = (number: number, over: Partial<BalanceClaim> = {}): BalanceClaim => ({
  caseId: aCaseId(number),
  attempt: 1,
  amount: cny(100),
  standing: "spends",
  ...claimFacts,
  ...over,
});

const claims = (count: number, over: Partial<BalanceClaim> = {}): readonly BalanceClaim[] =>
  Array.from({ length: count }, (_, number) => aClaim(number, over));

const wechatAfter = (before: readonly BalanceClaim[], over: Partial<PolicyFacts> = {}) =>
  outcomeOf("partial_count", {
    profile: wechatpay,
    amount: cny(100),
    payment: aPayment({ claims: before }),
    ...over,
  });

describe("partial_count", () => {
  it("X17 takes the 50th refund of a WeChat payment and refuses the 51st", () => {
    expect(wechatAfter(claims(49))).toBe("pass");
    expect(wechatAfter(claims(50))).toBe("refused");
    expect(wechatAfter(claims(50), { destination: "cash" })).toBe("pass");
  });

  it("X17 counts only refunds that still count, and those that moved money", () => {
    expect(wechatAfter([...claims(49), aClaim(50, { standing: "frees" })])).toBe("pass");
    expect(wechatAfter([...claims(49), aClaim(50, { amount: cny(0) })])).toBe("pass");
    expect(wechatAfter([...claims(49), aClaim(50, { standing: "reserves" })])).toBe("refused");
  });

  it("X17 counts what was refunded elsewhere as one", () => {
    const payment = aPayment({ claims: claims(49), external: units(100) });
    expect(wechatAfter([], { payment })).toBe("refused");
  });

  const whole = aPayment();
  const begun = aPaymentWithClaims(10_000, [1_000]);
  const elsewhere = aPayment({ external: units(1_000) });
  const cases: readonly (readonly [
    string,
    Pick<PolicyFacts["profile"], "partials">["partials"],
    Partial<PolicyFacts>,
    RuleOutcome,
  ])[] = [
    ["the whole", "none", { payment: whole, amount: cny(10_000) }, "pass"],
    ["one fen less", "none", { payment: whole, amount: cny(9_999) }, "refused"],
    ["the rest after a part", "none", { payment: begun, amount: cny(9_000) }, "refused"],
    ["the rest after one elsewhere", "none", { payment: elsewhere, amount: cny(9_000) }, "refused"],
    ["an even exchange", "none", { payment: whole, amount: cny(0) }, "pass"],
    ["a first part", "once", { payment: whole, amount: cny(1) }, "pass"],
    ["a second part", "once", { payment: begun, amount: cny(1) }, "refused"],
    ["a part after one elsewhere", "once", { payment: elsewhere, amount: cny(1) }, "refused"],
    ["a second part", "many", { payment: begun, amount: cny(1) }, "pass"],
    ["a second part", "unknown", { payment: begun, amount: cny(1) }, "pass"],
    ["no payment", "none", { payment: undefined, amount: cny(1) }, "pass"],
  ];

  it.each(cases)("X17 X21 %s where parts are taken: %s", (_, partials, over, outcome) => {
    expect(outcomeOf("partial_count", { ...over, profile: aProfile({ partials }) })).toBe(outcome);
  });
});

describe("settlement", () => {
  it.each([
    ["D0", "unknown", "warn"],
    ["D0", "needs_float", "warn"],
    ["D0", "blocked", "refused"],
    ["D1", "blocked", "pass"],
    ["T1", "blocked", "pass"],
    ["unknown", "blocked", "pass"],
  ] as const)("X14 settled %s, refunds then %s: %s", (settlement, d0Refund, outcome) => {
    expect(outcomeOf("settlement", { profile: aProfile({ settlement, d0Refund }) })).toBe(outcome);
  });

  it("X14 keeps another way open: cash, and goods for goods", () => {
    const profile = aProfile({ settlement: "D0", d0Refund: "blocked" });
    expect(outcomeOf("settlement", { profile, destination: "cash" })).toBe("pass");
    expect(outcomeOf("settlement", { profile, amount: cny(0) })).toBe("pass");
  });
});

const spacingAfter = (before: readonly BalanceClaim[], over: Partial<PolicyFacts> = {}) =>
  outcomeOf("spacing", { profile: wechatpay, payment: aPayment({ claims: before }), ...over });

describe("spacing", () => {
  it("X17 says that a second refund waits while the first is on its way", () => {
    expect(spacingAfter([aClaim(1, { standing: "reserves" })])).toBe("warn");
    expect(spacingAfter([])).toBe("pass");
    expect(
      spacingAfter([aClaim(1, { standing: "spends" }), aClaim(2, { standing: "frees" })]),
    ).toBe("pass");
    expect(spacingAfter([aClaim(1, { standing: "reserves", amount: cny(0) })])).toBe("pass");
  });

  it("X17 says nothing where no time between two refunds is known or the money goes another way", () => {
    const open = [aClaim(1, { standing: "reserves" })];
    expect(spacingAfter(open, { profile: aProfile() })).toBe("pass");
    expect(spacingAfter(open, { destination: "cash" })).toBe("pass");
    expect(spacingAfter([], { payment: undefined })).toBe("pass");
  });
});

const listing = (...minors: readonly number[]): RuleOutcome | undefined =>
  outcomeOf("discount", {
    payment: aPayment({ lines: minors.map((minor, at) => aLine(at + 1, "茶", minor)) }),
  });

describe("discount", () => {
  it("X21 says that a coupon was used when the goods list more than was paid", () => {
    expect(listing(6_000, 4_000)).toBe("pass");
    expect(listing(6_000, 4_001)).toBe("warn");
    expect(listing(6_000)).toBe("pass");
  });

  it("X21 knows nothing of a coupon without prices", () => {
    const { amount: _, ...unpriced } = aLine(1, "茶");
    const payment = aPayment({ lines: [unpriced, aLine(2, "杯", 20_000)] });
    expect(outcomeOf("discount", { payment })).toBe("pass");
    expect(outcomeOf("discount", { payment: aPayment() })).toBe("pass");
    expect(outcomeOf("discount", { payment: undefined })).toBe("pass");
  });
});

const sameAs = (standing: BalanceClaim["standing"]): RuleOutcome | undefined =>
  outcomeOf("same_amount", {
    payment: aPayment({ claims: [aClaim(1, { standing })] }),
    amount: cny(100),
  });

describe("other_till", () => {
  it("X9 another till's code asks for a second look and refuses nothing", () => {
    expect(outcomeOf("other_till", { maybeElsewhere: true })).toBe("lead");
    expect(outcomeOf("other_till", { maybeElsewhere: false })).toBe("pass");
  });
});

describe("same_amount and similar_refund", () => {
  it("X8 warns of the same amount on one payment, and not once that refund was freed", () => {
    expect(sameAs("reserves")).toBe("warn");
    expect(sameAs("spends")).toBe("warn");
    expect(sameAs("frees")).toBe("pass");
    expect(
      outcomeOf("same_amount", { payment: aPayment({ claims: claims(1) }), amount: cny(101) }),
    ).toBe("pass");
  });

  it("X8 warns of the same amount on another payment just now", () => {
    expect(outcomeOf("similar_refund", { similar: 0 })).toBe("pass");
    expect(outcomeOf("similar_refund", { similar: 1 })).toBe("warn");
    expect(outcomeOf("similar_refund", { similar: 7 })).toBe("warn");
  });
});
