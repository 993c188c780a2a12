import type { Table } from "dexie";
import { fail, ok, type Result } from "../domain/result.ts";
import type { Hash, RecordRef } from "../domain/ids.ts";
import type { OddRows } from "../domain/overpay/odd-rows.ts";
import type { StatementBlock } from "../domain/statements/statement-block.ts";
import type { IndexPiece } from "../domain/statements/statement-index.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";
import type { StatementImportRow } from "./rows.ts";
import { withReopening, type StorageFault } from "./storage-fault.ts";
import { writing } from "./writing.ts";

export type ImportStoreFault =
  | StorageFault
  /** The import was dropped meanwhile: begin again. */
  | { readonly kind: "import_gone" };

/** Every key that begins with an import's id. */
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

const whileOpen = (
  db: Database,
  importId: string,
  table: Table,
  work: () => Promise<unknown>,
): Promise<Result<undefined, ImportStoreFault>> =>
  withReopening<undefined, ImportStoreFault>(db, () =>
    writing(db, [db.statementImports, table], async () => {
      const known = await db.statementImports.get(importId);
      if (known === undefined || known.record !== undefined)
        return fail({ kind: "import_gone" } as const);
      await work();
      return ok(undefined);
    }),
  );

/** Adds blocks to an open import, the first of them at a place; blocks are never changed. */
export const saveBlocks = (
  db: Database,
  importId: string,
  first: number,
  blocks: readonly StatementBlock[],
): Promise<Result<undefined, ImportStoreFault>> =>
  whileOpen(db, importId, db.statementBlocks, () =>
    db.statementBlocks.bulkAdd(
      blocks.map((block, at) => ({ importId, index: first + at, ...block })),
    ),
  );

/** Adds a piece of what the rows of an open import are found by. */
export const saveIndexPiece = (
  db: Database,
  importId: string,
  piece: IndexPiece,
): Promise<Result<undefined, ImportStoreFault>> =>
  whileOpen(db, importId, db.statementIndexes, () =>
    db.statementIndexes.put({ importId, ...piece }),
  );

/** What is known of a file once it was read to its end and its import is recorded. */
export type FinishedImport = {
  readonly record: RecordRef;
  readonly digest: Hash;
  readonly acquirer: string;
  readonly odd?: OddRows;
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
  const { statementImports, statementBlocks, statementIndexes } = db;
  await writing(db, [statementImports, statementBlocks, statementIndexes], async () => {
    await statementBlocks.where("[importId+index]").between(from, to).delete();
    await statementIndexes.where("[importId+part+index]").between(from, to).delete();
    await statementImports.delete(importId);
  });
};

/** Deletes the rows of a file whose import was taken back. */
export const dropTakenBack = async (db: Database, file: Hash): Promise<void> => {
  const imports = await db.statementImports.where("digest").equals(file).toArray();
  for (const { importId } of imports) await dropImport(db, importId);
};

/** Clears away imports that a closed window left half done or half taken back; their files can be imported again. */
export const dropIncompleteImports = async (db: Database): Promise<void> => {
  for (const { importId, record, digest } of await db.statementImports.toArray()) {
    const known = digest === undefined ? undefined : await db.imports.get(digest);
    if (record === undefined || known?.takenBack !== undefined) await dropImport(db, importId);
  }
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
