import type { DeviceId } from "../domain/ids.ts";
import { appendLeaf, emptyEdge, leafHash, type TreeEdge } from "../ledger/merkle.ts";
import type { Database } from "./database.ts";
import { findHandedOut } from "./handed-out.ts";
import { recordsFrom } from "./queries.ts";

/** Where to begin: the edge that the last file left with, if it lies before. */
const startOf = async (db: Database, device: DeviceId, seq: number): Promise<TreeEdge> => {
  const out = await findHandedOut(db);
  if (out === undefined || out.edge.size > seq + 1) return emptyEdge;
  const holds = (await db.records.get([device, out.seq]))?.hash === out.hash;
  return holds ? out.edge : emptyEdge;
};

/** The edge of a chain's tree when this was its last record; undefined where records are missing. */
export const edgeAt = async (
  db: Database,
  device: DeviceId,
  seq: number,
): Promise<TreeEdge | undefined> => {
  let edge = await startOf(db, device, seq);
  if (edge.size === seq + 1) return edge;
  for await (const records of recordsFrom(db, device, edge.size, seq))
    for (const { jwt, seq: at } of records) {
      if (at !== edge.size) return undefined;
      edge = appendLeaf(edge, leafHash(jwt));
    }
  return edge.size === seq + 1 ? edge : undefined;
};
