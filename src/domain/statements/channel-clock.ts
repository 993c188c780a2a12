import {
  addDays,
  businessDate,
  findZone,
  parseWallClock,
  startOfDay,
  type BusinessDate,
  type Instant,
} from "../instant.ts";

const zone = findZone("Asia/Shanghai");

/** The day a channel's files put this moment into; without the zone in this browser, that of UTC. */
export const channelDay = (at: Instant): BusinessDate =>
  zone === undefined
    ? (at.slice(0, 10) as BusinessDate)
    : businessDate(at, { zone, cutoffMinutes: 0 });

/** When the channels' next day begins. */
export const nextChannelDay = (at: Instant): Instant => {
  const date = addDays(channelDay(at), 1);
  return zone === undefined
    ? (`${date}T00:00:00Z` as Instant)
    : startOfDay(date, { zone, cutoffMinutes: 0 });
};

const hourOf = (text: string): string | undefined => {
  const read = zone === undefined ? undefined : parseWallClock(`${text}:00:00`, zone);
  return read?.ok === true ? read.value.slice(0, 13) : undefined;
};

/** How long `2026-11-27 09` is, and what stands behind it in nearly every time of a file. */
const hourLength = 13;
const minuteAndSecond = /^:[0-5]\d:[0-5]\d$/;

/**
 * Reads the channels' times, which are Shanghai's. The hour of each time is looked up once and remembered:
 * the zone has only ever moved by whole hours, and Intl is a thousand times slower than a map.
 */
export const newChannelClock = (): ((text: string) => Instant | undefined) => {
  const hours = new Map<string, string | undefined>();
  return (text) => {
    const known = hours.get(text.slice(0, hourLength));
    const rest = text.slice(hourLength);
    if (known !== undefined && minuteAndSecond.test(rest)) return `${known}${rest}Z` as Instant;
    const match = /^(\d{4}-\d\d-\d\d)\s+(\d\d)[:：]([0-5]\d)[:：]([0-5]\d)$/.exec(text);
    if (match === null) return undefined;
    const [, day = "", hour = "", minute = "", second = ""] = match;
    const local = `${day} ${hour}`;
    if (!hours.has(local)) hours.set(local, hourOf(local));
    const utc = hours.get(local);
    return utc === undefined ? undefined : (`${utc}:${minute}:${second}Z` as Instant);
  };
};
