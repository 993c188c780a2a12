import { describe, expect, it } from "vitest";
import { exponentOf, findCurrency, offeredCurrencies } from "../../src/domain/currency.ts";

/** ISO 4217 list one, active codes with a minor unit, as published; funds and metals left out. */
const none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const two =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const three = "BHD IQD JOD KWD LYD OMR TND";
const four = "CLF UYW";

const table = [none, two, three, four].flatMap((codes, group) =>
  codes.split(" ").map((code) => [code, [0, 2, 3, 4][group] ?? -1] as const),
);

describe("exponentOf", () => {
  it.each(table)("F44 %s has %i decimals", (code, decimals) => {
    const currency = findCurrency(code);
    expect(currency === undefined ? undefined : exponentOf(currency)).toBe(decimals);
  });
});

describe("findCurrency", () => {
  it.each(["", "cny", "RMB", "XXX", "constructor", "CNY ", "__proto__"])(
    "X47 does not know %j, so no amount can be written in it",
    (code) => {
      expect(findCurrency(code)).toBeUndefined();
    },
  );

  it("knows every currency it offers", () => {
    for (const currency of offeredCurrencies) expect(findCurrency(currency)).toBe(currency);
  });
});
