import {
  instantFromSeconds,
  secondsOf,
  writeWithOffset,
  type Calendar,
  type Instant,
  type Zone,
} from "../../../src/domain/instant.ts";
import { at } from "../../support/a.ts";
import { zoneOf } from "./facts.ts";

/** Seconds of one offset: from the change of clocks that began it to the next. */
type Stretch = { readonly from: number; readonly until: number; readonly offset: number };

export type ZoneHistory = { readonly zone: Zone; readonly stretches: readonly Stretch[] };

const begin = secondsOf(at("2023-01-01T00:00:00Z"));
const end = secondsOf(at("2030-01-01T00:00:00Z"));
const step = 15 * 86_400;

/** Seconds ahead of UTC, read from the text that a record would say. */
const offsetAt = (second: number, zone: Zone): number => {
  const [, sign = "+", hours = "0", minutes = "0"] =
    /([+-])(\d\d):(\d\d)$/.exec(writeWithOffset(instantFromSeconds(second), zone)) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
};

/** The second at which the offset changes, between two seconds with different ones. */
const changeBetween = (from: number, to: number, zone: Zone): number => {
  let [before, after] = [from, to];
  const known = offsetAt(from, zone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, zone) === known) before = middle;
    else after = middle;
  }
  return after;
};

const historyOf = (zone: Zone): ZoneHistory => {
  const changes: number[] = [];
  for (let from = begin; from < end; from += step)
    if (offsetAt(from, zone) !== offsetAt(from + step, zone))
      changes.push(changeBetween(from, from + step, zone));
  const starts = [begin, ...changes];
  return {
    zone,
    stretches: starts.map((from, index) => ({
      from,
      until: starts[index + 1] ?? end,
      offset: offsetAt(from, zone),
    })),
  };
};

/** Every zone of this engine with its changes of clocks from 2023 to 2029. */
export const histories: readonly ZoneHistory[] = Intl.supportedValuesOf("timeZone")
  .map(zoneOf)
  .map(historyOf);

/** The changes of a zone's clocks in 2024 to 2028. */
export const changesOf = ({ stretches }: ZoneHistory): readonly number[] =>
  stretches
    .map(({ from }) => from)
    .filter(
      (from) =>
        from >= secondsOf(at("2024-01-01T00:00:00Z")) &&
        from < secondsOf(at("2029-01-01T00:00:00Z")),
    );

/** When clocks show so many seconds of local time: the first of two, and in a gap as much after it as before it. */
const secondAt = (local: number, { stretches }: ZoneHistory): number => {
  const shown = stretches.find(
    ({ from, until, offset }) => local - offset >= from && local - offset < until,
  );
  if (shown !== undefined) return local - shown.offset;
  const gap = stretches.findIndex(({ from, offset }) => local - offset < from) - 1;
  return local - (stretches[gap]?.offset ?? 0);
};

const localAt = (second: number, { stretches }: ZoneHistory): number =>
  second + (stretches.find(({ until }) => second < until)?.offset ?? 0);

const day = 86_400;

/** First second of the n-th day since 1970 of a stall. */
const dayStart = (number: number, history: ZoneHistory, cutoffMinutes: number): number =>
  secondAt(number * day + cutoffMinutes * 60, history);

/** The day since 1970 that a second belongs to: the last one that has begun. */
const dayOf = (second: number, history: ZoneHistory, cutoffMinutes: number): number => {
  let number = Math.floor(localAt(second, history) / day) + 1;
  while (dayStart(number, history, cutoffMinutes) > second) number -= 1;
  return number;
};

/** Last second of the shop's window, counted from the changes of clocks alone. */
export const shopEnd = (
  paidAt: Instant,
  days: number,
  at_: { readonly history: ZoneHistory; readonly calendar: Calendar },
): Instant => {
  const { history, calendar } = at_;
  const paid = dayOf(secondsOf(paidAt), history, calendar.cutoffMinutes);
  return instantFromSeconds(dayStart(paid + days + 1, history, calendar.cutoffMinutes) - 1);
};

/** Last second of the acquirer's window, counted the same way. */
export const channelEnd = (paidAt: Instant, days: number, history: ZoneHistory): Instant =>
  instantFromSeconds(secondAt(localAt(secondsOf(paidAt), history) + days * day, history));
