import { instantFromMs, wallClock } from "../domain/instant.ts";
import type { Deps } from "./deps.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** `refund-desk_<what>_<yyyyMMdd-HHmmss>.<ext>` by the shop's clock: ASCII, no personal data (platform.md §4). */
export const fileName = (
  deps: Pick<Deps, "calendar" | "now" | "training">,
  what: string,
  extension: string,
): string => {
  const at = wallClock(instantFromMs(deps.now()), deps.calendar.zone);
  const day = `${at.year}${two(at.month)}${two(at.day)}`;
  const time = `${two(at.hour)}${two(at.minute)}${two(at.second)}`;
  return `refund-desk${deps.training ? "-PRACTICE" : ""}_${what}_${day}-${time}.${extension}`;
};
