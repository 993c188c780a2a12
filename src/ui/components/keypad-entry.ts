import { exponentOf } from "../../domain/currency.ts";
import { compare, money, parseAmount, type Money } from "../../domain/money.ts";

/** Keys of the pad; ⌫ is `delete`. */
export type PadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "." | "delete";

/** What one key made of the typed text; a refused key changes nothing. */
export type Typed =
  | { readonly kind: "accepted"; readonly text: string }
  | { readonly kind: "refused"; readonly because: "over_limit" | "decimals" | "point" };

const accepted = (text: string): Typed => ({ kind: "accepted", text });

const withKey = (text: string, key: PadKey): string => {
  if (key === ".") return text === "" ? "0." : `${text}.`;
  return text === "0" ? key : text + key;
};

/** Adds one key to an amount as it is typed; never clamps, never implies cents (screens.md R2). */
export const typeKey = (text: string, key: PadKey, limit: Money): Typed => {
  if (key === "delete") return accepted(text.slice(0, -1));
  if (key === "." && (text.includes(".") || exponentOf(limit.currency) === 0))
    return { kind: "refused", because: "point" };
  const next = withKey(text, key);
  const parsed = parseAmount(next, limit.currency);
  if (!parsed.ok) {
    const tooFine = parsed.fault.kind === "amount_too_many_decimals";
    return { kind: "refused", because: tooFine ? "decimals" : "over_limit" };
  }
  if (compare(parsed.value, limit) > 0) return { kind: "refused", because: "over_limit" };
  return accepted(next);
};

/** The amount that stands typed; nothing typed is zero. */
export const typedMoney = (text: string, limit: Money): Money => {
  const parsed = parseAmount(text, limit.currency);
  return parsed.ok ? parsed.value : money(0, limit.currency);
};

const padKeys: Readonly<Record<string, PadKey>> = {
  Backspace: "delete",
  Delete: "delete",
  ".": ".",
  ",": ".",
  "。": ".",
};

/** The pad's key for a key of a keyboard. */
export const padKeyOf = (key: string): PadKey | undefined =>
  /^[0-9]$/.test(key) ? (key as PadKey) : padKeys[key];
