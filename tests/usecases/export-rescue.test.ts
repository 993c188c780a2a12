import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";

import { parseRecordLine, writeRecordLine } from "../../src/ledger/record-line.ts";
import { findZone } from "../../src/domain/instant.ts";
import { exportRescue, type RescueDeps } from "../../src/usecases/export-rescue.ts";
import { recordsFrom } from "../../src/storage/queries.ts";
import {
  anOpenTill,
  aRequest,
  copyOf,
  newBrowser,
  payment,
  setCopy,
  tamper,
  wipeDatabase,
  write,
  type Till,
} from "../storage/a-till.ts";

const zone = findZone("Asia/Shanghai");
if (zone === undefined) throw new Error("this node knows no zones");

const depsOf = (till: Till): RescueDeps => ({
  app: "test+1",
  calendar: { zone, cutoffMinutes: 0 },
  now: () => 1_780_000_000_000,
  training: false,
  indexedDB: Dexie.dependencies.indexedDB,
  databaseName: till.journal.db.name,
  safetyCopy: till.journal.safetyCopy,
});

type Line = { readonly t: string; readonly [name: string]: unknown };

const linesOf = (bytes: Uint8Array): readonly string[] =>
  new TextDecoder().decode(bytes).trimEnd().split("\n");

const parsed = (bytes: Uint8Array): readonly Line[] =>
  linesOf(bytes).map((line) => JSON.parse(line) as Line);

const seqsIn = (bytes: Uint8Array): readonly number[] =>
  linesOf(bytes).flatMap((line) => {
    const record = parseRecordLine(line);
    return record.ok ? [record.value.seq] : [];
  });

const aBusyTill = async (): Promise<Till> => {
  const till = await anOpenTill();
  for (const number of [1, 2, 3]) {
    const saved = await write(till, [payment(number)]);
    if (!saved.ok) throw new Error(JSON.stringify(saved.fault));
  }
  return till;
};

const all = [0, 1, 2, 3, 4, 5];

describe("taking along what is left", () => {
  beforeEach(newBrowser);

  it("writes every record once, in the bytes of a journal file, though both copies hold it", async () => {
    const till = await aBusyTill();
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 6, pieces: 0, unread: [] });
    expect(seqsIn(rescued.file.bytes)).toEqual(all);
    const stored: string[] = [];
    for await (const records of recordsFrom(till.journal.db, till.key.kid, 0, 5))
      stored.push(...records.map(writeRecordLine));
    expect(linesOf(rescued.file.bytes).slice(1)).toEqual(stored);
    expect(rescued.file.name).toMatch(/^refund-desk_rescue_\d{8}-\d{6}\.txt$/);
  });

  it("X37 finds the records in the safety copy when the database is gone, and makes no new one", async () => {
    const till = await wipeDatabase(await aBusyTill());
    till.journal.db.close();
    await Dexie.delete(till.journal.db.name);
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 6, unread: [] });
    expect(await Dexie.exists(till.journal.db.name)).toBe(false);
  });

  it("finds the records in the database when the safety copy cannot be read, and says so", async () => {
    const till = await aBusyTill();
    till.journal.safetyCopy.fault = { kind: "busy" };
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 6, unread: ["safety_copy"] });
    expect(parsed(rescued.file.bytes)[0]).toMatchObject({ t: "rescue", unread: ["safety_copy"] });
  });

  it("keeps the records behind a damaged frame, and the damaged bytes beside them", async () => {
    const till = await aBusyTill();
    const bytes = copyOf(till).slice();
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    setCopy(till, bytes);
    till.journal.db.close();
    await Dexie.delete(till.journal.db.name);
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 5, pieces: 1 });
    const raw = parsed(rescued.file.bytes).filter((line) => line.t === "raw");
    expect(raw).toEqual([expect.objectContaining({ at: expect.any(Number) as number })]);
    expect(seqsIn(rescued.file.bytes)).toContain(5);
  });

  it("keeps both records when the two copies tell different stories of one number", async () => {
    const till = await anOpenTill();
    const other = await aRequest(till, [payment(2)]);
    await write(till, [payment(1)]);
    await tamper(till, (raw) => raw.table("records").put(other.entries[0]?.record));
    const rescued = await exportRescue(depsOf(till));
    expect(seqsIn(rescued.file.bytes)).toEqual([0, 1, 2, 3, 3]);
  });

  it("keeps a row that is no record as it was found", async () => {
    const till = await aBusyTill();
    await tamper(till, async (raw) => {
      const row = (await raw.table("records").get([till.key.kid, 5])) as object;
      await raw.table("records").put({ ...row, jwt: "not a token" });
    });
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 6, pieces: 1 });
    const raw = parsed(rescued.file.bytes).find((line) => line.t === "raw");
    expect(raw).toMatchObject({ from: "records", row: { jwt: "not a token", seq: 5 } });
  });

  it("reads the database of a newer build without changing its version", async () => {
    const till = await aBusyTill();
    const { name } = till.journal.db;
    till.journal.db.close();
    const newer = new Dexie(name);
    newer.version(99).stores({ records: "[device+seq]", later: "id" });
    await newer.open();
    newer.close();
    till.journal.safetyCopy.files.clear();
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 6, unread: [] });
    const databases = await Dexie.dependencies.indexedDB.databases();
    expect(databases.find((one) => one.name === name)?.version).toBe(990);
  });

  it("gives an honest file when there is nothing at all", async () => {
    const till = await wipeDatabase(await anOpenTill());
    till.journal.safetyCopy.files.clear();
    const rescued = await exportRescue(depsOf(till));
    expect(rescued).toMatchObject({ records: 0, pieces: 0, unread: [] });
    expect(linesOf(rescued.file.bytes)).toHaveLength(1);
  });
});
