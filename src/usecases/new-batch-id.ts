import type { BatchId } from "../domain/ids.ts";
import { instantFromMs, wallClock } from "../domain/instant.ts";
import { getBatch, shopAndDevice } from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * Prefix, time and kind: W for the wallet's file, L for a list, H for one typed by hand. A clock that stands still or
 * goes back never gives a number twice.
 */
export const newBatchId = async (deps: Deps, kind: "W" | "L" | "H"): Promise<BatchId> => {
  const { db } = deps.journal;
  const { device } = await shopAndDevice(db, deps.device);
  const at = wallClock(instantFromMs(deps.now()), deps.calendar.zone);
  const stamp = [at.month, at.day, at.hour, at.minute, at.second].map(two).join("");
  const name = `${device.prefix}${at.year}${stamp}${kind}`;
  for (let times = 1; ; times++) {
    const id = (times === 1 ? name : `${name}${times}`) as BatchId;
    if ((await getBatch(db, id)) === undefined) return id;
  }
};
