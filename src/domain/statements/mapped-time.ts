import type { Instant } from "../instant.ts";
import { newChannelClock } from "./channel-clock.ts";

const dayPattern = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?=$|\D|\d{6}$)/;
const clockPattern = /^(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2}))?(?:\.\d+)?$/;

const two = (digits: string): string => digits.padStart(2, "0");

const clockOf = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => two(String(Math.floor(part))))
    .join(":");

/** `9:05`, `090500`, and the part of a day that a sheet has for it; a lost nought in front comes back. */
const readClock = (text: string): string | undefined => {
  const match = clockPattern.exec(text);
  if (match !== null) {
    const [, hour = "", minute = "", second = "0"] = match;
    return [hour, minute, second].map(two).join(":");
  }
  if (/^\d{5,6}$/.test(text)) return text.padStart(6, "0").replace(/(\d\d)(\d\d)/, "$1:$2:");
  return /^0?\.\d+$/.test(text) ? clockOf(Math.round(Number(text) * 86_400)) : undefined;
};

/** A moment of Shanghai's clock with the day it stands in. */
export type MappedTime = { readonly at: Instant; readonly day: string };

/** Reads the ways in which portals write times, in one cell or in two; a day without a time begins at midnight. */
export const newMappedClock = (): ((
  dayCell: string,
  clockCell: string,
) => MappedTime | undefined) => {
  const clock = newChannelClock();
  return (dayCell, clockCell) => {
    const match = dayPattern.exec(dayCell);
    if (match === null) return undefined;
    const [whole, year, month, date, shortMonth, shortDate] = match;
    const day = `${year}-${two(month ?? shortMonth ?? "")}-${two(date ?? shortDate ?? "")}`;
    const rest = dayCell.slice(whole.length).replace(/^[T\s]+/, "");
    const time = readClock(clockCell || rest || "0:00");
    const at = time === undefined ? undefined : clock(`${day} ${time}`);
    return at === undefined ? undefined : { at, day };
  };
};
