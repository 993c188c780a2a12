import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { offeredCurrencies } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { sumShift } from "../../src/domain/shift.ts";

const aRefund = fc.record({
  amount: fc
    .tuple(fc.nat(99_999_999), fc.constantFrom(...offeredCurrencies))
    .map(([minor, currency]) => money(minor, currency)),
  channel: fc.constantFrom("wechat", "alipay", "other", "__proto__"),
});

describe("the sums of a shift", () => {
  it("X35 hold every refund once, under its own currency and channel", () => {
    fc.assert(
      fc.property(fc.array(aRefund), (refunds) => {
        const { refunds: count, channels = {} } = sumShift(refunds);
        expect(count).toBe(refunds.length);
        for (const { amount, channel } of refunds) {
          const same = refunds.filter(
            (one) => one.channel === channel && one.amount.currency === amount.currency,
          );
          const sum = same.reduce((total, one) => total + one.amount.minor, 0);
          expect(channels[amount.currency]?.[channel]).toEqual([same.length, sum]);
        }
        const told = Object.values(channels).flatMap((some) => Object.values(some));
        expect(told.reduce((total, [n]) => total + n, 0)).toBe(refunds.length);
      }),
    );
  });

  it("say nothing of channels where nothing was recorded", () => {
    expect(sumShift([])).toEqual({ refunds: 0 });
  });
});
