import { confusableKey } from "../domain/codes/number-key.ts";
import type { Numbers } from "../domain/journal-event.ts";

/** A number as the indexes hold it: confusable characters made one, read from its end, so that a tail is a prefix. */
export const reversedKey = (text: string): string =>
  confusableKey(text).split("").reverse().join("");

/** Index entries of some numbers; shorter ones than a tail name nothing. */
export const endsOf = (numbers: readonly string[]): readonly string[] => [
  ...new Set(numbers.map(reversedKey).filter((key) => key.length >= 4)),
];

/** Numbers that name one payment; batch and voucher numbers begin again every day. */
const naming: ReadonlySet<string> = new Set(["transaction_id", "out_trade_no", "ref_no"]);

export const namingNumbers = (numbers: Numbers): readonly string[] =>
  Object.entries(numbers)
    .filter(([name]) => naming.has(name))
    .map(([, number]) => number);
