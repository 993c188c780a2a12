import { beforeEach, describe, expect, it } from "vitest";
import type { DBCore, DBCoreTable } from "dexie";
import { appendRecords, type AppendFault } from "../../src/storage/append-record.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import {
  anOpenTill,
  aRequest,
  newBrowser,
  payment,
  refund,
  valueOf,
  write,
  type Till,
} from "./a-till.ts";
import { isDeep } from "../support/deep.ts";

/** Rig DEX: an error at the k-th operation of the database. */

type Trans = { readonly mode: string; readonly abort: () => void };

/** fake-indexeddb's own way to abort with a cause. */
const abortBecause = (trans: Trans, name: string): unknown =>
  (Reflect.get(trans, "_abort") as (cause: string) => void).call(trans, name);

type Injection = {
  readonly name: string;
  /** Throws, or aborts; a request that is answered with never() is not even made. */
  readonly happens: (db: Database, trans: Trans) => Promise<never> | undefined;
  readonly onlyWhenWriting?: boolean;
  /** What the append answers when it does not succeed by itself. */
  readonly fault: AppendFault["kind"] | "recovers";
};

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });
const thrower = (error: Error) => (): Promise<never> => {
  throw error;
};
const never = (): Promise<never> => new Promise(() => undefined);

const injections: readonly Injection[] = [
  {
    name: "quota, which shows only as an abort",
    happens: (_, trans) => {
      abortBecause(trans, "QuotaExceededError");
      return never();
    },
    onlyWhenWriting: true,
    fault: "quota",
  },
  {
    name: "an abort without a cause",
    happens: (_, trans) => {
      trans.abort();
      return undefined;
    },
    fault: "recovers",
  },
  {
    name: "a lost server",
    happens: thrower(named("UnknownError", "Connection to Indexed Database server lost")),
    fault: "recovers",
  },
  {
    name: "a closing database",
    happens: thrower(named("InvalidStateError", "The database connection is closing.")),
    fault: "recovers",
  },
  {
    name: "a database that was closed under us",
    happens: (db) => {
      db.close();
      throw named("DatabaseClosedError", "closed");
    },
    fault: "recovers",
  },
  {
    name: "a value that cannot be cloned",
    happens: thrower(named("DataCloneError", "could not be cloned")),
    fault: "clone",
  },
  {
    name: "a damaged store",
    happens: thrower(named("UnknownError", "Internal error opening backing store")),
    fault: "corrupt",
  },
];

type Rig = { countdown: number; fired: boolean; injection: Injection | undefined };

const hurt = (rig: Rig, db: Database, trans: Trans): Promise<never> | undefined => {
  if (rig.injection === undefined) return undefined;
  if (rig.injection.onlyWhenWriting === true && trans.mode !== "readwrite") return undefined;
  rig.countdown -= 1;
  if (rig.countdown !== 0) return undefined;
  rig.fired = true;
  return rig.injection.happens(db, trans);
};

const hurtFirst =
  (rig: Rig, db: Database) =>
  <R extends { readonly trans: unknown }, T>(call: (request: R) => Promise<T>) =>
  async (request: R): Promise<T> =>
    hurt(rig, db, request.trans as Trans) ?? call(request);

const hurting =
  (rig: Rig, db: Database) =>
  (core: DBCore): DBCore => ({
    ...core,
    table: (name): DBCoreTable => {
      const table = core.table(name);
      const first = hurtFirst(rig, db);
      return {
        ...table,
        mutate: first(async (request) => table.mutate(request)),
        get: first(async (request) => table.get(request)),
        getMany: first(async (request) => table.getMany(request)),
        query: first(async (request) => table.query(request)),
      };
    },
  });

const rigged = async (till: Till): Promise<{ readonly till: Till; readonly rig: Rig }> => {
  till.journal.db.close();
  const rig: Rig = { countdown: 0, fired: false, injection: undefined };
  const db = openDatabase("refund-desk");
  db.use({ stack: "dbcore", name: "dex", create: hurting(rig, db) });
  await db.open();
  return { till: { ...till, journal: { ...till.journal, db } }, rig };
};

const plan = { number: 1, payment: 1, minor: 6_000, left: 10_000, counter: 0 };
const events = (till: Till) => [payment(1), refund(till, plan)];

/** One append with the error at operation k; false when the append has fewer operations. */
const appendWithErrorAt = async (
  injection: Injection,
  k: number,
  seen: Set<string>,
): Promise<boolean> => {
  newBrowser();
  const { till, rig } = await rigged(await anOpenTill());
  const { journal } = till;
  const request = await aRequest(till, events(till), "case-1");
  Object.assign(rig, { countdown: k, fired: false, injection });
  const answer = await appendRecords(journal, request);
  rig.injection = undefined;
  const told = answer.ok ? "recovers" : answer.fault.kind;
  seen.add(told);
  if (rig.fired) expect(["recovers", injection.fault], `operation ${k}`).toContain(told);
  if (rig.fired && injection.fault === "recovers") expect(answer.ok).toBe(true);
  if (!journal.db.isOpen()) await journal.db.open();
  const retried = valueOf(await write(till, events(till), "case-1"));
  expect(retried.copies, `operation ${k}`).toBe(2);
  await expectOneRefund(till, k);
  return rig.fired;
};

const expectOneRefund = async (till: Till, k: number): Promise<void> => {
  const { db } = till.journal;
  const kinds = (await db.records.toArray()).map((record) => record.kind);
  expect(kinds, `operation ${k}`).toEqual(["genesis", "staff", "policy", "payment", "refund"]);
  const live = await readBooks(db);
  valueOf(await rebuild(db));
  expect(await readBooks(db)).toEqual(live);
  expect(await checkAtStart(till.journal)).toMatchObject({ kind: "ready", copies: 2 });
};

beforeEach(newBrowser);

/** Each error at every third operation, each beginning at another; at every one under DEEP=1. */
const stride = isDeep ? 1 : 3;

describe("F16 F40 an error at every operation of an append", () => {
  for (const [index, injection] of injections.entries())
    it(`${injection.name}: never a false "saved", never a second record`, async () => {
      const seen = new Set<string>();
      let k = 1 + (index % stride);
      while (await appendWithErrorAt(injection, k, seen)) k += stride;
      expect(k).toBeGreaterThan(10);
      expect(seen).toContain(injection.fault);
    });
});
