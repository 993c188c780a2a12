import type { Witnessed } from "../domain/books.ts";
import type { DeviceId, Hash } from "../domain/ids.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";
import { findRecord } from "./queries.ts";

/** The furthest that anybody in these journals has seen of a chain. */
export const furthestWitnessed = async (
  db: Database,
  device: DeviceId,
): Promise<Witnessed | undefined> =>
  db.witnessed.where("[device+seq]").between([device, lowest], [device, highest]).last();

/** Every hash that stands for one record of a chain: in its own records, and in what others saw. */
export const hashesAt = async (
  db: Database,
  device: DeviceId,
  seq: number,
): Promise<ReadonlySet<Hash>> => {
  const seen = await db.witnessed.where("[device+seq]").equals([device, seq]).toArray();
  const record = await findRecord(db, { device, seq });
  return new Set([...seen.map(({ head }) => head), ...(record === undefined ? [] : [record.hash])]);
};

/** The number of the last record of a chain that these journals know of; -1 for none. */
export const lastKnown = async (db: Database, device: DeviceId): Promise<number> => {
  const seen = await furthestWitnessed(db, device);
  const held = await db.heads.get(device);
  return Math.max(seen?.seq ?? -1, held?.seq ?? -1);
};
