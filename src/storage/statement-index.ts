import type { ImportedRow } from "../domain/found-payment.ts";
import type { RecordRef } from "../domain/ids.ts";
import { readBlock, rowAt } from "../domain/statements/statement-block.ts";
import {
  blockFields,
  indexRows,
  type IndexPart,
  type IndexPiece,
  type IndexValues,
} from "../domain/statements/statement-index.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "./database.ts";
import { highest, lowest } from "./paging.ts";
import { completeImports } from "./save-statement.ts";
import { writing } from "./writing.ts";

/** Where the blocks of an import begin among its rows, and what each says of itself. */
export type BlockList = {
  /** One more than there are blocks: the last is the number of rows. */
  readonly starts: Uint32Array;
  /** `blockFields` numbers for each block. */
  readonly fields: Uint32Array;
};

/** Indexes of imports that were asked for, kept as long as the import: it never changes. */
type Kept = Map<string, Map<IndexPart, readonly IndexPiece["values"][]>>;
const keptBy = new WeakMap<Database, Kept>();

const keptOf = (db: Database): Kept => {
  const kept = keptBy.get(db) ?? new Map<string, never>();
  keptBy.set(db, kept);
  return kept;
};

/** The complete imports, which alone are searched; what is kept of others is let go. */
export const searchedImports = async (db: Database): Promise<ReadonlyMap<string, RecordRef>> => {
  const imports = await completeImports(db);
  const kept = keptOf(db);
  for (const importId of kept.keys()) if (!imports.has(importId)) kept.delete(importId);
  return new Map([...imports].map(([importId, { record }]) => [importId, record]));
};

const storedPieces = (db: Database, importId: string, part: IndexPart) =>
  db.statementIndexes
    .where("[importId+part+index]")
    .between([importId, part, lowest], [importId, part, highest])
    .toArray();

const blocksOf = async function* (
  db: Database,
  importId: string,
): AsyncGenerator<readonly StatementRow[]> {
  for (let index = 0; ; index++) {
    const block = await db.statementBlocks.get([importId, index]);
    if (block === undefined) return;
    yield readBlock(block);
  }
};

/** Fewer rows are indexed again as fast as their index is read. */
const fewRows = 2_000;

/** Keeps an index that was made here for the next start, unless its import is gone by now. */
const saveIndex = (
  db: Database,
  importId: string,
  pieces: readonly IndexPiece[],
): Promise<undefined> =>
  writing(db, [db.statementImports, db.statementIndexes], async () => {
    if ((await db.statementImports.get(importId)) === undefined) return undefined;
    for (const piece of pieces) await db.statementIndexes.put({ importId, ...piece });
    return undefined;
  });

type Made = ReadonlyMap<IndexPart, readonly IndexPiece["values"][]>;

/** Imports whose index is being made: several look-ups may ask at once. */
const making = new WeakMap<Database, Map<string, Promise<Made>>>();

const makeIndex = async (db: Database, importId: string): Promise<Made> => {
  const pieces = await indexRows(blocksOf(db, importId));
  const made = new Map<IndexPart, readonly IndexPiece["values"][]>();
  for (const { part, values } of pieces) made.set(part, [...(made.get(part) ?? []), values]);
  keptOf(db).set(importId, made);
  const rows = made.get("times")?.reduce((sum, { length }) => sum + length / 2, 0) ?? 0;
  // what is read while somebody looks on may not write: it is kept a moment later, or made again
  if (rows > fewRows) setTimeout(() => void saveIndex(db, importId, pieces).catch(() => undefined));
  return made;
};

/** Of an import of an older version, of a backup or of a few rows, the index is made when it is first asked for. */
const madeIndex = async (db: Database, importId: string): Promise<Made> => {
  const open = making.get(db) ?? new Map<string, Promise<Made>>();
  making.set(db, open);
  const made = open.get(importId) ?? makeIndex(db, importId);
  open.set(importId, made);
  return made.finally(() => open.delete(importId));
};

/** One part of an import's index, piece by piece. */
export const indexPart = async <Part extends IndexPart>(
  db: Database,
  importId: string,
  part: Part,
): Promise<readonly IndexValues[Part][]> => {
  const kept = keptOf(db).get(importId) ?? new Map<IndexPart, readonly IndexPiece["values"][]>();
  const known = kept.get(part);
  if (known !== undefined) return known as readonly IndexValues[Part][];
  const stored = await storedPieces(db, importId, part);
  const isWhole = stored.length > 0 || (await storedPieces(db, importId, "blocks")).length > 0;
  const values = isWhole
    ? stored.map((piece) => piece.values)
    : ((await madeIndex(db, importId)).get(part) ?? []);
  const now = keptOf(db).get(importId) ?? kept;
  keptOf(db).set(importId, now.set(part, values));
  return values as readonly IndexValues[Part][];
};

const blockLists = new WeakMap<object, BlockList>();

/** How the rows of an import are laid into blocks. */
export const blockList = async (db: Database, importId: string): Promise<BlockList> => {
  const pieces = await indexPart(db, importId, "blocks");
  const known = blockLists.get(pieces);
  if (known !== undefined) return known;
  const fields = Uint32Array.from(pieces.flatMap((piece) => [...piece]));
  const starts = new Uint32Array(fields.length / blockFields + 1);
  for (let block = 0; block + 1 < starts.length; block++)
    starts[block + 1] = (starts[block] ?? 0) + (fields[block * blockFields] ?? 0);
  const list = { starts, fields };
  blockLists.set(pieces, list);
  return list;
};

const blockAt = ({ starts }: BlockList, place: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low;
};

/** A row that an index names. */
export type RowPlace = { readonly importId: string; readonly place: number };

/** The rows at some places, in that order; opens each of their blocks once. */
export const openRows = async (
  db: Database,
  imports: ReadonlyMap<string, RecordRef>,
  places: readonly RowPlace[],
): Promise<readonly ImportedRow[]> => {
  const found = await Promise.all(
    places.map(async ({ importId, place }) => {
      const list = await blockList(db, importId);
      const block = blockAt(list, place);
      return { importId, block, inBlock: place - (list.starts[block] ?? 0) };
    }),
  );
  const keys = new Map(found.map((one) => [`${one.importId} ${one.block}`, one]));
  const blocks = await db.statementBlocks.bulkGet(
    [...keys.values()].map(({ importId, block }): [string, number] => [importId, block]),
  );
  const byKey = new Map([...keys.keys()].map((key, at) => [key, blocks[at]]));
  return found.flatMap(({ importId, block, inBlock }) => {
    const packed = byKey.get(`${importId} ${block}`);
    const imported = imports.get(importId);
    const row = packed && rowAt(packed, inBlock);
    return row === undefined || imported === undefined ? [] : [{ row, imported }];
  });
};

/** Sorted identities of every row that complete imports brought, for the worker that reads the next file. */
export const knownRowKeys = async (db: Database): Promise<Float64Array<ArrayBuffer>> => {
  const pieces: Float64Array[] = [];
  const imports = [...(await searchedImports(db)).keys()];
  for (const importId of imports) pieces.push(...(await indexPart(db, importId, "identities")));
  for (const importId of imports) keptOf(db).get(importId)?.delete("identities");
  const all = new Float64Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all.sort();
};
