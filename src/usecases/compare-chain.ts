import type { DeviceId, Hash } from "../domain/ids.ts";
import { hashesAt, lastKnown } from "../storage/borne.ts";
import type { Database } from "../storage/database.ts";

/** A record that something outside a chain's device names. */
export type Named = { readonly device: DeviceId; readonly seq: number; readonly head: Hash };

/** How a named record stands to all that is known of its chain here; `last` is the furthest known, -1 for nothing. */
export type ChainStanding = {
  /**
   * `ahead`: further than anything known. `same`: the very record known there. `behind`: before the last known one, and
   * not known itself. `forked`: another record is known at its number.
   */
  readonly kind: "ahead" | "same" | "behind" | "forked";
  readonly last: number;
};

const kindOf = (
  { seq, head }: Named,
  known: ReadonlySet<Hash>,
  last: number,
): ChainStanding["kind"] => {
  if (known.size === 1 && known.has(head)) return "same";
  if (known.size > 0) return "forked";
  return seq > last ? "ahead" : "behind";
};

/** Compares a named record with the records and sightings of that chain here. */
export const compareChain = async (db: Database, named: Named): Promise<ChainStanding> => {
  const last = await lastKnown(db, named.device);
  const known = await hashesAt(db, named.device, named.seq);
  return { kind: kindOf(named, known, last), last };
};
