import { encodeBase64url, toBytes } from "../ledger/base64url.ts";
import { readUtf8 } from "../ledger/canonical.ts";
import { readFrames } from "../ledger/frame.ts";
import { erasedBy, erasuresIn, withoutErased } from "../ledger/erasure.ts";
import { parseRecordLine, writeRecordLine } from "../ledger/record-line.ts";
import type { SafetyCopy } from "../storage/safety-copy.ts";
import type { Deps, OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What is read without opening anything the usual way: the usual way may be what is broken. */
export type RescueDeps = Pick<Deps, "app" | "calendar" | "now" | "training"> & {
  /** The browser's databases; opened without a version, so that nothing is upgraded or made. */
  readonly indexedDB: IDBFactory;
  readonly databaseName: string;
  readonly safetyCopy: Pick<SafetyCopy, "list" | "read">;
};

/** Everything that could be read, as one text file; nothing was changed or judged. */
export type RescueFile = {
  readonly file: OutFile;
  /** Different `rec` lines. */
  readonly records: number;
  /** Pieces that are no record and are kept as they were found. */
  readonly pieces: number;
  /** Stores that gave an error instead of their content. */
  readonly unread: readonly ("database" | "safety_copy")[];
};

const newLines = () => ({ records: new Set<string>(), pieces: [] as string[] });

type Lines = ReturnType<typeof newLines>;

const keepPiece = (lines: Lines, from: string, what: object): void => {
  lines.pieces.push(JSON.stringify({ from, ...what, t: "raw" }));
};

const keepFrame = (lines: Lines, from: string, content: Bytes): void => {
  const text = readUtf8(content);
  if (text !== undefined && parseRecordLine(text).ok) lines.records.add(text);
  else keepPiece(lines, from, { base64url: encodeBase64url(content) });
};

/** Every frame begins its content like this; behind a damaged one, reading goes on at the next. */
const opening = toBytes('{"d":[');
const headerSize = 8;

const nextFrame = (bytes: Bytes, from: number): number => {
  for (let at = from; at + opening.length <= bytes.length; at++)
    if (opening.every((code, index) => bytes[at + index] === code)) return at - headerSize;
  return bytes.length;
};

const keepCopy = (lines: Lines, from: string, bytes: Bytes): void => {
  for (let offset = 0; offset < bytes.length;) {
    const { frames, badAt } = readFrames(bytes.subarray(offset));
    for (const content of frames) keepFrame(lines, from, content);
    if (badAt === undefined) return;
    const bad = offset + badAt;
    offset = nextFrame(bytes, bad + headerSize + 1);
    const damaged = bytes.slice(bad, offset);
    keepPiece(lines, from, { at: bad, base64url: encodeBase64url(damaged) });
  }
};

const readCopies = async ({ safetyCopy }: RescueDeps, lines: Lines): Promise<boolean> => {
  const listed = await safetyCopy.list();
  if (!listed.ok) return listed.fault.kind === "no_opfs";
  let whole = true;
  for (const { name } of listed.value) {
    const read = await safetyCopy.read(name);
    if (!read.ok) whole = false;
    else if (read.value !== undefined) keepCopy(lines, name, read.value);
  }
  return whole;
};

const textsIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;

/** A row as a `rec` line, whatever its hash or signature say; a row of another form as it is. */
const keepRow = (lines: Lines, from: string, row: unknown): void => {
  const { jwt, disclosures }: { readonly jwt?: unknown; readonly disclosures?: unknown } =
    typeof row === "object" && row !== null ? row : {};
  const line = JSON.stringify({ d: textsIn(disclosures), j: jwt, t: "rec" });
  if (parseRecordLine(line).ok) lines.records.add(line);
  else keepPiece(lines, from, { row });
};

const openAsItIs = (factory: IDBFactory, name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = factory.open(name);
    request.addEventListener("upgradeneeded", () => request.transaction?.abort()); // it was not there
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("not opened")));
  });

const walk = (db: IDBDatabase, store: string, onRow: (row: unknown) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = db.transaction(store, "readonly").objectStore(store).openCursor();
    request.addEventListener("error", () => reject(request.error ?? new Error("not read")));
    request.addEventListener("success", () => {
      const cursor = request.result;
      if (cursor === null) return resolve();
      onRow(cursor.value);
      return cursor.continue();
    });
  });

const isThere = async ({ indexedDB, databaseName }: RescueDeps): Promise<boolean> => {
  const factory: Partial<Pick<IDBFactory, "databases">> = indexedDB;
  const known = await factory.databases?.call(indexedDB);
  return known?.some(({ name }) => name === databaseName) ?? true;
};

const readDatabase = async (deps: RescueDeps, lines: Lines): Promise<boolean> => {
  try {
    if (!(await isThere(deps))) return true;
    const db = await openAsItIs(deps.indexedDB, deps.databaseName);
    const stores = ["records", "quarantine"].filter((name) => db.objectStoreNames.contains(name));
    for (const store of stores)
      await walk(db, store, (row) => keepRow(lines, store, inQuarantine(store, row)));
    db.close();
    return true;
  } catch {
    return false; // what was read before it broke is kept
  }
};

const inQuarantine = (store: string, row: unknown): unknown =>
  store === "quarantine" && typeof row === "object" && row !== null && "row" in row ? row.row : row;

/** One copy may still tell what was erased while the other does not. */
const withoutErasedOnes = (lines: Iterable<string>): ReadonlySet<string> => {
  const records = [...lines].flatMap((line) => {
    const record = parseRecordLine(line);
    return record.ok ? [record.value] : [];
  });
  const erased = erasedBy(erasuresIn(records));
  return new Set(records.map((record) => writeRecordLine(withoutErased(record, erased))));
};

/**
 * Gathers what both copies still hold, each record once, as the lines of a journal file, and every damaged piece
 * beside them. Reads only.
 */
export const exportRescue = async (deps: RescueDeps): Promise<RescueFile> => {
  const lines = newLines();
  const database = await readDatabase(deps, lines);
  const copy = await readCopies(deps, lines);
  const unread = [
    ...(database ? [] : (["database"] as const)),
    ...(copy ? [] : (["safety_copy"] as const)),
  ];
  const head = { app: deps.app, database: deps.databaseName, t: "rescue", unread, v: 1 };
  const records = withoutErasedOnes(lines.records);
  const text = [JSON.stringify(head), ...records, ...lines.pieces, ""].join("\n");
  const file = { name: fileName(deps, "rescue", "txt"), type: "text/plain", bytes: toBytes(text) };
  return { file, records: records.size, pieces: lines.pieces.length, unread };
};
