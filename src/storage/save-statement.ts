import { fail, ok, type Result } from "../domain/result.ts";
import type { Hash, RecordRef } from "../domain/ids.ts";
import type { StatementBlock } from "../domain/statements/statement-block.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";
import type { StatementImportRow } from "./rows.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { writing } from "./writing.ts";

export type ImportStoreFault =
  | StorageFault
  /** The import was dropped meanwhile: begin again. */
  | { readonly kind: "import_gone" };

const statementTables = (db: Database) => [
  db.statementImports,
  db.statementBlocks,
  db.statementKeys,
  db.statementIdentities,
];

const ofImport = (importId: string) =>
  [
    [importId, lowest],
    [importId, highest],
  ] as const;

/** Opens an import; until it is finished nothing finds its rows. */
export const beginImport = async (
  db: Database,
  opened: Omit<StatementImportRow, "record">,
): Promise<Result<undefined, StorageFault>> =>
  withReopening(db, async () => {
    await writing(db, [db.statementImports], () => db.statementImports.put(opened));
    return ok(undefined);
  });

const addBlock = async (db: Database, importId: string, block: StatementBlock): Promise<void> => {
  const last = await db.statementKeys
    .where("[importId+index]")
    .between(...ofImport(importId))
    .last();
  const place = { importId, index: last === undefined ? 0 : last.index + 1 };
  const { rows, rowKeys, keys, firstDay, lastDay, count } = block;
  await db.statementBlocks.add({ ...place, rows });
  await db.statementIdentities.add({ ...place, rowKeys });
  await db.statementKeys.add({ ...place, keys, firstDay, lastDay, count });
};

const isOpen = async (db: Database, importId: string): Promise<boolean> => {
  const known = await db.statementImports.get(importId);
  return known !== undefined && known.record === undefined;
};

/** Adds the next block of an open import; blocks are never changed. */
export const saveBlock = async (
  db: Database,
  importId: string,
  block: StatementBlock,
): Promise<Result<undefined, ImportStoreFault>> =>
  withReopening<undefined, ImportStoreFault>(db, () =>
    writing(db, statementTables(db), async () => {
      if (!(await isOpen(db, importId))) return fail({ kind: "import_gone" } as const);
      await addBlock(db, importId, block);
      return ok(undefined);
    }),
  );

/** What is known of a file once it was read to its end and its import is recorded. */
export type FinishedImport = {
  readonly record: RecordRef;
  readonly digest: Hash;
  readonly acquirer: string;
};

/** Makes the rows of an import findable; called after its signed record stands in the journal. */
export const finishImport = async (
  db: Database,
  importId: string,
  finished: FinishedImport,
): Promise<Result<undefined, ImportStoreFault>> =>
  withReopening<undefined, ImportStoreFault>(db, () =>
    writing(db, [db.statementImports], async () => {
      const known = await db.statementImports.get(importId);
      if (known === undefined) return fail({ kind: "import_gone" } as const);
      await db.statementImports.put({ ...known, ...finished });
      return ok(undefined);
    }),
  );

/** Deletes an import with all its rows: one that was cancelled, or one to be undone. */
export const dropImport = async (db: Database, importId: string): Promise<void> => {
  const [from, to] = ofImport(importId);
  await writing(db, statementTables(db), async () => {
    for (const table of [db.statementBlocks, db.statementKeys, db.statementIdentities])
      await table.where("[importId+index]").between(from, to).delete();
    await db.statementImports.delete(importId);
  });
};

/** Clears away imports that a closed window left half done; their files can be imported again. */
export const dropIncompleteImports = async (db: Database): Promise<void> => {
  const imports = await db.statementImports.toArray();
  for (const one of imports) if (one.record === undefined) await dropImport(db, one.importId);
};

/** The complete import of the same file, if there is one. */
export const knownImport = async (
  db: Database,
  digest: Hash,
): Promise<StatementImportRow | undefined> => {
  const imports = await db.statementImports.where("digest").equals(digest).toArray();
  return imports.find((one) => one.record !== undefined);
};

/** The complete imports by id; there are few. */
export const completeImports = async (
  db: Database,
): Promise<ReadonlyMap<string, StatementImportRow & { readonly record: RecordRef }>> => {
  const found = new Map<string, StatementImportRow & { readonly record: RecordRef }>();
  for (const one of await db.statementImports.toArray())
    if (one.record !== undefined) found.set(one.importId, { ...one, record: one.record });
  return found;
};

/** Sorted identities of every row that complete imports of an acquirer brought, for the worker that reads the next file. */
export const knownRowKeys = async (
  db: Database,
  acquirer: string,
): Promise<Float64Array<ArrayBuffer>> => {
  const imports = await completeImports(db);
  const parts: Float64Array<ArrayBuffer>[] = [];
  for (const one of imports.values()) {
    if (one.acquirer !== acquirer) continue;
    const range = db.statementIdentities.where("[importId+index]");
    const rows = await range.between(...ofImport(one.importId)).toArray();
    parts.push(...rows.map((row) => row.rowKeys));
  }
  const all = new Float64Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all.sort();
};
