import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addSeconds } from "../../../src/domain/instant.ts";
import { remaining, reserved, spent, type Payment } from "../../../src/domain/payment.ts";
import { isWorse, outcomes, type PolicyFacts } from "../../../src/domain/policy/facts.ts";
import {
  judge,
  openRules,
  readResults,
  refusedBy,
  ruleNames,
  rules,
  writeResults,
} from "../../../src/domain/policy/index.ts";
import { parsePolicy, writePolicy } from "../../../src/domain/policy/shop-policy.ts";
import { anyFacts, anyInstant, anyPayment } from "./arbitrary-facts.ts";
import { runs } from "../../support/deep.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const often = { numRuns: runs(500, 100_000), seed };
const patience = 1_200_000;

const windows = ["channel_window", "shop_window", "role_window", "cooling_off"] as const;

const sumsOf = (payment: Payment): readonly number[] =>
  [remaining, reserved, spent].map((sumOf) => sumOf(payment).minor);

const names = (facts: PolicyFacts, role: PolicyFacts["requester"]["role"]): readonly string[] =>
  openRules(judge(facts), { role }).map(({ rule }) => rule);

describe(`the rules, with seed ${seed}`, () => {
  it(
    "R10 answer any facts, every rule once, and the verdict is the worst answer",
    () => {
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const verdict = judge(facts);
          expect(verdict.results.map(({ rule }) => rule)).toEqual(ruleNames);
          const ranks = verdict.results.map(({ outcome }) => outcomes.indexOf(outcome));
          expect(outcomes.indexOf(verdict.outcome)).toBe(Math.max(...ranks));
          expect(refusedBy(verdict).length > 0).toBe(verdict.outcome === "refused");
          expect(readResults(writeResults(verdict))).toEqual(verdict.results);
        }),
        often,
      );
    },
    patience,
  );

  it(
    "R10 invariant 24: the snapshot of the policy gives the same verdict later",
    () => {
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const kept = JSON.stringify(writePolicy(facts.policy));
          const policy = parsePolicy(JSON.parse(kept) as ReturnType<typeof writePolicy>);
          expect(judge({ ...structuredClone(facts), policy })).toEqual(judge(facts));
        }),
        often,
      );
    },
    patience,
  );

  it(
    "R43 F47 a window that is over stays over, however far the clock moves on",
    () => {
      fc.assert(
        fc.property(anyFacts, fc.nat(40_000_000), (facts, seconds) => {
          const later = { ...facts, now: addSeconds(facts.now, seconds) };
          for (const rule of windows)
            expect(isWorse(rules[rule](facts), rules[rule](later))).toBe(false);
        }),
        often,
      );
    },
    patience,
  );

  it(
    "R10 X28 who is above opens no more than who is below, and the owner asks only about the device",
    () => {
      fc.assert(
        fc.property(anyFacts, (facts) => {
          const clerk = names(facts, "clerk");
          expect(clerk).toEqual(expect.arrayContaining([...names(facts, "lead")]));
          const isBound = rules.device_limit(facts) === "other";
          expect(names(facts, "owner")).toEqual(isBound ? ["device_limit"] : []);
        }),
        often,
      );
    },
    patience,
  );

  it(
    "F47 F48 invariant 3: no time and no judgement changes a sum of a payment",
    () => {
      fc.assert(
        fc.property(anyFacts, anyPayment, anyInstant, (facts, payment, now) => {
          const before = sumsOf(payment);
          judge({ ...facts, payment, now });
          expect(sumsOf(payment)).toEqual(before);
        }),
        often,
      );
    },
    patience,
  );
});
