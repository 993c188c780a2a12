import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import Dexie from "dexie";
import { beforeEach, expect, it } from "vitest";

import type { RecordKind } from "../../src/ledger/record.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import type { HeadRow } from "../../src/storage/rows.ts";
import { readShiftRecords } from "../../src/storage/shift-records.ts";
import { aHash, device } from "../support/a.ts";

let db: Database;

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  db = openDatabase("refund-desk");
});

/** A chain of 1,300 records, most of them payments. */
const chainOf = async (kinds: Readonly<Record<number, RecordKind>>): Promise<void> => {
  const rows = Array.from({ length: 1_300 }, (_, seq) => ({
    device,
    seq,
    kind: kinds[seq] ?? "payment",
    jwt: "",
    disclosures: [],
    hash: aHash(seq) as HeadRow["hash"],
  }));
  await db.records.bulkAdd(rows);
  await db.heads.add({ device, seq: 1_299 } as HeadRow);
};

const read = async () => {
  const { close, refunds } = await readShiftRecords(db, [device]);
  return { close: close?.seq, refunds: refunds.map(({ seq }) => seq).sort((a, b) => a - b) };
};

it("X35 goes back over pages of the chain to the last close, and no further", async () => {
  await chainOf({
    2: "refund",
    40: "close",
    41: "refund",
    300: "close",
    301: "refund",
    1_299: "refund",
  });
  expect(await read()).toEqual({ close: 300, refunds: [301, 1_299] });
});

it("X35 takes the whole chain where nothing was closed yet", async () => {
  await chainOf({ 0: "genesis", 1: "refund", 799: "refund", 800: "refund" });
  expect(await read()).toEqual({ close: undefined, refunds: [1, 799, 800] });
});

it("X35 of a till that recorded nothing is empty", async () => {
  expect(await read()).toEqual({ close: undefined, refunds: [] });
});
