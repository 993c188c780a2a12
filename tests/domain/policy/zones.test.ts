import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addSeconds,
  instantFromSeconds,
  secondsOf,
  type Instant,
} from "../../../src/domain/instant.ts";
import { remaining, reserved, spent, type Payment } from "../../../src/domain/payment.ts";
import { judge, rules } from "../../../src/domain/policy/index.ts";
import type { PolicyFacts } from "../../../src/domain/policy/facts.ts";
import { aPayment, aPaymentWithClaims, at } from "../../support/a.ts";
import { aPolicy, aProfile, facts } from "./facts.ts";
import { changesOf, channelEnd, histories, shopEnd, type ZoneHistory } from "./zones.ts";
import { isDeep, runs } from "../../support/deep.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

const changing = histories.filter((history) => changesOf(history).length > 0);

const policy = aPolicy({ windowDays: 7 });
const profile = aProfile({ refundWindowDays: 30 });

type Till = { readonly history: ZoneHistory; readonly cutoffMinutes: number };

const factsAt = ({ history, cutoffMinutes }: Till, paidAt: Instant): PolicyFacts =>
  facts({
    payment: aPayment({ paidAt }),
    policy,
    profile,
    calendar: { zone: history.zone, cutoffMinutes },
  });

const answers = (rule: "shop_window" | "channel_window", basis: PolicyFacts, last: Instant) =>
  [last, addSeconds(last, 1)].map((now) => rules[rule]({ ...basis, now })).join();

const told = (till: Till, paidAt: Instant, answer: string): string =>
  `${till.history.zone} ${till.cutoffMinutes} ${paidAt}: ${answer}`;

/** What is wrong with the shop's window of a payment, if anything. */
const wrongShop = (till: Till, paidAt: Instant): readonly string[] => {
  const basis = factsAt(till, paidAt);
  const { history } = till;
  const last = shopEnd(paidAt, 7, { history, calendar: basis.calendar });
  const answer = answers("shop_window", basis, last);
  return answer === "pass,lead" ? [] : [told(till, paidAt, answer)];
};

/** What is wrong with the acquirer's, if anything. */
const wrongChannel = (till: Till, paidAt: Instant): readonly string[] => {
  const last = channelEnd(paidAt, 30, till.history);
  const answer = answers("channel_window", factsAt(till, paidAt), last);
  return answer === "warn,refused" ? [] : [told(till, paidAt, answer)];
};

/** In Greenland such a late one can lie in the gap of a clock change before midnight. */
const latestCutoff = 23 * 60 + 59;
const cutoffs = isDeep ? [0, 30, 90, 105, 150, 240, latestCutoff] : [0, 150];
const days = 86_400;
const hours = isDeep ? [-26, -25, -24, -2, -1, 0, 1, 2, 24] : [-25, 0];

/** Payments some hours before and after the time of day of a change, as many days before it as the window has. */
const around = (change: number, before: number): readonly Instant[] =>
  hours.map((hour) => instantFromSeconds(change - before * days + hour * 3_600));

const wrongAround = (history: ZoneHistory, change: number): readonly string[] => {
  const shop = cutoffs.flatMap((cutoffMinutes) =>
    around(change, 7).flatMap((paidAt) => wrongShop({ history, cutoffMinutes }, paidAt)),
  );
  const till = { history, cutoffMinutes: 0 };
  return shop.concat(around(change, 30).flatMap((paidAt) => wrongChannel(till, paidAt)));
};

describe(`windows over changes of clocks, with seed ${seed}`, () => {
  it("R43 F48 knows zones that change, by half an hour too", () => {
    expect(changing.length).toBeGreaterThan(90);
    const counts = new Map(
      changing.map((history) => [history.zone as string, changesOf(history).length]),
    );
    expect(counts.get("America/New_York")).toBe(10);
    expect(counts.get("Australia/Lord_Howe")).toBe(10);
    expect(counts.get("Asia/Kathmandu")).toBeUndefined();
  });

  it("R43 F48 invariant 23: end with their last second at every change of clocks from 2024 to 2028", () => {
    const wrong = changing.flatMap((history) =>
      changesOf(history).flatMap((change) => wrongAround(history, change)),
    );
    expect(wrong).toEqual([]);
  }, 1_200_000);

  it("R43 F48 invariant 23: end with their last second in any zone, at any time, with any cut-off", () => {
    const first = secondsOf(at("2024-01-01T00:00:00Z"));
    const last = secondsOf(at("2028-12-31T23:59:59Z"));
    fc.assert(
      fc.property(
        fc.constantFrom(...histories),
        fc.integer({ min: first, max: last }),
        fc.nat(latestCutoff),
        (history, second, cutoffMinutes) => {
          const paidAt = instantFromSeconds(second);
          expect(wrongShop({ history, cutoffMinutes }, paidAt)).toEqual([]);
          expect(wrongChannel({ history, cutoffMinutes }, paidAt)).toEqual([]);
        },
      ),
      { numRuns: runs(600, 100_000), seed },
    );
  }, 1_200_000);
});

const sumsOf = (payment: Payment): string =>
  [remaining, reserved, spent].map((sumOf) => sumOf(payment).minor).join();

/** Where a clock may stand after it was set: nearby, a year off, never set, far in the future. */
const jumped = fc.oneof(
  fc.integer({ min: -7_200, max: 7_200 }),
  fc.integer({ min: -40 * days, max: 40 * days }),
  fc.integer({ min: -2 * 365 * days, max: 2 * 365 * days }),
  fc.constantFrom(
    secondsOf(at("1970-01-01T00:00:00Z")) - secondsOf(at("2026-06-15T12:00:00Z")),
    secondsOf(at("2099-12-31T23:59:59Z")) - secondsOf(at("2026-06-15T12:00:00Z")),
  ),
);

describe(`10,000 jumps of the clock, with seed ${seed}`, () => {
  it("R43 F47 F48 invariants 3, 23: answer by where the clock stands, and change no sum", () => {
    let jumps = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...histories),
        fc.nat(latestCutoff),
        fc.array(jumped, { minLength: 50, maxLength: 50 }),
        (history, cutoffMinutes, clock) => {
          const paidAt = at("2026-06-15T12:00:00Z");
          const payment = { ...aPaymentWithClaims(10_000, [1_000, 2_500]), paidAt };
          const basis = { ...factsAt({ history, cutoffMinutes }, paidAt), payment };
          const ends = {
            shop: shopEnd(paidAt, 7, { history, calendar: basis.calendar }),
            channel: channelEnd(paidAt, 30, history),
          };
          const before = sumsOf(payment);
          for (const jump of clock) {
            jumps += 1;
            const now = addSeconds(paidAt, jump);
            const { results } = judge({ ...basis, now });
            const answer = (rule: string) => results.find((one) => one.rule === rule)?.outcome;
            expect(answer("shop_window")).toBe(now > ends.shop ? "lead" : "pass");
            expect(answer("channel_window") === "refused").toBe(now > ends.channel);
            expect(sumsOf(payment)).toBe(before);
          }
        },
      ),
      { numRuns: runs(200, 2_000), seed },
    );
    expect(jumps).toBeGreaterThanOrEqual(10_000);
  }, 1_200_000);
});
