import { confusableKey } from "../domain/codes/number-key.ts";

/** A number as the indexes hold it: confusable characters made one, read from its end, so that a tail is a prefix. */
export const reversedKey = (text: string): string =>
  confusableKey(text).split("").reverse().join("");

/** Index entries of some numbers; a stall's order number may be as short as `17`. */
export const endsOf = (numbers: readonly string[]): readonly string[] => [
  ...new Set(numbers.map(reversedKey).filter((key) => key !== "")),
];
