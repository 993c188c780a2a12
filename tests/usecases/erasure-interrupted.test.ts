import Dexie from "dexie";
import { describe, expect, it } from "vitest";

import { hashText } from "../../src/ledger/base64url.ts";
import { permitErasure } from "../../src/storage/append-only.ts";
import { isStripped } from "../../src/storage/forget-erased.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { exportRescue } from "../../src/usecases/export-rescue.ts";
import { valueOf } from "../support/a.ts";
import { memorySafetyCopy, type MemorySafetyCopy } from "../support/memory-safety-copy.ts";
import {
  aToldRefund,
  codesOf,
  erase,
  leftIn,
  opened,
  recordsOf,
  secrets,
} from "../support/told-refund.ts";

const dead = (): never => {
  throw new Error("the app was killed");
};

/** The app dies at the k-th call of the safety copy, half-way through its bytes or right after it. */
const dieAt = (copy: MemorySafetyCopy, at: number, how: "half" | "after"): void => {
  let calls = 0;
  const { append, truncate, remove, read, list } = copy;
  const counted =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls > at) return dead();
      const half = calls === at && how === "half" && args[1] instanceof Uint8Array;
      const given = half
        ? args.map((one) => (one instanceof Uint8Array ? one.slice(0, one.length / 2) : one))
        : args;
      const done = await work(...(given as unknown as A));
      return calls === at ? dead() : done;
    };
  Object.assign(copy, {
    append: counted(append),
    truncate: counted(truncate),
    remove: counted(remove),
    read: counted(read),
    list: counted(list),
  });
};

/** The same stores after the app was killed. */
const restarted = (deps: Deps): Deps => {
  const copy = memorySafetyCopy();
  for (const [name, bytes] of (deps.journal.safetyCopy as MemorySafetyCopy).files)
    copy.files.set(name, bytes);
  return { ...deps, journal: { ...deps.journal, safetyCopy: copy } };
};

const ways = ["half", "after"] as const;

describe("an erasure that is interrupted (F109)", () => {
  it("F109 X41 is finished by the next start, wherever it was killed", async () => {
    for (let at = 1; at <= 8; at++)
      for (const how of ways) {
        const told = await aToldRefund();
        const { deps } = told;
        dieAt(deps.journal.safetyCopy as MemorySafetyCopy, at, how);
        await erase(told).catch(() => undefined);
        const again = restarted(deps);
        const outcome = await checkAtStart(again.journal);
        expect(outcome, `${how} ${at}`).toMatchObject({
          kind: expect.stringMatching(/ready|copy_fixed/),
        });
        expect(await leftIn(again), `${how} ${at}`).toEqual([]);
        const copy = again.journal.safetyCopy as MemorySafetyCopy;
        expect([...copy.files.keys()]).toEqual([again.journal.copyName(deps.device)]);
        expect(await codesOf(again), `${how} ${at}`).toEqual(["W_ERASED"]);
      }
  }, 120_000);

  it("F109 F108 keeps every record that was acknowledged when the database is lost meanwhile", async () => {
    for (let at = 2; at <= 8; at++)
      for (const how of ways) {
        const told = await aToldRefund();
        const { deps } = told;
        dieAt(deps.journal.safetyCopy as MemorySafetyCopy, at, how);
        const before = await recordsOf(deps);
        await erase(told).catch(() => undefined);
        const { journal } = restarted(deps);
        journal.db.close();
        await Dexie.delete(journal.db.name);
        await checkAtStart(journal);
        const found = await recordsOf(deps);
        const known = found.length > 0 ? found : before;
        expect(
          known.slice(0, before.length).map(({ hash }) => hash),
          `${how} ${at}`,
        ).toEqual(before.map(({ hash }) => hash));
        if (known.length > before.length) expect(await leftIn({ ...deps, journal })).toEqual([]);
      }
  }, 120_000);

  it("X41 a copy that takes nothing now is finished later, and no rescue file brings it back", async () => {
    const told = await aToldRefund();
    const { deps } = told;
    const copy = deps.journal.safetyCopy as MemorySafetyCopy;
    copy.fault = { kind: "busy" };
    expect(valueOf(await erase(told))).toMatchObject({ copies: 1, because: "busy" });
    copy.fault = undefined;
    expect(await leftIn(deps)).not.toEqual([]);
    const rescue = await exportRescue({
      ...deps,
      indexedDB: Dexie.dependencies.indexedDB,
      databaseName: deps.journal.db.name,
      safetyCopy: copy,
    });
    const text = opened(Buffer.from(rescue.file.bytes).toString("utf8"));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "copy_fixed" });
    expect(await leftIn(deps)).toEqual([]);
  });
});

const raw = async (deps: Deps, work: (db: Dexie) => Promise<unknown>): Promise<void> => {
  const db = new Dexie(deps.journal.db.name);
  await db.open();
  await work(db);
  db.close();
};

describe("what a repair brings back (F109)", () => {
  it("X41 a damaged row that was kept aside forgets too, and stays as evidence", async () => {
    const told = await aToldRefund();
    const { deps } = told;
    const row = (await recordsOf(deps)).find(({ disclosures }) => disclosures.length === 3);
    await raw(deps, (db) => db.table("records").put({ ...row, jwt: `${row?.jwt}x` }));
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "repaired", records: 1 });
    valueOf(await erase(told));
    expect(await leftIn(deps)).toEqual([]);
    expect(await deps.journal.db.quarantine.count()).toBe(1);
  });

  it("X41 a database from before the erasure forgets again when the copy tells of it", async () => {
    const told = await aToldRefund();
    const { deps } = told;
    const { db } = deps.journal;
    const before = await Promise.all(
      db.tables.map(async (table) => [table.name, await table.toArray()] as const),
    );
    valueOf(await erase(told));
    await raw(deps, async (open) => {
      for (const [name, rows] of before) {
        await open.table(name).clear();
        await open.table(name).bulkPut([...rows]);
      }
    });
    expect(await leftIn(deps)).toEqual(secrets);
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "repaired" });
    expect(await leftIn(deps)).toEqual([]);
    expect(await codesOf(deps)).toEqual(["W_ERASED"]);
  });
});

describe("the append-only guard (rel-S7)", () => {
  it("rel-S7 X41 lets an erasure take off nothing but an erased disclosure", async () => {
    const { deps } = await aToldRefund();
    const { db } = deps.journal;
    const rows = await db.records.toArray();
    const target = rows.find(({ disclosures }) => disclosures.length === 3);
    const cust = target?.disclosures[2] ?? "";
    if (target === undefined) throw new Error("no record tells of a person");
    const digests = new Set(target.disclosures.map(hashText));
    const erased = new Map([[`${target.device}:${target.seq}`, digests]]);
    const put = (row: object): Promise<unknown> =>
      db.transaction("rw", db.records, async () => {
        permitErasure(Dexie.currentTransaction, isStripped(erased));
        await db.records.put({ ...target, ...row });
      });
    const without = (text: string | undefined) => target.disclosures.filter((one) => one !== text);
    await expect(put({ disclosures: without(target.disclosures[0]) })).rejects.toThrow(
      "append-only",
    );
    await expect(put({ disclosures: [] })).rejects.toThrow("append-only");
    await expect(put({ jwt: `${target.jwt}x` })).rejects.toThrow("append-only");
    await expect(put({ seq: 9999 })).rejects.toThrow();
    await put({ disclosures: without(cust) });
    expect((await db.records.get([target.device, target.seq]))?.disclosures).toHaveLength(2);
  });
});
