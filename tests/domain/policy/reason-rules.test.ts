import { describe, expect, it } from "vitest";
import type { EvidenceFile } from "../../../src/domain/journal-event.ts";
import type { PolicyFacts, RuleOutcome } from "../../../src/domain/policy/facts.ts";
import { checklist } from "../../../src/domain/policy/papers.ts";
import { eligibilityOf, papersOf, reasonCodes } from "../../../src/domain/reasons.ts";
import { aPayment, at, cny } from "../../support/a.ts";
import { aLine, aPolicy, facts, outcomeOf } from "./facts.ts";

describe("reason_eligible", () => {
  it("R9 asks somebody for every reason that the shop does not refund for by itself", () => {
    const asked = reasonCodes.flatMap((reason) => {
      const outcome = outcomeOf("reason_eligible", { reason });
      return outcome === "pass" ? [] : [[reason, outcome]];
    });
    expect(asked).toEqual([
      ["other", "lead"],
      ["wrong_payee", "lead"],
      ["price_adjust", "lead"],
      ["goodwill", "owner"],
      ["fraud_suspected", "owner"],
    ]);
  });

  it.each([
    ["yes", "pass"],
    ["in_window", "pass"],
    ["approval", "lead"],
    ["no", "owner"],
  ] as const)("R9 follows what the owner said of a reason: %s", (eligible, outcome) => {
    const policy = aPolicy({ eligible: { paid_twice: eligible } });
    expect(outcomeOf("reason_eligible", { reason: "paid_twice", policy })).toBe(outcome);
    expect(outcomeOf("reason_eligible", { reason: "overpaid", policy })).toBe("pass");
  });

  it("R9 money given away is the owner's decision, unless the owner gave it free", () => {
    const free = aPolicy({ eligible: { goodwill: "yes" } });
    expect(outcomeOf("reason_eligible", { reason: "goodwill" })).toBe("owner");
    expect(outcomeOf("reason_eligible", { reason: "goodwill", policy: free })).toBe("pass");
  });
});

describe("cooling_off", () => {
  const policy = aPolicy({ windowDays: 30, coolingOffDays: 7 });
  const on = (reason: PolicyFacts["reason"], now: string, over: Partial<PolicyFacts> = {}) =>
    outcomeOf("cooling_off", { policy, reason, now: at(now), ...over });

  it("R9 R43 takes a change of mind to the last second of the cooling-off days, later by a lead", () => {
    for (const reason of ["changed_mind", "wrong_size"] as const) {
      expect(on(reason, "2026-11-28T15:59:59Z")).toBe("pass");
      expect(on(reason, "2026-11-28T16:00:00Z")).toBe("lead");
    }
  });

  it("R9 has no say about goods that are faulty", () => {
    expect(on("faulty", "2036-11-28T16:00:00Z")).toBe("pass");
  });

  it("R9 follows what the owner said of a reason", () => {
    const late = "2036-11-28T16:00:00Z";
    const strict = { ...policy, eligible: { overpaid: "in_window", changed_mind: "yes" } } as const;
    expect(on("overpaid", late, { policy: strict })).toBe("lead");
    expect(on("changed_mind", late, { policy: strict })).toBe("pass");
  });
});

describe("excluded_goods", () => {
  const policy = aPolicy({ excludedGoods: ["定制", "Fresh"] });
  const of = (names: readonly string[], over: Partial<PolicyFacts> = {}) =>
    outcomeOf("excluded_goods", {
      policy,
      reason: "changed_mind",
      lines: names.map((name, index) => aLine(index + 1, name)),
      ...over,
    });

  it.each([
    [["定制手机壳"], "lead"],
    [["耳环", "鲜花（定制）"], "lead"],
    [["FRESH milk"], "lead"],
    [["ｆｒｅｓｈ milk"], "lead"],
    [["耳环"], "pass"],
    [[], "pass"],
  ] as const)(
    "R10 asks a lead before such goods come back without a cause: %j",
    (names, outcome) => {
      expect(of(names)).toBe(outcome);
    },
  );

  it("R9 R10 takes back what is faulty, whatever it is and however the owner judges the reason", () => {
    for (const reason of reasonCodes) {
      const free = eligibilityOf(reason) !== "in_window";
      expect(of(["定制手机壳"], { reason })).toBe(free ? "pass" : "lead");
    }
    const strict = { ...policy, eligible: { faulty: "in_window" } } as const;
    expect(of(["定制手机壳"], { reason: "faulty", policy: strict })).toBe("pass");
  });

  it("R10 looks at everything that was bought when the refund names no goods", () => {
    const payment = aPayment({ lines: [aLine(1, "耳环"), aLine(2, "定制项链")] });
    expect(of([], { payment })).toBe("lead");
    expect(of(["耳环"], { payment })).toBe("pass");
  });
});

type Kind = EvidenceFile["kind"];

const standing = (over: Partial<PolicyFacts>): readonly string[] =>
  checklist(facts(over)).map(
    ({ paper, demanded, there }) =>
      `${paper} ${demanded ? "demanded" : "asked"} ${there ? "there" : "missing"}`,
  );

describe("papers", () => {
  it("R29 asks for the papers of the reason, and for others when the reason changes", () => {
    for (const reason of reasonCodes)
      expect(checklist(facts({ reason })).map(({ paper }) => paper)).toEqual(papersOf(reason));
    expect(standing({ reason: "faulty" })).not.toEqual(standing({ reason: "goodwill" }));
  });

  it.each([
    [19_999, "photo asked missing", "pass"],
    [20_000, "photo demanded missing", "lead"],
    [20_001, "photo demanded missing", "lead"],
  ] as const)("R29 with %i of 20000: %s", (minor, photo, outcome) => {
    const payment = aPayment({ amount: cny(100_000) });
    const over = { payment, amount: cny(minor) };
    expect(standing(over)).toEqual(["voucher demanded there", photo]);
    expect(outcomeOf("papers", over)).toBe(outcome);
  });

  it("R29 a photo that is there satisfies, another file does not", () => {
    const payment = aPayment({ amount: cny(100_000) });
    const having = (...evidence: readonly Kind[]): RuleOutcome | undefined =>
      outcomeOf("papers", { payment, amount: cny(20_000), evidence });
    expect(having("photo")).toBe("pass");
    expect(having("screenshot", "chat", "slip")).toBe("lead");
  });

  it.each(["A", "B", "C"] as const)("R29 a payment of grade %s is its own voucher", (grade) => {
    expect(outcomeOf("papers", { payment: aPayment({ grade }), reason: "overpaid" })).toBe("pass");
  });

  it.each(["D", "E"] as const)("R29 a payment of grade %s needs a voucher or a slip", (grade) => {
    const having = (...evidence: readonly Kind[]): RuleOutcome | undefined =>
      outcomeOf("papers", { payment: aPayment({ grade }), reason: "overpaid", evidence });
    expect(having()).toBe("lead");
    expect(having("screenshot", "photo", "other")).toBe("lead");
    expect(having("voucher")).toBe("pass");
    expect(having("slip")).toBe("pass");
  });

  it("R29 a shop that needs no receipt demands none", () => {
    const policy = aPolicy({ receiptRequired: false });
    const over = { payment: undefined, policy, reason: "overpaid" } as const;
    expect(standing(over)).toEqual(["voucher asked missing"]);
    expect(outcomeOf("papers", over)).toBe("pass");
    expect(outcomeOf("papers", { ...over, policy: aPolicy() })).toBe("lead");
  });

  it("R29 the form is asked for and never demanded: the app writes it from the record", () => {
    expect(standing({ reason: "goodwill" })).toEqual(["form asked missing"]);
    expect(standing({ reason: "goodwill", evidence: ["form"] })).toEqual(["form asked there"]);
    expect(outcomeOf("papers", { reason: "goodwill", amount: cny(99_999) })).toBe("pass");
  });
});
