import Dexie from "dexie";
import { describe, expect, it } from "vitest";

import { hashText } from "../../src/ledger/base64url.ts";
import { permitErasure } from "../../src/storage/append-only.ts";
import { isStripped } from "../../src/storage/forget-erased.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { exportRescue } from "../../src/usecases/export-rescue.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { copyOf, dieAt, killed, restarted } from "../support/dying-copy.ts";
import {
  aToldRefund,
  codesOf,
  erase,
  leftIn,
  opened,
  recordsOf,
  secrets,
} from "../support/told-refund.ts";

/** Calls of the safety copy that an erasure makes: at each of them the app may be killed. */
const callsOfErasure = 8;

const deaths = Array.from({ length: callsOfErasure }, (_, index) =>
  (["half", "after"] as const).map((how) => ({ at: index + 1, how, where: `${how} ${index + 1}` })),
).flat();

/** A refund whose erasure was killed there, and the records that it had before. */
const killedErasure = async ({ at, how, where }: (typeof deaths)[number]) => {
  const told = await aToldRefund();
  const before = await recordsOf(told.deps);
  const calls = dieAt(copyOf(told.deps), at, how);
  expect(faultOf(await erase(told)), where).toMatchObject({ message: killed });
  expect(calls(), where).toBe(at);
  return { deps: restarted(told.deps), before };
};

describe("an erasure that is interrupted (F109)", () => {
  it("F109 X41 is finished by the next start, wherever it was killed", async () => {
    for (const death of deaths) {
      const { deps } = await killedErasure(death);
      const outcome = await checkAtStart(deps.journal);
      expect(outcome, death.where).toMatchObject({
        kind: expect.stringMatching(/ready|copy_fixed/),
      });
      expect(await leftIn(deps), death.where).toEqual([]);
      expect([...copyOf(deps).files.keys()]).toEqual([deps.journal.copyName(deps.device)]);
      expect(await codesOf(deps), death.where).toEqual(["W_ERASED"]);
    }
  }, 120_000);

  it("F109 F108 keeps every record that was acknowledged when the database is lost meanwhile", async () => {
    const added = new Set<number>();
    for (const death of deaths) {
      const { deps, before } = await killedErasure(death);
      deps.journal.db.close();
      await Dexie.delete(deps.journal.db.name);
      expect((await checkAtStart(deps.journal)).kind, death.where).toBe("repaired");
      const found = await recordsOf(deps);
      expect(
        found.slice(0, before.length).map(({ hash }) => hash),
        death.where,
      ).toEqual(before.map(({ hash }) => hash));
      added.add(found.length - before.length);
      if (found.length > before.length) expect(await leftIn(deps), death.where).toEqual([]);
    }
    expect([...added]).toEqual([0, 4]);
  }, 120_000);

  it("F109 is killed at every call that it makes of the copy", async () => {
    const told = await aToldRefund();
    const calls = dieAt(copyOf(told.deps), callsOfErasure + 1, "after");
    valueOf(await erase(told));
    expect(calls()).toBe(callsOfErasure);
  });

  it("X41 a copy that takes nothing now is finished later, and no rescue file brings it back", async () => {
    const told = await aToldRefund();
    const { deps } = told;
    const copy = copyOf(deps);
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
