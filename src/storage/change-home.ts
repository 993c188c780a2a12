import type { DeviceId } from "../domain/ids.ts";
import type { Database } from "./database.ts";
import { enrolmentName, nextPlaceName, type NextPlace } from "./envelopes.ts";
import { handedOutName } from "./handed-out.ts";
import { putNote } from "./rebuild.ts";
import { writing } from "./writing.ts";

/** Whether nothing but `export` may follow in a chain. */
export const hasEnded = async (db: Database, device: DeviceId): Promise<boolean> =>
  (await db.heads.get(device))?.ended === true;

/**
 * Makes the chain of the new place this device's own, in one step: what was handed out of the old one no longer counts,
 * statements rest on the imports that the new chain repeats, and the next start makes the books anew for their new home.
 */
export const changeHome = async (
  db: Database,
  { device, certificate, root }: NextPlace,
): Promise<void> => {
  await writing(db, [db.envelopes, db.statementImports, db.imports], async () => {
    await db.envelopes.put({ name: enrolmentName, content: { device, certificate, root } });
    await db.envelopes.bulkDelete([nextPlaceName, handedOutName]);
    for (const one of await db.statementImports.toArray()) {
      const repeated = one.digest === undefined ? undefined : await db.imports.get(one.digest);
      if (repeated !== undefined)
        await db.statementImports.put({ ...one, record: repeated.record });
    }
    await putNote(db);
  });
};
