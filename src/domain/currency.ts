import type { Brand } from "./brand.ts";

/** ISO 4217 code that this app knows the decimals of. */
export type Currency = Brand<string, "Currency">;

/** ISO 4217 minor-unit exponents other than 2 (payments-cn.md §8). */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const twoDecimals =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG".split(
    " ",
  );

const known: ReadonlySet<string> = new Set([...twoDecimals, ...Object.keys(exponents)]);

/** The currency named by an ISO 4217 code, or undefined when its decimals are not known here. */
export const findCurrency = (code: string): Currency | undefined =>
  known.has(code) ? (code as Currency) : undefined;

/** Number of decimals of a currency: 0 for JPY, 2 for CNY, 3 for KWD. */
export const exponentOf = (currency: Currency): number => exponents[currency] ?? 2;

export const CNY = "CNY" as Currency;

/** The currencies offered at set-up, the likeliest first. */
export const offeredCurrencies: readonly Currency[] = [
  "CNY",
  "HKD",
  "MOP",
  "TWD",
  "SGD",
  "MYR",
  "THB",
  "JPY",
  "USD",
  "EUR",
] as Currency[];
