import type { Random } from "../ledger/record.ts";
import type { Database } from "./database.ts";
import { writing } from "./writing.ts";

const rounds = 12;
const rows = 64;
const rowSize = 4096;

/**
 * Fills the log of LevelDB with about 3 MB of noise and throws it away, so that a torn tail of the last session
 * cannot take everything along (google/leveldb#1287, rel-S20). Before the first write of a session.
 */
export const rollLog = async (db: Database, random: Random): Promise<void> => {
  for (let round = 0; round < rounds; round++) {
    const noise = Array.from({ length: rows }, (_, id) => ({
      id,
      bytes: new Uint8Array(random(rowSize)).buffer,
    }));
    await writing(db, [db.scratch], () => db.scratch.bulkPut(noise));
  }
  await writing(db, [db.scratch], () => db.scratch.clear());
};
