import Dexie from "dexie";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { remaining } from "../../src/domain/payment.ts";
import type { CaseId, PaymentId, StaffId } from "../../src/domain/ids.ts";
import type { MoneyState } from "../../src/domain/refund/money-track.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { keepRefund } from "../../src/usecases/approve-refund.ts";
import { disableStaff } from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { listTasks } from "../../src/usecases/list-tasks.ts";
import { readDeviceFile } from "../../src/usecases/merge-device.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, sameSale, verifyHere } from "../support/merging.ts";
import { as, join, ownerPin } from "../support/people.ts";
import { caseAt, paymentAt, refundNow, submitNow } from "../support/refunds.ts";
import { aShop } from "../support/deps.ts";
import { anotherTill, twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";

const order = "4200000123202611220000000042";

let tills: TwoTills;

beforeEach(async () => {
  tills = await twoTills();
});

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const refundSale = async (deps: Deps, minor: number): Promise<CaseId> =>
  refundNow(deps, { of: await sameSale(deps, order), ...part(minor) });

const saleOf = async (deps: Deps, caseId: CaseId): Promise<PaymentId> => {
  const { paymentId } = await caseAt(deps, caseId);
  if (paymentId === undefined) throw new Error("a refund of a payment");
  return paymentId;
};

const stateAt = async (deps: Deps, id: CaseId) => {
  const { money, conflict, elsewhere } = await caseAt(deps, id);
  return { money, conflict, elsewhere };
};

const stands = (money: MoneyState, conflict: boolean, elsewhere: boolean) => ({
  money,
  conflict,
  elsewhere,
});

const bothFull = async (): Promise<readonly [CaseId, CaseId]> => {
  const { one, other } = tills;
  const here = await refundSale(one, 7_000);
  const there = await refundSale(other, 6_000);
  return [here, there];
};

const third = () => anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });

const owner = { approver: "s1" as StaffId, pin: ownerPin };

describe("a merge", () => {
  it("X9 lets both tills' refunds share one balance, each once, and our chain says so itself", async () => {
    const { one, other } = tills;
    const here = await refundSale(one, 3_000);
    const there = await refundSale(other, 2_000);
    const merged = valueOf(await mergeInto(one, await fileOf(other)));
    expect(merged).toMatchObject({ label: "T2", known: 0, conflicts: [], versions: 1, copies: 2 });
    const paymentId = await saleOf(one, here);
    const payment = await paymentAt(one, paymentId);
    expect(remaining(payment)).toEqual(cny(5_000));
    expect(payment.own).toEqual({ paid: cny(10_000), external: 2_000 });
    expect(await stateAt(one, there)).toEqual(stands("ready", false, true));
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(remaining(await paymentAt(other, paymentId))).toEqual(cny(5_000));
  });

  it("refundlog §16 both chains verify alone after both merged and refunded the rest", async () => {
    const { one, other } = tills;
    const id = await saleOf(one, await refundSale(one, 3_000));
    await refundSale(other, 2_000);
    valueOf(await mergeInto(one, await fileOf(other)));
    await refundNow(one, { of: id });
    valueOf(await mergeInto(other, await fileOf(one)));
    for (const deps of [one, other]) {
      const { root } = tills;
      const trust = { roots: new Map([[root.kid, root.jwk]]), pins: [] };
      const report = valueOf(await verifyHere(blobOf(await fileOf(deps)), trust, aMergeJob()));
      expect(report.findings).toEqual([]);
      expect(remaining(await paymentAt(deps, id))).toEqual(cny(0));
    }
  });

  it("X9 a sale that only the other till knew is refunded here without counting its refund twice", async () => {
    const { one, other } = tills;
    const there = await refundSale(other, 4_000);
    valueOf(await mergeInto(one, await fileOf(other)));
    const paymentId = await saleOf(one, there);
    const here = await refundNow(one, { of: paymentId });
    expect((await caseAt(one, here)).amount).toEqual(cny(6_000));
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(remaining(await paymentAt(other, paymentId))).toEqual(cny(0));
    expect(await stateAt(other, here)).toEqual(stands("ready", false, true));
  });

  it("X9 the same file again changes nothing, an older one is refused, a later one brings the rest", async () => {
    const { one, other } = tills;
    await refundSale(other, 2_000);
    const first = await fileOf(other);
    valueOf(await mergeInto(one, first));
    const before = await readBooks(one.journal.db);
    expect(valueOf(await mergeInto(one, first))).toMatchObject({ fresh: 0, versions: 0 });
    expect(await readBooks(one.journal.db)).toEqual(before);
    await refundNow(other);
    const rest = await fileOf(other, "new");
    valueOf(await mergeInto(one, rest));
    expect(faultOf(await mergeInto(one, first)).kind).toBe("stale");
  });

  it("refundlog §17 refuses own, foreign, changed and forked files and files that do not join", async () => {
    const { one, other } = tills;
    const twin = await twinOf(other);
    await refundSale(other, 2_000);
    const first = await fileOf(other);
    await refundNow(other);
    const rest = await fileOf(other, "new");
    expect(faultOf(await mergeInto(one, rest)).kind).toBe("gap");
    expect(faultOf(await mergeInto(one, await fileOf(one))).kind).toBe("own_device");
    const bytes = first.bytes.slice();
    bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
    expect(faultOf(await mergeInto(one, { bytes })).kind).toBe("invalid");
    expect(faultOf(await mergeInto(one, await fileOf((await aShop()).deps))).kind).toBe("invalid");
    valueOf(await mergeInto(one, first));
    await refundNow(twin);
    const forked = await fileOf(twin);
    expect(faultOf(await mergeInto(one, forked)).kind).toBe("fork");
    expect(await one.journal.db.quarantine.count()).toBe(1);
  });

  it("X9 people, policy, batches and files of the other till stay its own", async () => {
    const { one, other } = tills;
    await refundSale(other, 2_000);
    await submitNow(other);
    const before = await readBooks(one.journal.db);
    valueOf(await mergeInto(one, await fileOf(other)));
    const after = await readBooks(one.journal.db);
    for (const name of ["staff", "policies", "batches", "exports", "imports"] as const)
      expect(after[name]).toEqual(before[name]);
    const people = after.devices.get(other.device)?.people ?? [];
    expect(people.map(({ staff, name, role }) => [staff, name, role])).toEqual([
      ["s1", "小林", "owner"],
    ]);
    expect(after.devices.get(one.device)?.people).toEqual([]);
  });

  it("F69 nothing is taken in for somebody who was switched off in another window", async () => {
    const { one, other } = tills;
    const { staff } = await join(one, { role: "owner" });
    const stale = await as(one, staff);
    valueOf(await disableStaff(one, staff));
    expect(faultOf(await mergeInto(stale, await fileOf(other))).kind).toBe("locked");
    expect(await one.journal.db.heads.get(other.device)).toBeUndefined();
  });

  it("X10 what another till recorded is only looked at here", async () => {
    const { one, other } = tills;
    const there = await refundSale(other, 2_000);
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(faultOf(await withdrawRefund(one, there, "customer")).kind).toBe("other_device");
    const { groups } = await listTasks(one, instantFromMs(one.now()));
    expect(groups.flatMap(({ items }) => items.map((item) => item.refundCase.caseId))).toEqual([]);
  });
});

describe("a conflict", () => {
  it("X9 §3.5 the later of two equal ones waits, on both tills alike, and is on both lists", async () => {
    const { one, other } = tills;
    const [here, there] = await bothFull();
    const read = valueOf(await readDeviceFile(one, blobOf(await fileOf(other)), aMergeJob()));
    expect(read.conflicts).toEqual([there]);
    valueOf(await mergeInto(one, await fileOf(other)));
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(await stateAt(one, there)).toEqual(stands("ready", true, true));
    expect(await stateAt(other, there)).toEqual(stands("ready", true, false));
    expect(await stateAt(one, here)).toEqual(stands("ready", false, false));
    for (const deps of [one, other]) {
      const { groups } = await listTasks(deps, instantFromMs(deps.now()));
      expect(groups.find(({ kind }) => kind === "conflict")?.total).toBe(1);
    }
  });

  it("X9 §3.5 money on its way is never the one put aside", async () => {
    const { one, other } = tills;
    const [here, there] = await bothFull();
    await submitNow(other);
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await stateAt(one, here)).toEqual(stands("ready", true, false));
    expect(await stateAt(one, there)).toEqual(stands("submitted", false, true));
  });

  it("M23 withdrawing the one that waits ends it on both", async () => {
    const { one, other } = tills;
    const [here, there] = await bothFull();
    valueOf(await mergeInto(one, await fileOf(other)));
    valueOf(await mergeInto(other, await fileOf(one)));
    valueOf(await withdrawRefund(other, there, "conflict"));
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await stateAt(one, there)).toEqual(stands("withdrawn", false, true));
    expect(await stateAt(one, here)).toEqual(stands("ready", false, false));
    expect(faultOf(await keepRefund(other, there, owner)).kind).toBe("not_allowed_now");
  });

  it("M23 keeping it lets the other one wait instead, unless that has moved", async () => {
    const { one, other } = tills;
    const [here, there] = await bothFull();
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(faultOf(await keepRefund(one, here, owner)).kind).toBe("not_allowed_now");
    valueOf(await keepRefund(other, there, owner));
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await stateAt(one, here)).toEqual(stands("ready", true, false));
    expect(await stateAt(other, here)).toEqual(stands("ready", true, true));
    expect(await stateAt(one, there)).toEqual(stands("ready", false, true));
    await submitNow(other);
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(faultOf(await keepRefund(one, here, owner)).kind).toBe("over_remaining");
  });
});

describe("merged records", () => {
  it("X9 are the same books after a rebuild and a restart", async () => {
    const { one, other } = tills;
    await refundSale(one, 7_000);
    await refundSale(other, 6_000);
    valueOf(await mergeInto(one, await fileOf(other)));
    const { db } = one.journal;
    const before = await readBooks(db);
    valueOf(await rebuild(db));
    expect(await readBooks(db)).toEqual(before);
    expect(await checkAtStart(one.journal, one.device)).toMatchObject({ kind: "ready", copies: 2 });
    expect(await readBooks(db)).toEqual(before);
  });

  it("F42 X9 come back from their own copy when the database is gone, and count as before", async () => {
    const { one, other } = tills;
    await refundSale(one, 7_000);
    await refundSale(other, 6_000);
    valueOf(await mergeInto(one, await fileOf(other)));
    const before = await readBooks(one.journal.db);
    Dexie.dependencies.indexedDB = new IDBFactory();
    const journal = { ...one.journal, db: openDatabase("refund-desk") };
    expect(await checkAtStart(journal, one.device)).toMatchObject({ kind: "repaired", copies: 2 });
    expect(await readBooks(journal.db)).toEqual(before);
  });

  it("X9 come to the same books in any order of the files", async () => {
    const { one, other } = tills;
    const three = await third();
    await refundSale(one, 5_000);
    await refundSale(other, 4_000);
    await refundSale(three, 3_000);
    const [a, b] = [await fileOf(other), await fileOf(three)];
    const twin = await twinOf(one);
    for (const file of [a, b]) valueOf(await mergeInto(one, file));
    for (const file of [b, a]) valueOf(await mergeInto(twin, file));
    const [mine, its] = [await readBooks(one.journal.db), await readBooks(twin.journal.db)];
    expect(its.cases).toEqual(mine.cases);
    expect(its.devices).toEqual(mine.devices);
  });
});
