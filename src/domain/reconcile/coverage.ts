import type { StatementImport } from "../books.ts";
import { addDays, type BusinessDate } from "../instant.ts";
import { channelDay } from "../statements/channel-clock.ts";

/** Layouts that list every refund of their days; the fund bills and the one of successful payments do not. */
const listsRefunds = (format: string): boolean =>
  !format.endsWith("_fund") && !format.startsWith("wechat_success");

/** A file that agreed with its own totals; the day on which it was brought here was not over. */
const isWhole = ({ event, at }: StatementImport, day: BusinessDate): boolean =>
  event.declared !== undefined &&
  event.period !== undefined &&
  listsRefunds(event.format) &&
  event.period[0] <= day &&
  day <= event.period[1] &&
  day < channelDay(at);

/** Whether complete statements of an acquirer lie over every one of these days: what they do not show was not there. */
export const isCovered = (
  imports: readonly StatementImport[],
  acquirer: string,
  [from, to]: readonly [BusinessDate, BusinessDate],
): boolean => {
  const own = imports.filter(({ event }) => event.acquirer === acquirer);
  for (let day = from; day <= to; day = addDays(day, 1))
    if (!own.some((one) => isWhole(one, day))) return false;
  return own.length > 0;
};
