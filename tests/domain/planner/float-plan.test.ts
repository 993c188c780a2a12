import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY } from "../../../src/domain/currency.ts";
import type { CaseId, PaymentId } from "../../../src/domain/ids.ts";
import { businessDate } from "../../../src/domain/instant.ts";
import { sum } from "../../../src/domain/money.ts";
import {
  planFloat,
  sumOfStep,
  type FloatPlan,
  type PlanFacts,
} from "../../../src/domain/planner/float-plan.ts";

import { at, cny, shanghai } from "../../support/a.ts";
import { runs, seed } from "../../support/deep.ts";
import { lines } from "./plan-table.ts";
import { factsOf, moneyText, now, planText } from "./plan-words.ts";

describe("the float plan", () => {
  it("X13 has a table of at least 60 cases, no two of one name", () => {
    expect(lines.length).toBeGreaterThanOrEqual(60);
    expect(new Set(lines.map(([name]) => name)).size).toBe(lines.length);
  });

  it.each(lines)("X13 X14 %s", (_, facts, expected) => {
    const plan = planFloat(factsOf(facts));
    expect([planText(plan), moneyText(plan)]).toEqual(expected);
  });
});

const times = runs(300, 20_000);

const pick = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const seconds = fc.integer({ min: -3 * 86_400, max: 9 * 86_400 });
const moment = seconds.map((s) =>
  at(new Date(Date.parse(now) + s * 1000).toISOString().replace(".000", "")),
);
const some = fc.integer({ min: 1, max: 20_000 }).map(cny);
const refunds = fc.uniqueArray(
  fc.record(
    {
      caseId: fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0") as CaseId),
      refundNo: fc.constant("R"),
      amount: some,
      createdAt: moment,
      isVoid: fc.boolean(),
      paymentId: pick("P", "Q", "S").map((id) => id as PaymentId),
      due: fc.oneof(
        fc.record({ kind: pick("void_cutoff", "channel_window"), until: moment }),
        fc.record({
          kind: pick("legal_handling", "shop_window"),
          until: moment,
          date: fc.constant(businessDate(now, shanghai)),
        }),
      ),
    },
    { requiredKeys: ["caseId", "refundNo", "amount", "createdAt", "isVoid"] },
  ),
  { selector: ({ caseId }) => caseId, maxLength: 12 },
);

const arbitraryFacts: fc.Arbitrary<PlanFacts> = fc.record({
  profile: fc.record(
    {
      id: fc.constant("wechatpay"),
      settlement: pick("D0", "D1", "T1", "unknown"),
      d0Refund: pick("unknown", "blocked", "needs_float"),
      balanceSource: pick("takings", "account", "unknown"),
      refundHours: fc.constantFrom<[number, number]>([540, 1200], [0, 1440], [900, 960]),
      minIntervalSeconds: pick(3, 60, 86_400),
      dailyRefunds: pick(1, 3),
      dailyAmount: pick(10, 100),
    },
    { requiredKeys: ["id", "settlement", "d0Refund", "balanceSource"] },
  ),
  currency: fc.constant(CNY),
  calendar: fc.constant(shanghai),
  now: fc.constant(now),
  balance: fc.option(fc.record({ amount: some, at: moment }), { nil: undefined }),
  recorded: some,
  statements: fc.array(some, { maxLength: 3 }),
  underWay: fc.array(fc.record({ amount: some, isVoid: fc.boolean() }), { maxLength: 4 }),
  whole: fc.boolean(),
  today: fc.record({ count: fc.nat({ max: 3 }), minor: fc.nat({ max: 9_000 }) }),
  queue: refunds,
  sent: fc.dictionary(pick("P", "Q"), moment).map((sent) => new Map(Object.entries(sent)) as never),
});

const promised = ({ queue }: FloatPlan): number =>
  queue
    .filter(({ refund, step }) => !refund.isVoid && (step === "now" || step === "later"))
    .reduce((total, { refund }) => total + refund.amount.minor, 0);

/** What the facts could show at most, however they are read. */
const mostShown = ({ balance, recorded, statements }: PlanFacts): number =>
  (balance?.amount.minor ?? 0) + Math.max(recorded.minor, ...statements.map(({ minor }) => minor));

const waitsIn = ({ queue }: FloatPlan): number =>
  queue.filter(({ step }) => step === "wait").length;

const total = ({ queue }: FloatPlan): number =>
  queue.reduce((all, { refund }) => all + refund.amount.minor, 0);

const assertAll = (holds: (facts: PlanFacts, plan: FloatPlan) => void): void =>
  fc.assert(
    fc.property(arbitraryFacts, (facts) => holds(facts, planFloat(facts))),
    { numRuns: times, seed },
  );

describe("whatever is known and waits", () => {
  it("X13 never promises more than the data shows, and nothing at all where it shows nothing", () => {
    assertAll((facts, plan) => {
      const { available, queue } = plan;
      if (available === undefined) {
        expect(plan.topUp).toBeUndefined();
        expect(queue.some(({ because }) => because.some((one) => "rest" in one))).toBe(false);
        return;
      }
      expect(available.minor).toBeLessThanOrEqual(mostShown(facts));
      expect(promised(plan)).toBeLessThanOrEqual(Math.max(0, available.minor));
      expect(facts.whole).toBe(true);
    });
  });

  it("X13 with the top-up everything that waits for money goes, and with one fen less it does not", () => {
    assertAll((facts, plan) => {
      const { topUp, available } = plan;
      if (topUp === undefined || available === undefined) return;
      const waits = plan.queue.filter(({ step }) => step === "wait");
      const waiting = waits.reduce((all, { refund }) => all + refund.amount.minor, 0);
      expect(topUp.minor).toBe(waiting + promised(plan) - available.minor);
      expect(topUp.minor).toBeGreaterThan(0);
      const withMore = (more: number): FloatPlan => {
        const { balance } = facts;
        const known =
          balance?.at !== undefined && plan.because.some(({ kind }) => kind === "balance");
        const amount = cny((known ? balance.amount.minor : 0) + more);
        const time = known ? balance.at : now;
        return planFloat({ ...facts, balance: { amount, at: time } });
      };
      expect(waitsIn(withMore(topUp.minor))).toBe(0);
      // spacing may let a window end meanwhile: then less would do
      if (facts.profile.minIntervalSeconds === undefined)
        expect(waitsIn(withMore(topUp.minor - 1))).toBeGreaterThan(0);
    });
  });

  it("X13 names as the first failure the first in its order that cannot go", () => {
    assertAll((facts, { queue, firstFailure }) => {
      const goes = queue.map(({ step }) => step === "now" || step === "later");
      const first = goes.indexOf(false);
      expect(firstFailure).toBe(first < 0 ? undefined : queue[first]?.refund.caseId);
      expect(queue.map(({ refund }) => refund.caseId).toSorted()).toEqual(
        facts.queue.map(({ caseId }) => caseId).toSorted(),
      );
    });
  });

  it("X13 says the same in whatever order its facts come", () => {
    fc.assert(
      fc.property(
        arbitraryFacts.chain((facts) =>
          fc
            .tuple(
              fc.shuffledSubarray([...facts.queue], { minLength: facts.queue.length }),
              fc.shuffledSubarray([...facts.underWay], { minLength: facts.underWay.length }),
              fc.shuffledSubarray([...facts.statements], { minLength: facts.statements.length }),
            )
            .map(([queue, underWay, statements]) => [
              facts,
              { ...facts, queue, underWay, statements },
            ]),
        ),
        ([facts, shuffled]) => {
          if (facts !== undefined && shuffled !== undefined)
            expect(planFloat(shuffled)).toEqual(planFloat(facts));
        },
      ),
      { numRuns: times, seed },
    );
  });

  it("X13 X3 a clock that moves within the day changes no sum, one that leaves it never adds", () => {
    fc.assert(
      fc.property(arbitraryFacts, moment, (facts, other) => {
        const [one, moved] = [planFloat(facts), planFloat({ ...facts, now: other })];
        expect(total(moved)).toBe(total(one));
        const sameDay = businessDate(other, shanghai) === businessDate(now, shanghai);
        if (sameDay) {
          expect(moved.available).toEqual(one.available);
          expect(moved.because).toEqual(one.because);
        }
        if (moved.available !== undefined)
          expect(moved.available.minor).toBeLessThanOrEqual(mostShown(facts));
      }),
      { numRuns: times, seed },
    );
  });

  it("X13 to know less never promises more", () => {
    assertAll((facts, plan) => {
      if (plan.available === undefined) return;
      const less: readonly PlanFacts[] = [
        { ...facts, recorded: cny(0) },
        { ...facts, statements: [] },
        { ...facts, underWay: [...facts.underWay, { amount: cny(1), isVoid: false }] },
        { ...facts, whole: false },
      ];
      for (const one of less)
        expect(planFloat(one).available?.minor ?? Number.NEGATIVE_INFINITY).toBeLessThanOrEqual(
          plan.available.minor,
        );
    });
  });

  it("X13 R43 tells every refund at one step, for a reason, none before it may be handed in", () => {
    assertAll((facts, plan) => {
      const { queue } = plan;
      for (const { step, from, because } of queue) {
        expect(because.length).toBeGreaterThan(0);
        expect(from !== undefined).toBe(step === "later");
        if (from !== undefined) expect(from > facts.now).toBe(true);
      }
      const all = (["now", "later", "wait", "never"] as const).map((step) => sumOfStep(plan, step));
      expect(sum(all, CNY)).toEqual(
        sum(
          facts.queue.map(({ amount }) => amount),
          CNY,
        ),
      );
    });
  });
});
