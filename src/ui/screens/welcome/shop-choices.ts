import { offeredCurrencies, type Currency } from "../../../domain/currency.ts";
import { findZone, type Zone } from "../../../domain/instant.ts";

type Named<Value extends string> = { readonly value: Value; readonly label: string };

/** `人民币 CNY`. */
export const currencyName = (currency: Currency, language: string): string => {
  const name = new Intl.DisplayNames([language], { type: "currency" }).of(currency);
  return `${name ?? ""} ${currency}`.trim();
};

/** The currencies of first run. */
export const currencyChoices = (language: string): readonly Named<Currency>[] =>
  offeredCurrencies.map((currency) => ({
    value: currency,
    label: currencyName(currency, language),
  }));

const likelyZones: readonly string[] = [
  "Asia/Shanghai",
  "Asia/Hong_Kong",
  "Asia/Macau",
  "Asia/Taipei",
  "Asia/Urumqi",
  "Asia/Singapore",
  "Asia/Kuala_Lumpur",
  "Asia/Bangkok",
  "Asia/Tokyo",
];

const allZones = (): readonly string[] =>
  (Intl as Partial<typeof Intl>).supportedValuesOf?.("timeZone") ?? [];

/** The zone this device is set to. */
export const deviceZone = (): Zone | undefined =>
  findZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);

const longName = (zone: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "long" })
    .formatToParts()
    .find((part) => part.type === "timeZoneName")?.value ?? zone;

/** `中国标准时间 · Asia/Shanghai`. */
export const zoneName = (zone: string, language: string): string =>
  `${longName(zone, language)} · ${zone}`;

const isKnown = (zone: string): boolean => findZone(zone) !== undefined;

/** The device's zone first, then the likely ones with their names, then every other by its id. */
export const zoneChoices = (language: string): readonly Named<string>[] => {
  const own = deviceZone();
  const first = [...new Set([...(own === undefined ? [] : [own]), ...likelyZones])].filter(isKnown);
  const rest = allZones().filter((zone) => !first.includes(zone));
  const named = first.map((zone) => ({
    value: zone,
    label: zoneName(zone, language),
  }));
  return [...named, ...rest.map((zone) => ({ value: zone, label: zone }))];
};
