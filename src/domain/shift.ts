import { given } from "./given.ts";
import type { BusinessDate } from "./instant.ts";
import { add, zero, type Money } from "./money.ts";

/** Refunds per currency and channel: how many, and their sum in minor units. */
export type ChannelSums = {
  readonly [currency: string]: {
    readonly [channel: string]: readonly [count: number, sum: number];
  };
};

/** A shift ends: what was recorded in it, whatever became of it later. */
export type CloseEvent = {
  readonly kind: "close";
  readonly day: BusinessDate;
  /** Refunds since the close before, practice aside. */
  readonly refunds: number;
  readonly channels?: ChannelSums;
};

/** What a close says of its shift. */
export type Shift = Pick<CloseEvent, "refunds" | "channels">;

/** A refund as a shift counts it. */
export type ShiftRefund = { readonly amount: Money; readonly channel: string };

type Sum = { readonly count: number; readonly total: Money };

const inUnits = (sums: ReadonlyMap<string, Sum>) =>
  Object.fromEntries(
    [...sums].map(([channel, { count, total }]) => [channel, [count, total.minor] as const]),
  );

/** Adds up the refunds of a shift: every record counts, as in the chain's running total. */
export const sumShift = (refunds: readonly ShiftRefund[]): Shift => {
  const sums = new Map<string, ReadonlyMap<string, Sum>>();
  for (const { amount, channel } of refunds) {
    const before = sums.get(amount.currency) ?? new Map<string, Sum>();
    const { count, total } = before.get(channel) ?? { count: 0, total: zero(amount.currency) };
    const sum = { count: count + 1, total: add(total, amount) };
    sums.set(amount.currency, new Map([...before, [channel, sum]]));
  }
  const channels = [...sums].map(([currency, some]) => [currency, inUnits(some)] as const);
  return {
    refunds: refunds.length,
    ...given("channels", channels.length === 0 ? undefined : Object.fromEntries(channels)),
  };
};
