import { describe, expect, it } from "vitest";
import { custom } from "../../../src/domain/acquirers/custom.ts";
import { wechatpay } from "../../../src/domain/acquirers/wechatpay.ts";
import { findZone, type Zone } from "../../../src/domain/instant.ts";
import { channelDeadline } from "../../../src/domain/policy/channel-window.ts";
import type { PolicyFacts } from "../../../src/domain/policy/facts.ts";
import { judge, type RuleName } from "../../../src/domain/policy/index.ts";
import { defaultPolicy, parsePolicy, writePolicy } from "../../../src/domain/policy/shop-policy.ts";
import { shopDeadline } from "../../../src/domain/policy/shop-window.ts";
import { aPayment, aPaymentWithClaims, at, cny, shanghai } from "../../support/a.ts";

const zoneOf = (name: string): Zone => findZone(name) ?? shanghai.zone;

const facts = (over: Partial<PolicyFacts> = {}): PolicyFacts => ({
  payment: aPayment(),
  amount: cny(1_000),
  type: "partial",
  policy: defaultPolicy,
  profile: custom,
  calendar: shanghai,
  now: at("2026-11-22T06:00:00Z"),
  ...over,
});

const outcomeOf = (rule: RuleName, over: Partial<PolicyFacts>): string | undefined =>
  judge(facts(over)).results.find((result) => result.rule === rule)?.outcome;

describe("judge", () => {
  it("R10 tells every rule's outcome and takes the worst for the verdict", () => {
    expect(judge(facts()).outcome).toBe("pass");
    expect(judge(facts({ payment: aPayment({ grade: "E" }) })).outcome).toBe("warn");
    expect(judge(facts({ payment: aPayment({ grade: "D" }) })).outcome).toBe("needs_approval");
    const late = { profile: wechatpay, now: at("2030-01-01T00:00:00Z") };
    const verdict = judge(facts({ ...late, payment: aPayment({ grade: "D" }) }));
    expect(verdict.outcome).toBe("refused");
    expect(verdict.results.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ["channel_window", "refused"],
      ["shop_window", "needs_approval"],
      ["partial_count", "pass"],
      ["same_amount", "pass"],
      ["payment_grade", "needs_approval"],
    ]);
  });

  it("R10 gives the same verdict for the same facts", () => {
    const same = facts({ profile: wechatpay, payment: aPaymentWithClaims(10_000, [1_000]) });
    expect(judge(same)).toEqual(judge(structuredClone(same)));
  });

  it("R43 warns when nobody knows when the payment was made", () => {
    const { paidAt: _, ...undated } = aPayment();
    expect(outcomeOf("shop_window", { payment: undated })).toBe("warn");
    expect(outcomeOf("channel_window", { payment: undated, profile: wechatpay })).toBe("pass");
  });

  it.each([
    ["A", "pass"],
    ["B", "pass"],
    ["C", "pass"],
    ["D", "needs_approval"],
    ["E", "warn"],
  ] as const)("R34 answers grade %s with %s", (grade, outcome) => {
    expect(outcomeOf("payment_grade", { payment: aPayment({ grade }) })).toBe(outcome);
  });

  it("X17 X8 counts only refunds that still count", () => {
    const parts = aPaymentWithClaims(10_000, Array(50).fill(100));
    const freed = parts.claims.map((claim, index) =>
      index === 0 ? Object.assign({}, claim, { standing: "frees" as const }) : claim,
    );
    const over = (claims: typeof freed): Partial<PolicyFacts> => ({
      profile: wechatpay,
      amount: cny(100),
      payment: { ...parts, claims },
    });
    expect(outcomeOf("partial_count", over([...parts.claims]))).toBe("refused");
    expect(outcomeOf("partial_count", over(freed))).toBe("pass");
    expect(outcomeOf("same_amount", over(freed))).toBe("warn");
    expect(outcomeOf("same_amount", over(freed.slice(0, 1)))).toBe("pass");
  });
});

describe("channelDeadline", () => {
  it.each([
    [
      "a year later, to the second",
      "2025-11-22T06:00:00Z",
      "Asia/Shanghai",
      "2026-11-22T06:00:00Z",
    ],
    ["over a leap day", "2027-11-22T06:00:00Z", "Asia/Shanghai", "2028-11-21T06:00:00Z"],
    ["from a leap day", "2028-02-29T06:00:00Z", "Asia/Shanghai", "2029-02-28T06:00:00Z"],
    ["over year end", "2025-12-31T15:59:59Z", "Asia/Shanghai", "2026-12-31T15:59:59Z"],
    [
      "at the same time of the wall clock",
      "2025-11-01T12:00:00Z",
      "America/New_York",
      "2026-11-01T13:00:00Z",
    ],
    [
      "after the gap that swallows it",
      "2025-03-08T07:30:00Z",
      "America/New_York",
      "2026-03-08T07:30:00Z",
    ],
  ])("R43 ends %s", (_, paidAt, zone, deadline) => {
    const calendar = { zone: zoneOf(zone), cutoffMinutes: 0 };
    expect(channelDeadline(at(paidAt), 365, calendar)).toBe(deadline);
  });
});

describe("shopDeadline", () => {
  it("R43 counts days of the stall, after its cut-off", () => {
    const late = { zone: shanghai.zone, cutoffMinutes: 240 };
    expect(shopDeadline(at("2026-11-21T16:30:00Z"), 7, shanghai)).toBe("2026-11-29");
    expect(shopDeadline(at("2026-11-21T16:30:00Z"), 7, late)).toBe("2026-11-28");
    expect(shopDeadline(at("2026-12-28T06:00:00Z"), 7, shanghai)).toBe("2027-01-04");
  });

  it("R43 keeps the last second of the last day inside", () => {
    const payment = aPayment({ paidAt: at("2026-11-21T06:00:00Z") });
    const lastSecond = at("2026-11-28T15:59:59Z");
    expect(outcomeOf("shop_window", { payment, now: lastSecond })).toBe("pass");
    expect(outcomeOf("shop_window", { payment, now: at("2026-11-28T16:00:00Z") })).toBe(
      "needs_approval",
    );
  });
});

describe("parsePolicy", () => {
  it("R31 reads back what it writes", () => {
    const policy = { windowDays: 30, typedTwiceFrom: 5_000 };
    expect(parsePolicy(writePolicy(policy))).toEqual(policy);
  });

  it("fills what an older version left out, and falls back from what makes no sense", () => {
    expect(parsePolicy({})).toEqual(defaultPolicy);
    expect(parsePolicy({ windowDays: 3 })).toEqual({ ...defaultPolicy, windowDays: 3 });
    for (const windowDays of [-1, 1.5, 3_651, "7", null])
      expect(parsePolicy({ windowDays })).toEqual(defaultPolicy);
  });
});
