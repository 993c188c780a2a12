import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money, sum } from "../../src/domain/money.ts";
import {
  cashDifference,
  cashOf,
  parseCashCount,
  readCash,
  sumShift,
} from "../../src/domain/shift.ts";

const cny = (minor: number) => money(minor, CNY);
const amount = integer({ min: 0, max: 99_999_999 }).map(cny);
const refund = record({
  amount: integer({ min: 1, max: 9_999_999 }).map(cny),
  channel: constantFrom("wechat", "alipay", "unionpay"),
});

describe("the sums of a day", () => {
  it("X38 R52 are the same however the refunds are ordered and split, for 10,000 random days", () => {
    assert(
      property(array(refund, { maxLength: 12 }), (refunds) => {
        const { refunds: count, channels = {} } = sumShift(refunds);
        expect(sumShift(refunds.toReversed()).channels?.["CNY"] ?? {}).toEqual(
          channels["CNY"] ?? {},
        );
        const told = Object.values(channels["CNY"] ?? {});
        expect(count).toBe(refunds.length);
        expect(told.reduce((total, [, minor]) => total + minor, 0)).toBe(
          sum(
            refunds.map((one) => one.amount),
            CNY,
          ).minor,
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it("X38 the drawer of 10,000 random days is told by its record exactly as it was counted", () => {
    const day = record({ open: amount, takings: amount, counted: amount, paidOut: amount });
    assert(
      property(day, ({ paidOut, ...count }) => {
        const read = readCash(cashOf(count, paidOut), CNY);
        expect(read).toMatchObject({ ...count, paidOut });
        expect(read?.difference).toEqual(cashDifference(count, paidOut));
        expect(read?.expected.minor).toBe(count.open.minor + count.takings.minor - paidOut.minor);
      }),
      { numRuns: 10_000 },
    );
  });

  it("X38 X47 a drawer is counted in one currency; nothing typed is no drawer", () => {
    const typed = { open: "200", takings: "0", counted: "198.5" };
    const count = { open: cny(20_000), takings: cny(0), counted: cny(19_850) };
    expect(parseCashCount(typed, CNY)).toEqual({ ok: true, value: count });
    const none = { open: "", takings: " ", counted: "" };
    expect(parseCashCount(none, CNY)).toEqual({ ok: true, value: undefined });
    expect(parseCashCount({ ...typed, counted: "" }, CNY).ok).toBe(false);
    expect(readCash(undefined, CNY)).toBeUndefined();
  });
});
