import { isCalendarDate } from "./instant.ts";

export type PinFault = { readonly kind: "pin_length" } | { readonly kind: "pin_weak" };

const steps = (pin: string): readonly number[] =>
  Array.from(pin)
    .slice(1)
    .map((digit, index) => Number(digit) - Number(pin[index]));

const isRun = (pin: string): boolean => {
  const all = steps(pin);
  return all.every((step) => step === all[0] && Math.abs(step) <= 1);
};

const isRepeated = (pin: string): boolean => /^(\d{1,3})\1+$/.test(pin);

/** 6 digits that are a day of this or the last century, in any usual order. */
const isDay = (pin: string): boolean => {
  const [a, b, c] = [
    Number(pin.slice(0, 2)),
    Number(pin.slice(2, 4)),
    Number(pin.slice(4, 6)),
  ] as const;
  const year = Number(pin.slice(0, 4));
  const yearMonth = year >= 1940 && year <= 2039 && c >= 1 && c <= 12;
  return (
    yearMonth ||
    isCalendarDate(2000 + a, b, c) ||
    isCalendarDate(2000 + c, b, a) ||
    isCalendarDate(2000 + c, a, b)
  );
};

const common: ReadonlySet<string> = new Set(
  "112233 121314 123321 147258 159357 147852 456852 456789 520131 521521 666888 888666 789456 789654 101010 131420 159753 258369 369258 963852 741852 852963 110110 119119 123654 654123 520520 200520".split(
    " ",
  ),
);

/** 6 to 12 digits that are no run, no repetition, no date and not among the usual ones (reliability.md X2). */
export const checkPin = (pin: string): PinFault | undefined => {
  if (!/^\d{6,12}$/.test(pin)) return { kind: "pin_length" };
  const weak = isRun(pin) || isRepeated(pin) || common.has(pin) || (pin.length === 6 && isDay(pin));
  return weak ? { kind: "pin_weak" } : undefined;
};
