import { CNY, exponentOf, type Currency } from "../domain/currency.ts";
import {
  businessDate,
  wallClock,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../domain/instant.ts";
import { writeAmount, type Money } from "../domain/money.ts";
import type { LanguageTag } from "./index.ts";

/** What a written number or time depends on: the reader's language, the shop's money and days. */
export type Locale = {
  readonly language: LanguageTag;
  readonly currency: Currency;
  readonly calendar: Calendar;
};

const numberFormats = new Map<string, Intl.NumberFormat>();

/** The language whose sign tells a foreign currency apart: JP¥ and US$ in Chinese, CN¥ in English. */
const foreignLanguage = (currency: Currency): LanguageTag => (currency === CNY ? "en" : "zh-CN");

const moneyFormat = (currency: Currency, locale: Locale): Intl.NumberFormat => {
  const own = currency === locale.currency;
  const name = `${locale.language} ${currency} ${own}`;
  const known = numberFormats.get(name);
  if (known !== undefined) return known;
  const decimals = exponentOf(currency);
  const made = new Intl.NumberFormat(own ? locale.language : foreignLanguage(currency), {
    style: "currency",
    currency,
    currencyDisplay: own ? "narrowSymbol" : "symbol",
    numberingSystem: "latn",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  numberFormats.set(name, made);
  return made;
};

/** One piece of a written amount; the sign of the currency is drawn smaller than its figures. */
export type MoneyPart = { readonly kind: "currency" | "figure"; readonly text: string };

/** The pieces of an amount, in the order of the language. */
export const moneyParts = (amount: Money, locale: Locale): readonly MoneyPart[] => {
  const value = Number(writeAmount(amount));
  return moneyFormat(amount.currency, locale)
    .formatToParts(value)
    .map((part) => ({
      kind: part.type === "currency" ? "currency" : "figure",
      text: part.type === "minusSign" ? "−" : part.value,
    }));
};

/** `¥1,234.50` in the shop's own currency, `HK$18.00` in another (screens.md §6). */
export const writeMoney = (amount: Money, locale: Locale): string =>
  moneyParts(amount, locale)
    .map((part) => part.text)
    .join("");

/** A difference always shows its sign, with U+2212: `−¥3.00`, `+¥3.00`; nothing before zero. */
export const writeDifference = (amount: Money, locale: Locale): string =>
  (amount.minor > 0 ? "+" : "") + writeMoney(amount, locale);

/** The sign of the shop's currency alone, for a field in which only figures are typed. */
export const currencySign = (currency: Currency, locale: Locale): string =>
  moneyFormat(currency, locale)
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value ?? currency;

const two = (value: number): string => String(value).padStart(2, "0");

const englishMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const dayAndMonth = (month: number, day: number, language: LanguageTag): string =>
  language === "zh-CN" ? `${month}月${day}日` : `${day} ${englishMonths[month - 1] ?? ""}`;

const clock = (instant: Instant, calendar: Calendar): string => {
  const at = wallClock(instant, calendar.zone);
  return `${two(at.hour)}:${two(at.minute)}`;
};

/** `14:02` on the wall of the stall. */
export const writeClock = (instant: Instant, locale: Locale): string =>
  clock(instant, locale.calendar);

/** `2026-11-22 14:02`, as on files and slips. */
export const writeFullTime = (instant: Instant, locale: Locale): string => {
  const at = wallClock(instant, locale.calendar.zone);
  return `${at.year}-${two(at.month)}-${two(at.day)} ${clock(instant, locale.calendar)}`;
};

/** `今天 14:02`, `11月22日 14:02` this year, else in full; today is the stall's business day. */
export const writeTime = (instant: Instant, now: Instant, locale: Locale): string => {
  const { calendar, language } = locale;
  const today = businessDate(instant, calendar) === businessDate(now, calendar);
  if (today) return `${language === "zh-CN" ? "今天" : "Today"} ${clock(instant, calendar)}`;
  const at = wallClock(instant, calendar.zone);
  if (at.year !== wallClock(now, calendar.zone).year) return writeFullTime(instant, locale);
  const day = dayAndMonth(at.month, at.day, language);
  return `${day}${language === "zh-CN" ? " " : ", "}${clock(instant, calendar)}`;
};

/** `今天 11月22日`, `11月21日`, `2025-11-22`: the head of a day in a list. */
export const writeDay = (date: BusinessDate, now: Instant, locale: Locale): string => {
  const today = businessDate(now, locale.calendar);
  if (date.slice(0, 4) !== today.slice(0, 4)) return date;
  const day = dayAndMonth(Number(date.slice(5, 7)), Number(date.slice(8)), locale.language);
  if (date !== today) return day;
  return locale.language === "zh-CN" ? `今天 ${day}` : `Today, ${day}`;
};

/** `32,000` */
export const writeNumber = (value: number, language: LanguageTag): string =>
  new Intl.NumberFormat(language, { numberingSystem: "latn" }).format(value);

/** A share of one as a percentage with at most one decimal: `2.4%`. */
export const writePercent = (share: number, language: LanguageTag): string =>
  new Intl.NumberFormat(language, {
    style: "percent",
    maximumFractionDigits: 1,
    numberingSystem: "latn",
  }).format(share);

/** A long number in groups of four for eyes; copies take the ungrouped one. */
export const writeGroups = (number: string): string => number.replace(/(.{4})(?=.)/gu, "$1 ");

/** The last four characters that people compare. */
export const tailOf = (number: string): string => number.slice(-4);
