import type { Brand } from "./brand.ts";
import { fail, ok, type Result } from "./result.ts";

/** A point in time to the second, RFC 3339 in UTC: `2026-11-22T06:02:00Z`. Sorts as text. */
export type Instant = Brand<string, "Instant">;

/** A day of the stall, `2026-11-22`, in its zone and after its cut-off. Sorts as text. */
export type BusinessDate = Brand<string, "BusinessDate">;

/** IANA zone that this browser knows. */
export type Zone = Brand<string, "Zone">;

/** How the stall counts its days: its zone and the minutes after midnight at which a new day begins. */
export type Calendar = { readonly zone: Zone; readonly cutoffMinutes: number };

export type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formatters.set(zone, made);
  return made;
};

/** The zone of that name, or undefined when this browser does not know it. */
export const findZone = (name: string): Zone | undefined => {
  try {
    formatterOf(name);
    return name as Zone;
  } catch {
    return undefined;
  }
};

/** Two clocks that are set right may be so far apart (refundlog.md §14). */
export const clockSeconds = 300;

/** Nothing that a till is told happened before; a year typed as `26` is a slip of the finger. */
export const firstInstant = "2000-01-01T00:00:00Z" as Instant;

export const instantFromSeconds = (seconds: number): Instant =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` as Instant;

/** Cuts milliseconds off; `Date.now()` is the caller's. */
export const instantFromMs = (ms: number): Instant => instantFromSeconds(Math.floor(ms / 1000));

export const secondsOf = (instant: Instant): number =>
  Math.floor(new Date(instant).getTime() / 1000);

export const addSeconds = (instant: Instant, seconds: number): Instant =>
  instantFromSeconds(secondsOf(instant) + seconds);

/** An instant has four digits of year. */
const endOfYears = Date.UTC(10_000, 0, 1);

/** Reads RFC 3339 with `Z` or an offset; the date must exist in the calendar, hours end at 23, years at 9999. */
export const parseInstant = (text: string): Result<Instant, { readonly kind: "bad_time" }> => {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(?!24)(\d{2}):(\d{2}):(\d{2})(Z|[+-]\d{2}:\d{2})$/.exec(
    text,
  );
  if (match === null) return fail({ kind: "bad_time" });
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  if (!isCalendarDate(year, month, day)) return fail({ kind: "bad_time" });
  const ms = new Date(text).getTime();
  return ms < endOfYears ? ok(instantFromMs(ms)) : fail({ kind: "bad_time" });
};

/** Whether a day exists in the Gregorian calendar. */
export const isCalendarDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
};

/** What a clock on the wall of the stall shows. */
export const wallClock = (instant: Instant, zone: Zone): WallClock => {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(new Date(instant))
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (name: string): number => parts[name] ?? 0;
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
};

const utcMs = (at: WallClock): number =>
  Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second);

const offsetMs = (ms: number, zone: Zone): number => {
  const instant = instantFromMs(ms);
  return utcMs(wallClock(instant, zone)) - secondsOf(instant) * 1000;
};

/** The instant at which the stall's clock shows this; in a gap the time after it, in a fold the first of the two. */
export const instantAt = (at: WallClock, zone: Zone): Instant => {
  const wanted = utcMs(at);
  const day = 86_400_000;
  const offsets = [offsetMs(wanted - day, zone), offsetMs(wanted + day, zone)];
  const fitting = offsets
    .map((offset) => wanted - offset)
    .filter((ms) => ms + offsetMs(ms, zone) === wanted);
  return instantFromMs(fitting.length > 0 ? Math.min(...fitting) : wanted - (offsets[0] ?? 0));
};

const two = (value: number): string => String(value).padStart(2, "0");

const dateText = (ms: number): BusinessDate =>
  new Date(ms).toISOString().slice(0, 10) as BusinessDate;

/** Reads `2026-11-22`; the day must exist. */
export const parseBusinessDate = (
  text: string,
): Result<BusinessDate, { readonly kind: "bad_date" }> => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null || !isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3])))
    return fail({ kind: "bad_date" });
  return ok(text as BusinessDate);
};

/**
 * The stall's day that an instant belongs to: the last one that has begun. A change of clocks may show the cut-off
 * twice or never; therefore the first instants of the days decide, and no instant has two days or none.
 */
export const businessDate = (instant: Instant, calendar: Calendar): BusinessDate => {
  const shown = dateIn(instant, calendar);
  const next = addDays(shown, 1);
  if (startOfDay(next, calendar) <= instant) return next;
  const days = [shown, addDays(shown, -1)] as const;
  return days.find((day) => startOfDay(day, calendar) <= instant) ?? addDays(shown, -2);
};

/** The day of the week of a wall clock, Monday 0 to Sunday 6. */
export const weekdayOf = ({
  year,
  month,
  day,
}: Pick<WallClock, "year" | "month" | "day">): number =>
  (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

/** The calendar day that a wall clock shows. */
export const dateOf = ({ year, month, day }: WallClock): BusinessDate =>
  dateText(Date.UTC(year, month - 1, day));

/** The calendar day on which an instant falls in a zone, whatever the cut-off. */
export const dateIn = (instant: Instant, { zone }: Pick<Calendar, "zone">): BusinessDate =>
  dateOf(wallClock(instant, zone));

export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  dateText(new Date(`${date}T00:00:00Z`).getTime() + days * 86_400_000);

/** First instant of a business day. */
export const startOfDay = (date: BusinessDate, calendar: Calendar): Instant => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const { cutoffMinutes } = calendar;
  return instantAt(
    {
      year,
      month,
      day,
      hour: Math.floor(cutoffMinutes / 60),
      minute: cutoffMinutes % 60,
      second: 0,
    },
    calendar.zone,
  );
};

/** RFC 3339 with the zone's offset, `2026-01-05T11:02:09+08:00`, as records write times of the channel. */
export const writeWithOffset = (instant: Instant, zone: Zone): string => {
  const at = wallClock(instant, zone);
  const offset = Math.round((utcMs(at) - secondsOf(instant) * 1000) / 60_000);
  const size = Math.abs(offset);
  const date = `${String(at.year).padStart(4, "0")}-${two(at.month)}-${two(at.day)}`;
  const time = `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
  return `${date}T${time}${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** Reads the wall-clock text of a channel's file, `2026-11-22 14:02:00`, with one or more spaces or full-width colons. */
export const parseWallClock = (
  text: string,
  zone: Zone,
): Result<Instant, { readonly kind: "bad_time" }> => {
  const match = /^(\d{4})-(\d{2})-(\d{2})\s+(\d{2})[:：](\d{2})(?:[:：](\d{2}))?$/.exec(
    text.trim(),
  );
  if (match === null) return fail({ kind: "bad_time" });
  const [year, month, day, hour, minute, second] = match
    .slice(1)
    .map((part) => Number(part || 0)) as [number, number, number, number, number, number];
  const valid = isCalendarDate(year, month, day) && hour < 24 && minute < 60 && second < 60;
  return valid
    ? ok(instantAt({ year, month, day, hour, minute, second }, zone))
    : fail({ kind: "bad_time" });
};
