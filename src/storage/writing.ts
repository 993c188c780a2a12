import type { Table } from "dexie";
import { schemaVersion, type Database } from "./database.ts";

/** A newer build has written this database: named like the browser's own error, so that one place translates both. */
const newerSchema = (): Error =>
  Object.assign(new Error("a newer build wrote this database"), { name: "VersionError" });

/** The only way to write: one strict transaction that first compares the schema stamp (rel-S5). Await nothing but Dexie inside. */
export const writing = async <T>(
  db: Database,
  tables: readonly Table[],
  work: () => Promise<T>,
): Promise<T> =>
  db.transaction("rw", [...tables, db.meta], async () => {
    const schema = await db.meta.get("schema");
    if (schema?.value !== schemaVersion) throw newerSchema();
    return work();
  });
