import { isKeptInBackup, parseBackupLine } from "../domain/backup-lines.ts";
import { given } from "../domain/given.ts";
import type { DeviceId, RecordRef } from "../domain/ids.ts";
import { decodeBase64url, encodeBase64url, hashBytes } from "../ledger/base64url.ts";
import type { SignedRecord } from "../ledger/record.ts";
import { parseRecordLine, writeRecordLine } from "../ledger/record-line.ts";
import { recordRow } from "./append-record.ts";
import type { Database } from "./database.ts";
import { recordsFrom } from "./queries.ts";
import { putNote } from "./rebuild.ts";
import type {
  AttachmentRow,
  EnvelopeRow,
  HeadRow,
  StatementBlockRow,
  StatementImportRow,
  TokenRow,
} from "./rows.ts";
import { completeImports } from "./save-statement.ts";
import { openRecord, toRecorded } from "./stored-record.ts";
import { writing } from "./writing.ts";

/** What a device cannot make again by itself; all else is made of it at the next start. */
export type BackupRows = {
  readonly envelopes: readonly EnvelopeRow[];
  readonly records: readonly SignedRecord[];
  readonly tokens: readonly TokenRow[];
  readonly attachments: readonly AttachmentRow[];
  readonly imports: readonly StatementImportRow[];
  readonly blocks: readonly StatementBlockRow[];
};

type Head = Pick<HeadRow, "device" | "seq">;

type IsIn = (record: RecordRef) => boolean;

/** Whether a record lies in these chains as far as they go; one of a chain that is not here at all does. */
const within = (heads: readonly Head[]): IsIn => {
  const last = new Map(heads.map(({ device, seq }) => [device, seq]));
  return ({ device, seq }) => seq <= (last.get(device) ?? seq);
};

/** What speaks of a record that came later would make the chain look cut; a status list counts seconds, not records. */
const isTokenIn = ({ kind, device, seq }: TokenRow, isIn: IsIn): boolean =>
  kind === "status" || isIn({ device, seq });

/** The rows of a backup without what speaks of records behind its heads. */
export const withinHeads = (rows: BackupRows, heads: readonly Head[]): BackupRows => {
  const isIn = within(heads);
  const imports = rows.imports.filter(({ record }) => record !== undefined && isIn(record));
  const kept = new Set(imports.map(({ importId }) => importId));
  return {
    ...rows,
    imports,
    blocks: rows.blocks.filter(({ importId }) => kept.has(importId)),
    tokens: rows.tokens.filter((row) => isTokenIn(row, isIn)),
  };
};

const base64OfBuffer = (bytes: ArrayBuffer): string => encodeBase64url(new Uint8Array(bytes));

async function* blockLines(db: Database, isIn: IsIn): AsyncGenerator<string> {
  for (const one of (await completeImports(db)).values()) {
    if (!isIn(one.record)) continue;
    yield JSON.stringify({ t: "stm", ...one });
    for (let index = 0; ; index++) {
      const block = await db.statementBlocks.get([one.importId, index]);
      if (block === undefined) break;
      const { importId, rows, ends } = block;
      const b = base64OfBuffer(rows);
      yield JSON.stringify({ t: "rows", importId, index, b, ...given("ends", ends && [...ends]) });
    }
  }
}

async function* attachmentLines(db: Database): AsyncGenerator<string> {
  const drafts = new Set(await db.unused.toCollection().primaryKeys());
  for (const sha256 of await db.attachments.toCollection().primaryKeys()) {
    if (drafts.has(sha256)) continue; // no record names it yet
    const row = await db.attachments.get(sha256); // one at a time: together they may be larger than the memory
    if (row !== undefined) yield JSON.stringify({ t: "att", b: base64OfBuffer(row.bytes) });
  }
}

/** Every row of a backup as a line, its chains up to these heads: later records belong to the next backup. */
export async function* backupLines(db: Database, heads: readonly Head[]): AsyncGenerator<string> {
  for (const { name, content } of await db.envelopes.toArray())
    if (isKeptInBackup(name)) yield JSON.stringify({ t: "env", name, content });
  for (const { device, seq } of heads)
    for await (const records of recordsFrom(db, device, 0, seq))
      for (const record of records) yield writeRecordLine(record);
  const isIn = within(heads);
  for (const row of await db.tokens.toArray())
    if (isTokenIn(row, isIn)) yield JSON.stringify({ t: "tok", ...row });
  yield* attachmentLines(db);
  yield* blockLines(db, isIn);
}

type Reading = { -readonly [Name in keyof BackupRows]: BackupRows[Name][number][] };

const bytesOf = (written: string): ArrayBuffer | undefined => decodeBase64url(written)?.buffer;

const readLine = (rows: Reading, written: string): boolean => {
  if (written.startsWith('{"d":[')) {
    const record = parseRecordLine(written);
    if (record.ok) rows.records.push(record.value);
    return record.ok;
  }
  const one = parseBackupLine(written);
  switch (one?.t) {
    case undefined:
      return false;
    case "env":
      rows.envelopes.push({ name: one.name, content: one.content });
      return true;
    case "tok": {
      const { t: _, ...token } = one;
      rows.tokens.push(token as TokenRow);
      return true;
    }
    case "att": {
      const bytes = bytesOf(one.b);
      if (bytes === undefined) return false;
      rows.attachments.push({ sha256: hashBytes(new Uint8Array(bytes)), bytes });
      return true;
    }
    case "stm": {
      const { t: _, ...row } = one;
      rows.imports.push(row);
      return true;
    }
    case "rows":
    case "blk": {
      const { importId, index, b, ends } = one;
      const bytes = bytesOf(b);
      if (bytes === undefined) return false;
      const row = { importId, index, rows: bytes };
      rows.blocks.push({ ...row, ...given("ends", ends && Uint32Array.from(ends)) });
      return true;
    }
  }
};

/** Reads the lines of a backup by their form; undefined as soon as one is of no form this version knows. */
export const readBackupRows = async (
  lines: readonly string[],
  pause: () => Promise<void>,
): Promise<BackupRows | undefined> => {
  const rows: Reading = {
    envelopes: [],
    records: [],
    tokens: [],
    attachments: [],
    imports: [],
    blocks: [],
  };
  for (const one of lines) {
    if (!readLine(rows, one)) return undefined;
    await pause(); // a line may be a photo
  }
  return rows;
};

const recordRowOf = (record: SignedRecord) => {
  const stored = openRecord(record);
  if (stored === undefined) throw new Error("a checked record can be read");
  return recordRow(record, toRecorded(stored, undefined));
};

/**
 * Puts a whole backup into a database in one strict transaction, beside records of the same chains that lie there already;
 * the next start makes the books of it. To be called under the journal's lock, after the chains were checked.
 */
export const writeBackupRows = async (db: Database, rows: BackupRows): Promise<void> => {
  const records = rows.records.map(recordRowOf);
  const keys = records.map(({ device, seq }): [DeviceId, number] => [device, seq]);
  const tables = [
    db.envelopes,
    db.records,
    db.tokens,
    db.attachments,
    db.statementImports,
    db.statementBlocks,
  ];
  await writing(db, tables, async () => {
    await db.envelopes.bulkPut([...rows.envelopes]);
    const here = await db.records.bulkGet(keys);
    await db.records.bulkAdd(records.filter((_, index) => here[index] === undefined));
    await db.tokens.bulkPut([...rows.tokens]);
    await db.attachments.bulkPut([...rows.attachments]);
    await db.statementImports.bulkPut([...rows.imports]);
    await db.statementBlocks.bulkPut([...rows.blocks]);
    await putNote(db);
  });
};

/** Whether a chain says here what it says in a backup, as far as both go; `last` is its last record here. */
export const agreesHere = async (
  db: Database,
  chain: readonly SignedRecord[],
  last: number,
): Promise<boolean> => {
  const common = chain[Math.min(last, chain.length - 1)];
  return (
    common !== undefined &&
    (await db.records.get([common.device, common.seq]))?.hash === common.hash
  );
};

/** Where every chain that is here stands. */
export const headsHere = (db: Database): Promise<HeadRow[]> => db.heads.toArray();

/** The records of a backup by chain, each in its order. */
export const chainsOf = (
  records: readonly SignedRecord[],
): ReadonlyMap<DeviceId, readonly SignedRecord[]> => {
  const chains = new Map<DeviceId, SignedRecord[]>();
  for (const record of records) {
    const chain = chains.get(record.device) ?? [];
    chain.push(record);
    chains.set(record.device, chain);
  }
  return chains;
};
