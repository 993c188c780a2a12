import { dateAt } from "./number-date.ts";
import type { CodeReason, NumberCode, NumberKind } from "./scanned-code.ts";

/** How one kind of number is recognised: a linear pattern and, where it holds a day, the places it may stand at. */
export type NumberRule = {
  readonly kind: NumberKind;
  readonly pattern: RegExp;
  readonly reasons: readonly CodeReason[];
  readonly date?: { readonly at: readonly number[]; readonly length: 6 | 8 };
  readonly fits?: (text: string) => boolean;
  readonly sourcePrefix?: true;
};

/** The candidate that a rule makes of a text; a day that does not exist is no match. */
export const applyRule = (rule: NumberRule, text: string): NumberCode | undefined => {
  if (!rule.pattern.test(text) || rule.fits?.(text) === false) return undefined;
  const code: NumberCode = {
    kind: rule.kind,
    text,
    reasons: rule.reasons,
    ...(rule.sourcePrefix && { sourcePrefix: text.slice(0, 4) }),
  };
  if (rule.date === undefined) return code;
  const { at, length } = rule.date;
  const date = at.map((start) => dateAt(text, start, length)).find((day) => day !== undefined);
  return date === undefined ? undefined : { ...code, reasons: [...rule.reasons, "date"], date };
};
