import { given } from "./given.ts";
import type { Currency } from "./currency.ts";
import type { BusinessDate } from "./instant.ts";
import { add, money, parseAmount, subtract, zero, type AmountFault, type Money } from "./money.ts";
import { ok, type Result } from "./result.ts";

/** Refunds per currency and channel: how many, and their sum in minor units. */
export type ChannelSums = {
  readonly [currency: string]: {
    readonly [channel: string]: readonly [count: number, sum: number];
  };
};

/**
 * The drawer at the end of a shift by currency, in minor units: what it began with, takings, refunds handed out, what
 * should be in it, what was counted (refundlog.md §4, X38).
 */
export type ShiftCash = {
  readonly [currency: string]: readonly [
    open: number,
    takings: number,
    paidOut: number,
    expected: number,
    counted: number,
  ];
};

/** What a person tells of the drawer. */
export type CashCount = {
  readonly open: Money;
  readonly takings: Money;
  readonly counted: Money;
};

/** A shift ends: what was recorded in it, whatever became of it later. */
export type CloseEvent = {
  readonly kind: "close";
  readonly day: BusinessDate;
  /** Refunds since the close before, practice aside. */
  readonly refunds: number;
  readonly channels?: ChannelSums;
  readonly cash?: ShiftCash;
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

/** Cash refunds leave the drawer, refunds to a wallet never do: float + takings − cash refunds should be in it (X38). */
export const expectedCash = ({ open, takings }: CashCount, paidOut: Money): Money =>
  subtract(add(open, takings), paidOut);

/** By how much the drawer differs from what it should hold; below zero where something is missing. */
export const cashDifference = (count: CashCount, paidOut: Money): Money =>
  subtract(count.counted, expectedCash(count, paidOut));

/** The drawer as a close keeps it. */
export const cashOf = (count: CashCount, paidOut: Money): ShiftCash => {
  const { open, takings, counted } = count;
  const expected = expectedCash(count, paidOut);
  const units = [open, takings, paidOut, expected, counted].map(({ minor }) => Number(minor));
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = units;
  return { [open.currency]: [first, second, third, fourth, fifth] };
};

/** The drawer of a close as amounts, with its difference; undefined where no cash was counted in this currency. */
export const readCash = (
  cash: ShiftCash | undefined,
  currency: Currency,
): (CashCount & Record<"paidOut" | "expected" | "difference", Money>) | undefined => {
  const kept = cash?.[currency];
  if (kept === undefined) return undefined;
  const [open, takings, paidOut, expected, counted] = kept;
  const of = (minor: number): Money => money(minor, currency);
  return {
    open: of(open),
    takings: of(takings),
    paidOut: of(paidOut),
    expected: of(expected),
    counted: of(counted),
    difference: of(counted - expected),
  };
};

/** The fields of the drawer as they were typed. */
export type TypedCash = { readonly [Name in keyof CashCount]: string };

/** Reads a counted drawer; undefined where nothing at all was typed: a stall without cash counts none. */
export const parseCashCount = (
  typed: TypedCash,
  currency: Currency,
): Result<CashCount | undefined, AmountFault> => {
  if (Object.values(typed).every((text) => text.trim() === "")) return ok(undefined);
  const open = parseAmount(typed.open, currency);
  if (!open.ok) return open;
  const takings = parseAmount(typed.takings, currency);
  if (!takings.ok) return takings;
  const counted = parseAmount(typed.counted, currency);
  if (!counted.ok) return counted;
  return ok({ open: open.value, takings: takings.value, counted: counted.value });
};
