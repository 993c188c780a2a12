import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";
import type { DeviceId } from "../../src/domain/ids.ts";
import { hashText } from "../../src/ledger/base64url.ts";
import type { RecordHash } from "../../src/ledger/record.ts";
import { permitRepair } from "../../src/storage/append-only.ts";
import { restorePeers } from "../../src/storage/peer-copies.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import type { RecordRow } from "../../src/storage/rows.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import type { MemorySafetyCopy } from "../support/memory-safety-copy.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { refundNow } from "../support/refunds.ts";
import { twoTills, type TwoTills } from "../support/two-tills.ts";

const order = "4200000123202611220000000042";

let tills: TwoTills;

beforeEach(async () => {
  tills = await twoTills();
});

const refundSale = async (deps: Deps, minor: number): Promise<unknown> =>
  refundNow(deps, {
    of: await sameSale(deps, order),
    amount: { kind: "partial", amount: cny(minor) },
  });

/** One till with the records of the other, each with a refund of the same sale. */
const merged = async (): Promise<Deps> => {
  const { one, other } = tills;
  await refundSale(one, 5_000);
  await refundSale(other, 4_000);
  expect(valueOf(await mergeInto(one, await fileOf(other))).copies).toBe(2);
  return one;
};

/** Reaches past the guard of the records, as damage does. */
const damage = ({ journal: { db } }: Deps, work: () => Promise<unknown>): Promise<void> =>
  db.transaction("rw", [db.records, db.heads], async () => {
    permitRepair(Dexie.currentTransaction);
    await work();
  });

const loseChain = (deps: Deps, device: DeviceId): Promise<void> =>
  damage(deps, async () => {
    const { records, heads } = deps.journal.db;
    const keys = (await records.toArray()).filter((row) => row.device === device);
    await records.bulkDelete(keys.map(({ seq }) => [device, seq]));
    await heads.delete(device);
  });

const copiesOf = ({ journal }: Deps): MemorySafetyCopy => journal.safetyCopy as MemorySafetyCopy;

const copyOfPeer = (deps: Deps, device: DeviceId): Uint8Array | undefined =>
  copiesOf(deps).files.get(`peer-${deps.journal.copyName(device)}`);

/** Ways in which records of another device stand in the database and not in the books. */
const beyondTheHead = {
  whole: async (one: Deps, device: DeviceId) => {
    await loseChain(one, device);
    valueOf(await rebuild(one.journal.db, one.device));
    await restorePeers(one.journal, valueOf(await one.journal.safetyCopy.list()));
  },
  damaged: async (one: Deps, device: DeviceId) => {
    await changeSecond(one, device, (row) => ({
      ...row,
      jwt: row.jwt.replace(/.(?=.{10}$)/, "?"),
    }));
    valueOf(await rebuild(one.journal.db, one.device));
  },
  another: async (one: Deps, device: DeviceId) => {
    await changeSecond(one, device, (row) => ({ ...row, hash: hashText("another") as RecordHash }));
    valueOf(await rebuild(one.journal.db, one.device));
  },
} as const;

const changeSecond = (
  deps: Deps,
  device: DeviceId,
  change: (row: RecordRow) => RecordRow,
): Promise<void> =>
  damage(deps, async () => {
    const { records } = deps.journal.db;
    const row = await records.get([device, 1]);
    if (row !== undefined) await records.put(change(row));
  });

describe("records of other devices at the start", () => {
  it("F42 X9 reach the books, though the start that brought them back was interrupted", async () => {
    const one = await merged();
    const before = await readBooks(one.journal.db);
    await loseChain(one, tills.other.device);
    valueOf(await rebuild(one.journal.db, one.device));
    expect(await readBooks(one.journal.db)).not.toEqual(before);
    await restorePeers(one.journal, valueOf(await one.journal.safetyCopy.list()));
    expect(await checkAtStart(one.journal, one.device)).toMatchObject({ kind: "ready", copies: 2 });
    expect(await readBooks(one.journal.db)).toEqual(before);
  });

  it("F3 X9 are not taken for this device's when its own are lost", async () => {
    const one = await merged();
    const mark = one.journal.marks.read();
    await loseChain(one, one.device);
    copiesOf(one).files.delete(one.journal.copyName(one.device));
    await one.journal.db.envelopes.delete("enrolment");
    expect(await checkAtStart(one.journal)).toEqual({ kind: "lost", mark });
    expect(one.journal.marks.read()).toEqual(mark);
  });
});

describe("a later file of another device", () => {
  it("is appended to its copy, which is not read again", async () => {
    const one = await merged();
    const { other } = tills;
    await refundNow(other);
    const file = await fileOf(other);
    const copy = copiesOf(one);
    const reads: string[] = [];
    const { read } = copy;
    Object.assign(copy, {
      read: (name: string, from?: number) => (reads.push(name), read(name, from)),
    });
    expect(valueOf(await mergeInto(one, file)).copies).toBe(2);
    expect(reads).toEqual([]);
    const head = await one.journal.db.heads.get(other.device);
    expect(copyOfPeer(one, other.device)?.length).toBe(head?.copySize);
  });

  it.each(["whole", "damaged"] as const)(
    "X9 joins though %s records lie beyond the head that a rebuild came to",
    async (how) => {
      const one = await merged();
      const { other } = tills;
      const before = await readBooks(one.journal.db);
      await beyondTheHead[how](one, other.device);
      expect((await readBooks(one.journal.db)).cases.size).toBe(before.cases.size - 1);
      expect(valueOf(await mergeInto(one, await fileOf(other))).copies).toBe(2);
      expect((await readBooks(one.journal.db)).cases).toEqual(before.cases);
      valueOf(await rebuild(one.journal.db, one.device));
      expect((await readBooks(one.journal.db)).cases).toEqual(before.cases);
      expect(await one.journal.db.quarantine.count()).toBe(how === "damaged" ? 1 : 0);
    },
  );

  it("X41 X9 joins as an older file tells it, and what was erased of it meanwhile stays away", async () => {
    const { one, other } = tills;
    const caseId = await refundNow(other, { note: "王女士说凉皮太咸" });
    const older = await fileOf(other);
    valueOf(await eraseCustomer(other, { caseId, payer: true, why: "request" }));
    valueOf(await mergeInto(one, await fileOf(other)));
    const rows = await one.journal.db.records.toArray();
    await beyondTheHead.whole(one, other.device);
    expect(valueOf(await mergeInto(one, older)).copies).toBe(2);
    expect(await one.journal.db.records.toArray()).toEqual(rows);
  });

  it("X9 stays out when another record stands beyond the head", async () => {
    const one = await merged();
    const { other } = tills;
    await beyondTheHead.another(one, other.device);
    expect(faultOf(await mergeInto(one, await fileOf(other)))).toMatchObject({ kind: "fork" });
  });
});
