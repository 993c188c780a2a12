import { custom } from "../../../src/domain/acquirers/custom.ts";
import type { AcquirerProfile } from "../../../src/domain/acquirers/profile.ts";
import { findZone, type Calendar, type Zone } from "../../../src/domain/instant.ts";
import type { GoodsLine, Role } from "../../../src/domain/journal-event.ts";
import type { PolicyFacts, RuleOutcome } from "../../../src/domain/policy/facts.ts";
import { judge, type RuleName } from "../../../src/domain/policy/index.ts";
import { defaultPolicy, type ShopPolicy } from "../../../src/domain/policy/shop-policy.ts";
import { aPayment, at, cny, shanghai, units } from "../../support/a.ts";

export type Requester = PolicyFacts["requester"];

export const aRequester = (role: Role, over: Partial<Requester> = {}): Requester => ({
  role,
  grants: [],
  active: true,
  ...over,
});

/** A faulty article of ¥10.00 out of ¥100.00 that was paid by WeChat yesterday; nobody has anything against it. */
export const facts = (over: Partial<PolicyFacts> = {}): PolicyFacts => ({
  payment: aPayment(),
  amount: cny(1_000),
  mode: "referenced",
  destination: "original",
  reason: "faulty",
  evidence: [],
  lines: [],
  policy: defaultPolicy,
  profile: custom,
  calendar: shanghai,
  now: at("2026-11-22T06:00:00Z"),
  requester: aRequester("owner"),
  similar: 0,
  maybeElsewhere: false,
  ...over,
});

export const outcomeOf = (rule: RuleName, over: Partial<PolicyFacts>): RuleOutcome | undefined =>
  judge(facts(over)).results.find((result) => result.rule === rule)?.outcome;

export const aPolicy = (over: Partial<ShopPolicy> = {}): ShopPolicy => ({
  ...defaultPolicy,
  ...over,
});

/** A custom acquirer of which this much is known. */
export const aProfile = (over: Partial<AcquirerProfile> = {}): AcquirerProfile => ({
  ...custom,
  ...over,
});

export const zoneOf = (name: string): Zone => {
  const zone = findZone(name);
  if (zone === undefined) throw new Error(`${name} is not known`);
  return zone;
};

export const calendarOf = (name: string, cutoffMinutes = 0): Calendar => ({
  zone: zoneOf(name),
  cutoffMinutes,
});

/** So many of a named article for that much money. */
export const aLine = (index: number, name: string, minor = 1_000, quantity = "1"): GoodsLine => ({
  index,
  name,
  quantity,
  amount: units(minor),
});
