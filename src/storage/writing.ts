import Dexie, { type Table } from "dexie";
import { schemaVersion, type Database } from "./database.ts";

/** A newer build has written this database: named like the browser's own error, so that one place translates both. */
const newerSchema = (): Error =>
  Object.assign(new Error("a newer build wrote this database"), { name: "VersionError" });

/** A full disk aborts the transaction with the reason; requests may then answer something else or nothing at all. */
const onAbort = (transaction: IDBTransaction, reject: (error: Error) => void): void => {
  transaction.addEventListener("abort", () => {
    if (transaction.error !== null) reject(transaction.error);
  });
};

/** The only way to write: one strict transaction that first compares the schema stamp (rel-S5). Await nothing but Dexie inside. */
export const writing = async <T>(
  db: Database,
  tables: readonly Table[],
  work: () => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const inside = async (): Promise<T> => {
      onAbort(Dexie.currentTransaction.idbtrans, reject);
      const schema = await db.meta.get("schema");
      if (schema?.value !== schemaVersion) throw newerSchema();
      return work();
    };
    db.transaction("rw", [...tables, db.meta], inside).then(resolve, reject);
  });
