import { describe, expect, it } from "vitest";
import type { Currency } from "../../../src/domain/currency.ts";
import { given } from "../../../src/domain/given.ts";
import type { Role } from "../../../src/domain/journal-event.ts";
import { money, type Money } from "../../../src/domain/money.ts";
import type { PolicyFacts, RuleOutcome } from "../../../src/domain/policy/facts.ts";
import { judge, openRules } from "../../../src/domain/policy/index.ts";
import type { RoleLimits } from "../../../src/domain/policy/shop-policy.ts";
import { aPaymentWithClaims, aPayment, cny, units } from "../../support/a.ts";
import { aPolicy, aRequester, facts, outcomeOf, type Requester } from "./facts.ts";

const limits = (clerk: RoleLimits, lead: RoleLimits = {}) => aPolicy({ limits: { clerk, lead } });

const asked = (
  requester: Requester,
  minor: number,
  policy = limits({ amount: 20_000 }, { amount: 200_000 }),
): RuleOutcome | undefined => outcomeOf("role_limit", { requester, amount: cny(minor), policy });

describe("role_limit", () => {
  const cases: readonly (readonly [Role, number, RuleOutcome])[] = [
    ["clerk", 19_999, "pass"],
    ["clerk", 20_000, "pass"],
    ["clerk", 20_001, "lead"],
    ["clerk", 200_000, "lead"],
    ["clerk", 200_001, "owner"],
    ["lead", 200_000, "pass"],
    ["lead", 200_001, "owner"],
    ["owner", 99_999_999, "pass"],
  ];

  it.each(cases)("X28 a %s who asks for %i: %s", (role, minor, outcome) => {
    expect(asked(aRequester(role), minor)).toBe(outcome);
  });

  it("X28 a person's own limit counts instead of the role's, higher or lower", () => {
    expect(asked(aRequester("clerk", { limit: units(500) }), 501)).toBe("lead");
    expect(asked(aRequester("clerk", { limit: units(30_000) }), 30_000)).toBe("pass");
    expect(asked(aRequester("lead", { limit: units(500) }), 501)).toBe("owner");
    expect(asked(aRequester("owner", { limit: units(500) }), 501)).toBe("pass");
  });

  it("X28 a limit of nothing lets nothing through alone, no limit lets everything", () => {
    expect(asked(aRequester("clerk"), 1, limits({ amount: 0 }))).toBe("lead");
    expect(asked(aRequester("clerk"), 99_999_999, limits({}))).toBe("pass");
    expect(asked(aRequester("lead"), 99_999_999, limits({}))).toBe("pass");
  });

  it("X28 where a lead has no limit of amount, a lead decides for a clerk whatever it is", () => {
    expect(asked(aRequester("clerk"), 99_999_999, limits({ amount: 1 }))).toBe("lead");
  });
});

const after = (role: Role, refunds: readonly number[], over: Partial<PolicyFacts> = {}) =>
  outcomeOf("role_count", {
    payment: aPaymentWithClaims(10_000, refunds),
    requester: aRequester(role),
    policy: limits({ refunds: 2 }, { refunds: 3 }),
    ...over,
  });

describe("role_count", () => {
  it("X17 a clerk asks from the third refund of one payment on", () => {
    expect(after("clerk", [])).toBe("pass");
    expect(after("clerk", [100])).toBe("pass");
    expect(after("clerk", [100, 100])).toBe("lead");
  });

  it("X17 a lead who has a number too asks the owner, and the owner nobody", () => {
    expect(after("lead", [100, 100])).toBe("pass");
    expect(after("lead", [100, 100, 100])).toBe("owner");
    expect(after("owner", [100, 100, 100])).toBe("pass");
  });

  it("X17 neither a freed refund nor an even exchange is counted", () => {
    const payment = aPaymentWithClaims(10_000, [100, 0, 100]);
    const [first, ...others] = payment.claims;
    if (first === undefined) throw new Error("three claims were made");
    const freed = { ...payment, claims: [{ ...first, standing: "frees" as const }, ...others] };
    expect(after("clerk", [], { payment })).toBe("lead");
    expect(after("clerk", [], { payment: freed })).toBe("pass");
  });

  it("X17 nothing is counted without a number or without a payment", () => {
    expect(after("clerk", [100, 100], { policy: limits({}) })).toBe("pass");
    expect(after("clerk", [], { payment: undefined })).toBe("pass");
  });
});

const on = (minor: number, deviceLimit?: Money): RuleOutcome | undefined =>
  outcomeOf("device_limit", {
    requester: aRequester("owner"),
    amount: cny(minor),
    ...given("deviceLimit", deviceLimit),
  });

describe("device_limit", () => {
  it("refundlog §8 above what its certificate allows somebody else is asked, even by the owner", () => {
    expect(on(10_000, cny(10_000))).toBe("pass");
    expect(on(10_001, cny(10_000))).toBe("other");
    expect(on(1, cny(0))).toBe("other");
  });

  it("refundlog §8 says nothing without a limit or of another currency, as the verifier does", () => {
    expect(on(999_999)).toBe("pass");
    expect(on(999_999, money(1, "JPY" as Currency))).toBe("pass");
  });
});

describe("payment_grade", () => {
  it.each([
    ["A", "pass"],
    ["B", "pass"],
    ["C", "pass"],
    ["D", "lead"],
    ["E", "owner"],
  ] as const)("R34 X26 answers grade %s with %s", (grade, outcome) => {
    expect(outcomeOf("payment_grade", { payment: aPayment({ grade }) })).toBe(outcome);
  });

  it("R34 has nothing to say of a refund without a payment", () => {
    expect(outcomeOf("payment_grade", { payment: undefined })).toBe("pass");
  });
});

describe("destination", () => {
  it.each([
    ["original", "referenced", "pass"],
    ["original", "void", "pass"],
    ["cash", "referenced", "owner"],
    ["store_credit", "referenced", "owner"],
    ["other", "referenced", "owner"],
    ["cash", "unreferenced", "owner"],
  ] as const)("R30 X31 %s, %s: %s", (destination, mode, outcome) => {
    expect(outcomeOf("destination", { destination, mode })).toBe(outcome);
  });
});

describe("who lets a refund through", () => {
  const overLimit = { amount: cny(20_001) };
  const farOver = { amount: cny(200_001) };
  const cash = { destination: "cash" } as const;
  const cases: readonly (readonly [Role, string, Partial<PolicyFacts>, readonly string[]])[] = [
    ["clerk", "a small refund", {}, []],
    ["clerk", "¥200.01", overLimit, ["role_limit"]],
    ["lead", "¥200.01", overLimit, []],
    ["lead", "¥2,000.01", farOver, ["role_limit"]],
    ["owner", "¥2,000.01", farOver, []],
    ["lead", "cash", cash, ["destination"]],
    ["owner", "cash", cash, []],
    ["clerk", "grade D", { payment: aPayment({ grade: "D" }) }, ["payment_grade", "papers"]],
    ["lead", "grade D", { payment: aPayment({ grade: "D" }) }, []],
    ["lead", "grade E", { payment: aPayment({ grade: "E" }) }, ["payment_grade"]],
    ["owner", "grade E", { payment: aPayment({ grade: "E" }) }, []],
  ];

  it.each(cases)("R10 X28 a %s with %s", (role, _, over, open) => {
    const payment = over.payment ?? aPayment({ amount: cny(500_000) });
    const evidence = ["photo"] as const;
    const asks = facts({ evidence, ...over, payment, requester: aRequester(role) });
    expect(openRules(judge(asks), asks.requester).map(({ rule }) => rule)).toEqual(open);
  });
});
