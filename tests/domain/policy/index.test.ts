import { describe, expect, it } from "vitest";
import { wechatpay } from "../../../src/domain/acquirers/wechatpay.ts";
import type { Role } from "../../../src/domain/journal-event.ts";
import { outcomes, type RuleOutcome } from "../../../src/domain/policy/facts.ts";
import {
  judge,
  openRules,
  readResults,
  refusedBy,
  ruleNames,
  writeResults,
  type RuleName,
  type Verdict,
} from "../../../src/domain/policy/index.ts";
import { aPayment, aPaymentWithClaims, at, cny } from "../../support/a.ts";
import { aProfile, aRequester, facts } from "./facts.ts";

const late = at("2030-01-01T00:00:00Z");

describe("judge", () => {
  it("R10 lets a plain refund pass, and names every rule with its answer", () => {
    const verdict = judge(facts());
    expect(verdict.outcome).toBe("pass");
    expect(verdict.results).toEqual(ruleNames.map((rule) => ({ rule, outcome: "pass" })));
    expect(verdict.results).toHaveLength(19);
  });

  it("R10 keeps every answer, and the worst of them is the verdict", () => {
    const verdict = judge(
      facts({
        payment: aPayment({ grade: "D" }),
        profile: { ...wechatpay, settlement: "D0" },
        now: late,
        reason: "changed_mind",
        requester: aRequester("clerk"),
        amount: cny(30_000),
        similar: 1,
      }),
    );
    expect(verdict.outcome).toBe("refused");
    expect(writeResults(verdict)).toEqual({
      channel_window: "refused",
      partial_count: "pass",
      settlement: "warn",
      destination: "pass",
      payment_grade: "lead",
      role_limit: "lead",
      device_limit: "pass",
      shop_window: "lead",
      role_window: "lead",
      role_count: "pass",
      reason_eligible: "pass",
      cooling_off: "lead",
      excluded_goods: "pass",
      papers: "lead",
      other_till: "pass",
      same_amount: "pass",
      similar_refund: "warn",
      spacing: "pass",
      discount: "pass",
    });
  });

  it.each([
    ["pass", {}],
    ["warn", { similar: 1 }],
    ["lead", { similar: 1, payment: aPayment({ grade: "D" }) }],
    ["owner", { payment: aPayment({ grade: "D" }), destination: "cash" }],
    ["refused", { payment: aPayment({ grade: "E" }), profile: wechatpay, now: late }],
  ] as const)("R10 a verdict is %s when that is the worst answer", (outcome, over) => {
    expect(judge(facts(over)).outcome).toBe(outcome);
  });

  it("R10 gives the same verdict for the same facts", () => {
    const same = facts({ profile: wechatpay, payment: aPaymentWithClaims(10_000, [1_000]) });
    expect(judge(same)).toEqual(judge(structuredClone(same)));
  });

  it("R10 judges a refund that no payment stands behind by what is known of it", () => {
    const verdict = judge(
      facts({ payment: undefined, mode: "unreferenced", destination: "cash", reason: "goodwill" }),
    );
    const open = verdict.results.filter(({ outcome }) => outcome !== "pass");
    expect(open).toEqual([
      { rule: "destination", outcome: "owner" },
      { rule: "reason_eligible", outcome: "owner" },
    ]);
  });
});

const verdictOf = (results: Readonly<Partial<Record<RuleName, RuleOutcome>>>): Verdict => ({
  outcome: "pass",
  results: readResults(results),
});

describe("openRules", () => {
  const every = verdictOf({
    channel_window: "refused",
    destination: "owner",
    device_limit: "other",
    shop_window: "lead",
    same_amount: "warn",
    discount: "pass",
  });
  const cases: readonly (readonly [Role, readonly RuleName[]])[] = [
    ["clerk", ["destination", "device_limit", "shop_window"]],
    ["lead", ["destination", "device_limit"]],
    ["owner", ["device_limit"]],
    ["auditor", ["destination", "device_limit", "shop_window"]],
  ];

  it.each(cases)("R10 R45 a %s leaves to others what is above the role: %j", (role, open) => {
    expect(openRules(every, { role }).map(({ rule }) => rule)).toEqual(open);
  });

  it("R10 nobody opens what is refused, and nobody is asked about a warning", () => {
    expect(refusedBy(every)).toEqual(["channel_window"]);
    expect(openRules(verdictOf({ same_amount: "warn" }), { role: "clerk" })).toEqual([]);
    expect(openRules(verdictOf({ channel_window: "refused" }), { role: "clerk" })).toEqual([]);
  });
});

describe("writeResults and readResults", () => {
  it("R10 a record keeps every answer, and they read back the same", () => {
    const verdict = judge(facts({ payment: aPayment({ grade: "D" }), similar: 2 }));
    expect(readResults(writeResults(verdict))).toEqual(verdict.results);
  });

  it("R10 words of a newer version are left out, those of this one stay", () => {
    expect(readResults({ shop_window: "lead", papers: "twice", moon_phase: "pass" })).toEqual([
      { rule: "shop_window", outcome: "lead" },
    ]);
    expect(readResults({})).toEqual([]);
  });

  it("keeps the six answers from good to bad", () => {
    expect(outcomes).toEqual(["pass", "warn", "lead", "other", "owner", "refused"]);
  });

  it("X14 R43 refuses by every rule that nobody may break, and names them all", () => {
    const profile = aProfile({ settlement: "D0", d0Refund: "blocked", refundWindowDays: 1 });
    expect(refusedBy(judge(facts({ profile, now: late })))).toEqual([
      "channel_window",
      "settlement",
    ]);
  });
});
