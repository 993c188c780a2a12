import { IDBFactory } from "fake-indexeddb";
import Dexie from "dexie";
import { CNY } from "../../src/domain/currency.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { listStaff } from "../../src/storage/queries.ts";
import { saveRingKey } from "../../src/storage/ring.ts";
import { beginChain } from "../../src/usecases/begin-chain.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { enrolKey } from "../../src/ledger/enrol.ts";
import { valueOf } from "./a.ts";
import { aKey, verify } from "./crypto.ts";
import { aShop, type TestShop } from "./deps.ts";
import { memoryMarks } from "./memory-marks.ts";
import { memorySafetyCopy } from "./memory-safety-copy.ts";
import { rootOf, type TestRoot } from "./ring.ts";

/** Another till of the same shop, with a browser of its own; nobody knows it yet. */
export const anotherTill = async (
  first: TestShop,
  { label, prefix }: { readonly label: string; readonly prefix: string },
): Promise<Deps> => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  const root = await rootOf(first);
  const key = await aKey();
  const journal = {
    db: openDatabase("refund-desk"),
    safetyCopy: memorySafetyCopy(),
    marks: memoryMarks(),
    copyName: first.deps.journal.copyName,
  };
  const { calendar } = first.deps;
  const certificate = await enrolKey(root, {
    device: key.kid,
    label,
    now: Math.floor(first.deps.now() / 1000),
    post: { role: "device", prefix },
  });
  const placed = { device: key.kid, jwk: key.jwk, sign: key.sign, certificate, label, prefix };
  const shop = { name: "小林饰品摊", currency: CNY, zone: calendar.zone };
  const entry = { shop, ownerName: "小林", pin: "739182" };
  const setUp = { ...first.setUp, journal };
  valueOf(await beginChain(setUp, { ...placed, root: root.jwk }, entry));
  const owner = (await listStaff(journal.db)).find(({ staff }) => staff === firstOwner);
  return { ...setUp, ...placed, calendar, staff: () => owner };
};

/** Each scans the other's key card. */
export const meet = async (one: Deps, other: Deps, root: TestRoot): Promise<void> => {
  const trust = { roots: new Map([[root.kid, root.jwk]]), verify };
  valueOf(await saveRingKey(one.journal.db, other, trust));
  valueOf(await saveRingKey(other.journal.db, one, trust));
};

export type TwoTills = {
  /** The owner's, `T1`. */
  readonly shop: TestShop;
  readonly one: Deps;
  /** `T2`. */
  readonly other: Deps;
  readonly root: TestRoot;
};

/** Two tills of one shop that know each other's keys. */
export const twoTills = async (): Promise<TwoTills> => {
  const shop = await aShop();
  const other = await anotherTill(shop, { label: "T2", prefix: "T2T2T2" });
  const root = await rootOf(shop);
  await meet(shop.deps, other, root);
  return { shop, one: shop.deps, other, root };
};

/** The till as it stands, in a profile copied aside: same key, same records, from here on its own. */
export const twinOf = async (deps: Deps): Promise<Deps> => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  const db = openDatabase("refund-desk");
  const source = deps.journal.db;
  for (const { name } of source.tables) {
    const rows: unknown[] = await source.table(name).toArray();
    const known: unknown[] = await db.table(name).toCollection().primaryKeys();
    if (known.length > 0) await db.table(name).clear();
    await db.table(name).bulkAdd(rows);
  }
  const journal = {
    db,
    safetyCopy: memorySafetyCopy(),
    marks: memoryMarks(),
    copyName: deps.journal.copyName,
  };
  return { ...deps, journal };
};
