import { describe, expect, it } from "vitest";

import { parseProfile } from "../../../src/domain/acquirers/edited-profile.ts";
import { acquirerIds, acquirers, shippedProfile } from "../../../src/domain/acquirers/index.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { mainFormat } from "../../../src/domain/batches/batch-formats.ts";
import { channelWindow } from "../../../src/domain/policy/channel-window.ts";
import type { PolicyFacts } from "../../../src/domain/policy/facts.ts";
import { partialCount } from "../../../src/domain/policy/partial-count.ts";
import { settlement } from "../../../src/domain/policy/settlement.ts";
import { defaultPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { voidUntil } from "../../../src/domain/refund/void-rule.ts";
import { aPayment, aPaymentWithClaims, at, aStaff, cny, shanghai } from "../../support/a.ts";

const now = at("2026-11-22T06:00:00Z");
const today = aPayment({ paidAt: at("2026-11-22T05:00:00Z"), numbers: { out_trade_no: "A17" } });
const yearAgo = aPayment({ paidAt: at("2025-11-01T05:00:00Z") });

const factsOf = (profile: AcquirerProfile, over: Partial<PolicyFacts> = {}): PolicyFacts => ({
  payment: today,
  amount: cny(1000),
  mode: "referenced",
  destination: "original",
  reason: "faulty",
  evidence: [],
  lines: [],
  policy: defaultPolicy,
  profile,
  calendar: shanghai,
  now,
  requester: aStaff(),
  similar: 0,
  maybeElsewhere: false,
  ...over,
});

/** What a refund meets under a profile: window, void, steps, file and settlement. */
const met = (profile: AcquirerProfile) => ({
  window: channelWindow(factsOf(profile, { payment: yearAgo })),
  voidUntil: voidUntil({ payment: today, profile, calendar: shanghai, now }),
  steps: { place: profile.place, checklist: profile.checklist, fields: profile.fields },
  file: mainFormat(profile, today).id,
  settlement: settlement(factsOf(profile)),
});

/** 拉卡拉 as a merchant with instant settlement has it in the contract. */
const instant = parseProfile("lakala", { settlement: "D0", voidCutoffMinutes: 1350 });

const untilAt = (time: string) =>
  voidUntil({ payment: today, profile: instant, calendar: shanghai, now: at(time) });

describe("switching the acquirer of a payment", () => {
  it("R7 X14 X15 changes window, void rule, steps, file format and settlement mode", () => {
    const [direct, other] = [met(acquirers.wechatpay), met(instant)];
    expect(direct).toMatchObject({ window: "refused", voidUntil: undefined, settlement: "pass" });
    expect(other).toMatchObject({
      window: "pass",
      voidUntil: "2026-11-22T14:30:00Z",
      settlement: "warn",
    });
    expect(direct.file).toBe("wechat-batch-txt");
    expect(other.file).toBe("refund-list-csv");
    expect(direct.steps.place).toBe("portal");
    expect(other.steps.place).toBe("terminal");
    for (const name of ["window", "voidUntil", "steps", "file", "settlement"] as const)
      expect(direct[name]).not.toEqual(other[name]);
  });

  it("X14 blocked instant settlement refuses the original way and offers no void", () => {
    const blocked = { ...instant, d0Refund: "blocked" } as const;
    expect(met(blocked)).toMatchObject({ settlement: "refused", voidUntil: undefined });
  });

  it("X15 the void ends with the acquirer's own cut-off", () => {
    expect(untilAt("2026-11-22T14:29:59Z")).toBe("2026-11-22T14:30:00Z");
    expect(untilAt("2026-11-22T14:30:01Z")).toBeUndefined();
  });

  it("X17 the 51st partial refund of WeChat is refused, of an acquirer that takes one part the second", () => {
    const fifty = aPaymentWithClaims(
      100_000,
      Array.from({ length: 50 }, () => 100),
    );
    const one = aPaymentWithClaims(100_000, [100]);
    expect(partialCount(factsOf(acquirers.wechatpay, { payment: one }))).toBe("pass");
    expect(partialCount(factsOf(acquirers.wechatpay, { payment: fifty }))).toBe("refused");
    const once = parseProfile("custom", { partials: "once" });
    expect(partialCount(factsOf(once, { payment: one }))).toBe("refused");
  });

  it("R7 no two of the nine are alike", () => {
    const all = acquirerIds.map((id) => JSON.stringify({ ...shippedProfile(id), id: "" }));
    expect(new Set(all).size).toBe(acquirerIds.length);
  });
});
