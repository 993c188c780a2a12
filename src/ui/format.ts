import type { BusinessDate, Instant } from "../domain/instant.ts";
import type { Money } from "../domain/money.ts";
import {
  currencySign,
  moneyParts,
  tailOf,
  writeClock,
  writeDay,
  writeDifference,
  writeFullTime,
  writeGroups,
  writeMoney,
  writeNumber,
  writePercent,
  writeTime,
  type Locale,
  type MoneyPart,
} from "../i18n/format.ts";
import { language } from "./language.ts";
import { useShell } from "./shell-context.tsx";

/** The writers of i18n/format.ts for the language on screen and the shop's money and days. */
export type Format = {
  readonly money: (amount: Money) => string;
  readonly moneyParts: (amount: Money) => readonly MoneyPart[];
  readonly difference: (amount: Money) => string;
  readonly sign: () => string;
  readonly time: (instant: Instant) => string;
  readonly fullTime: (instant: Instant) => string;
  readonly clock: (instant: Instant) => string;
  /** Until when on a day; its end is 24:00 and never 00:00. */
  readonly deadline: (instant: Instant) => string;
  readonly day: (date: BusinessDate) => string;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly groups: (number: string) => string;
  readonly tail: (number: string) => string;
};

/** Call while rendering: it follows the language and the shop. */
export const useFormat = (): Format => {
  const { shop, now } = useShell();
  const tag = language.value;
  const locale: Locale = { language: tag, currency: shop.currency, calendar: shop.calendar };
  return {
    money: (amount) => writeMoney(amount, locale),
    moneyParts: (amount) => moneyParts(amount, locale),
    difference: (amount) => writeDifference(amount, locale),
    sign: () => currencySign(shop.currency, locale),
    time: (instant) => writeTime(instant, now(), locale),
    fullTime: (instant) => writeFullTime(instant, locale),
    clock: (instant) => writeClock(instant, locale),
    deadline: (instant) => writeClock(instant, locale).replace(/^00:00$/, "24:00"),
    day: (date) => writeDay(date, now(), locale),
    number: (value) => writeNumber(value, tag),
    percent: (share) => writePercent(share, tag),
    groups: writeGroups,
    tail: tailOf,
  };
};
