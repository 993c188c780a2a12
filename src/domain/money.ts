import type { Brand } from "./brand.ts";
import { exponentOf, type Currency } from "./currency.ts";
import { fail, ok, type Result } from "./result.ts";

/** A safe integer number of the currency's smallest unit: fen for CNY. */
export type MinorUnits = Brand<number, "MinorUnits">;

/** The only shape of an amount anywhere in the app. */
export type Money = { readonly minor: MinorUnits; readonly currency: Currency };

export type AmountFault =
  | { readonly kind: "amount_empty" }
  | { readonly kind: "amount_not_a_number" }
  | { readonly kind: "amount_too_many_decimals"; readonly decimals: number }
  | { readonly kind: "amount_too_large" };

/** Largest single amount of the record format (refundlog.md §3): 99,999,999 minor units. */
export const maxRecordMinor = 99_999_999;

/** Makes an amount; anything but a safe integer is a bug. */
export const money = (minor: number, currency: Currency): Money => {
  if (!Number.isSafeInteger(minor))
    throw new Error("an amount must be a safe integer of minor units");
  return { minor: (minor === 0 ? 0 : minor) as MinorUnits, currency };
};

/** Whether a record can say that so much was paid. */
export const isRecordable = ({ minor }: Money): boolean => minor > 0 && minor <= maxRecordMinor;

const assertSame = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new Error(`${a.currency} and ${b.currency} do not add`);
};

/** Adding, subtracting or comparing two currencies is a bug, never a conversion. */
export const add = (a: Money, b: Money): Money => {
  assertSame(a, b);
  return money(a.minor + b.minor, a.currency);
};

export const subtract = (a: Money, b: Money): Money => {
  assertSame(a, b);
  return money(a.minor - b.minor, a.currency);
};

/** Negative, zero or positive like a sort comparison. */
export const compare = (a: Money, b: Money): number => {
  assertSame(a, b);
  return a.minor - b.minor;
};

export const zero = (currency: Currency): Money => money(0, currency);

export const isZero = (a: Money): boolean => a.minor === 0;

export const sum = (amounts: readonly Money[], currency: Currency): Money =>
  amounts.reduce((total, amount) => add(total, amount), zero(currency));

/** Half of an amount, the odd unit kept by the shop: 0.01 of 0.03. */
export const half = (a: Money): Money => money(Math.floor(a.minor / 2), a.currency);

/** That part of an amount, rounded down: 3 of 7 parts of 1.00 is 0.42; the whole of it is the amount itself. */
export const portion = (whole: Money, part: bigint, of: bigint): Money => {
  if (whole.minor < 0 || part < 0n || of <= 0n || part > of)
    throw new Error("a portion lies between nothing and the whole");
  return money(Number((BigInt(whole.minor) * part) / of), whole.currency);
};

/** So many at this price, half a unit rounded up: 0.5 × 0.03 is 0.02; `per` is the size of one. Undefined beyond a record. */
export const times = (price: Money, count: bigint, per: bigint): Money | undefined => {
  const product = (BigInt(price.minor) * count * 2n + per) / (per * 2n);
  return product <= BigInt(maxRecordMinor) ? money(Number(product), price.currency) : undefined;
};

type Share = { readonly index: number; readonly floor: bigint; readonly rest: bigint };

const byRest = (a: Share, b: Share): number => {
  if (a.rest === b.rest) return a.index - b.index;
  return a.rest > b.rest ? -1 : 1;
};

/**
 * Splits a whole ≥ 0 over weights ≥ 0 by largest remainder: the parts are integers, add up to the whole exactly,
 * and equal weights differ by at most one unit (refund-model.md §12, invariant 7).
 */
export const allocate = (whole: Money, weights: readonly number[]): readonly Money[] => {
  const total = weights.reduce((a, b) => a + BigInt(b), 0n);
  if (whole.minor < 0 || total <= 0n || weights.some((weight) => weight < 0))
    throw new Error("neither whole nor weights may be negative, and one weight must be positive");
  const shares: readonly Share[] = weights.map((weight, index) => {
    const product = BigInt(whole.minor) * BigInt(weight);
    return { index, floor: product / total, rest: product % total };
  });
  const extras = BigInt(whole.minor) - shares.reduce((a, share) => a + share.floor, 0n);
  const lucky = new Set(
    [...shares]
      .sort(byRest)
      .slice(0, Number(extras))
      .map((share) => share.index),
  );
  return shares.map((share) =>
    money(Number(share.floor) + (lucky.has(share.index) ? 1 : 0), whole.currency),
  );
};

/** Full-width digits and the two full stops of Chinese keyboards as people type them. */
const toAscii = (text: string): string =>
  text
    .trim()
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\u3002\uff0e]/g, ".");

/** Reads an amount as a person types it: `36` is ¥36.00, never implied cents; signs, commas and letters are refused. */
export const parseAmount = (text: string, currency: Currency): Result<Money, AmountFault> => {
  const typed = toAscii(text);
  if (typed === "") return fail({ kind: "amount_empty" });
  const match = /^(\d{1,16})(?:\.(\d*))?$/.exec(typed);
  if (match === null)
    return fail({ kind: /^\d{17,}/.test(typed) ? "amount_too_large" : "amount_not_a_number" });
  const decimals = exponentOf(currency);
  const fraction = match[2] ?? "";
  if (fraction.length > decimals) return fail({ kind: "amount_too_many_decimals", decimals });
  const minor = BigInt((match[1] ?? "") + fraction.padEnd(decimals, "0"));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return fail({ kind: "amount_too_large" });
  return ok(money(Number(minor), currency));
};

/** The plain decimal text of an amount with all its decimals: `1234.50`, `-0.01`; for files, not for people. */
export const writeAmount = (amount: Money): string => {
  const decimals = exponentOf(amount.currency);
  const digits = String(Math.abs(amount.minor)).padStart(decimals + 1, "0");
  const sign = amount.minor < 0 ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
