import { beforeEach, describe, expect, it } from "vitest";
import Dexie from "dexie";
import { openDatabase } from "../../src/storage/database.ts";
import { appendRecords } from "../../src/storage/append-record.ts";
import { rollLog } from "../../src/storage/log-roll.ts";
import { observe } from "../../src/storage/observe.ts";
import {
  anOpenTill,
  aRequest,
  newBrowser,
  openTestDatabase,
  payment,
  tamper,
  valueOf,
} from "./a-till.ts";
import { countingRandom } from "../support/crypto.ts";

beforeEach(newBrowser);

describe("the journal's table", () => {
  it("F51 refuses to change a record", async () => {
    const { journal, key } = await anOpenTill();
    const { records } = journal.db;
    const row = await records.get([key.kid, 0]);
    if (row === undefined) throw new Error("genesis is there");
    await expect(records.put({ ...row, jwt: "other" })).rejects.toThrow(/append-only/);
    await expect(records.update([key.kid, 0], { jwt: "other" })).rejects.toThrow(/append-only/);
    expect(await records.get([key.kid, 0])).toEqual(row);
  });

  it("F51 refuses to delete a record, one or all", async () => {
    const { journal, key } = await anOpenTill();
    const { records } = journal.db;
    await expect(records.delete([key.kid, 0])).rejects.toThrow(/append-only/);
    await expect(records.clear()).rejects.toThrow(/append-only/);
    await expect(records.where("[device+seq]").above([key.kid, 0]).delete()).rejects.toThrow(
      /append-only/,
    );
    expect(await records.count()).toBe(3);
  });

  it("refuses a second record at the same number", async () => {
    const { journal, key } = await anOpenTill();
    const row = await journal.db.records.get([key.kid, 0]);
    if (row === undefined) throw new Error("genesis is there");
    await expect(journal.db.records.add(row)).rejects.toMatchObject({ name: "ConstraintError" });
  });
});

describe("a database that another window upgrades", () => {
  it("F23 closes, tells, and writes nothing more", async () => {
    const told: string[] = [];
    const till = await anOpenTill();
    till.journal.db.close();
    const db = openDatabase("refund-desk", () => told.push("superseded"));
    await db.open();
    const journal = { ...till.journal, db };
    const request = await aRequest({ ...till, journal }, [payment(1)]);
    const newer = new Dexie("refund-desk");
    newer.version(2).stores({ meta: "name", records: "[device+seq], &refundNo", novelties: "id" });
    await newer.open();
    expect(told).toEqual(["superseded"]);
    expect(await appendRecords(journal, request)).toEqual({
      ok: false,
      fault: { kind: "newer_schema" },
    });
    newer.close();
    await tamper(till, async (raw) => expect(await raw.table("records").count()).toBe(3));
  });
});

describe("live queries", () => {
  it("F19 show a record only after its commit", async () => {
    const till = await anOpenTill();
    const { db } = till.journal;
    const seen: number[] = [];
    const failed: unknown[] = [];
    const stop = observe(
      () => db.payments.count(),
      (count) => seen.push(count),
      (error) => failed.push(error),
    );
    await expect.poll(() => seen).toEqual([0]);
    await db
      .transaction("rw", db.payments, async (transaction) => {
        await db.payments.put({ paymentId: "x", seenAt: "", minor: 1, ends: [] } as never);
        transaction.abort();
      })
      .catch(() => undefined);
    valueOf(await appendRecords(till.journal, await aRequest(till, [payment(1)])));
    await expect.poll(() => seen.at(-1)).toBe(1);
    expect(seen.filter((count) => count === 1)).toHaveLength(1);
    stop();
    valueOf(await appendRecords(till.journal, await aRequest(till, [payment(2)])));
    expect(seen.at(-1)).toBe(1);
    expect(failed).toEqual([]);
  });
});

describe("rel-S20 the log roll", () => {
  it("writes 12 times 64 rows of 4 KB and leaves none", async () => {
    const db = await openTestDatabase();
    let bytes = 0;
    const random = countingRandom();
    await rollLog(db, (length) => {
      bytes += length;
      return random(length);
    });
    expect(bytes).toBe(12 * 64 * 4096);
    expect(await db.scratch.count()).toBe(0);
  });
});
