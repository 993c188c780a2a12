import type { Brand } from "./brand.ts";
import { fail, ok, type Result } from "./result.ts";

/** `[0-9A-Z]{16,28}`: device prefix, counter, ISO/IEC 7064 MOD 37,36 check character (refundlog.md §4.1). */
export type RefundNumber = Brand<string, "RefundNumber">;

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const counterDigits = 9;

/** ISO/IEC 7064 MOD 37,36 check character of an upper-case alphanumeric text. */
export const checkCharacter = (text: string): string => {
  let p = 36;
  for (const character of text) {
    p = (p + alphabet.indexOf(character)) % 36 || 36;
    p = (p * 2) % 37;
  }
  return alphabet[(37 - p) % 36] ?? "";
};

/** The number of the n-th refund of a device; undefined when its check character would be one of I L O U. */
const numberAt = (prefix: string, counter: number): RefundNumber | undefined => {
  const body = prefix + String(counter).padStart(counterDigits, "0");
  const check = checkCharacter(body);
  return "ILOU".includes(check) ? undefined : ((body + check) as RefundNumber);
};

/** The next refund number after a counter, and the counter it used up; values that need I, L, O or U are skipped. */
export const nextRefundNumber = (
  prefix: string,
  lastCounter: number,
): { number: RefundNumber; counter: number } => {
  for (let counter = lastCounter + 1; ; counter++) {
    const number = numberAt(prefix, counter);
    if (number !== undefined) return { number, counter };
  }
};

/** Reads a refund number of any device; the check character must fit. */
export const parseRefundNumber = (
  text: string,
): Result<RefundNumber, { readonly kind: "bad_refund_number" }> =>
  /^[0-9A-Z]{16,28}$/.test(text) && checkCharacter(text.slice(0, -1)) === text.at(-1)
    ? ok(text as RefundNumber)
    : fail({ kind: "bad_refund_number" });

/** Six characters from random bytes, first a letter so that no spreadsheet and no payment-code rule takes it for a number. */
export const newPrefix = (random: Uint8Array): string => {
  const letters = "ABCDEFGHJKMNPQRSTVWXYZ";
  const all = `0123456789${letters}`;
  return Array.from(random.slice(0, 6), (byte, index) => {
    const from = index === 0 ? letters : all;
    return from[byte % from.length];
  }).join("");
};

/** The counter inside a number that this app made. */
export const counterOf = (number: RefundNumber): number =>
  Number(number.slice(-1 - counterDigits, -1));
