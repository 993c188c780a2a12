import type { AcquirerProfile } from "../acquirers/profile.ts";
import {
  addDays,
  addSeconds,
  dateIn,
  startOfDay,
  type BusinessDate,
  type Calendar,
  type Instant,
} from "../instant.ts";

type Hours = AcquirerProfile["refundHours"];

type Zoned = Pick<Calendar, "zone">;

const minuteOf = (date: BusinessDate, minutes: number, { zone }: Zoned): Instant =>
  startOfDay(date, { zone, cutoffMinutes: minutes });

/** The first moment from then on at which the acquirer takes refunds. */
export const nextOpen = (at: Instant, hours: Hours, zoned: Zoned): Instant => {
  if (hours === undefined) return at;
  const day = dateIn(at, zoned);
  const [opens, closes] = hours;
  const open = minuteOf(day, opens, zoned);
  if (at < open) return open;
  return at < minuteOf(day, closes, zoned) ? at : minuteOf(addDays(day, 1), opens, zoned);
};

/** The last second until then in which the acquirer takes refunds. */
export const lastOpen = (until: Instant, hours: Hours, zoned: Zoned): Instant => {
  if (hours === undefined) return until;
  const day = dateIn(until, zoned);
  const [opens, closes] = hours;
  if (until < minuteOf(day, opens, zoned))
    return addSeconds(minuteOf(addDays(day, -1), closes, zoned), -1);
  const close = minuteOf(day, closes, zoned);
  return until < close ? until : addSeconds(close, -1);
};
