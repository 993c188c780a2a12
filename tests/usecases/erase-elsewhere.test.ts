import Dexie from "dexie";
import { beforeEach, describe, expect, it } from "vitest";

import { writeRef, type CaseId, type RecordRef } from "../../src/domain/ids.ts";
import { erasureIn } from "../../src/ledger/erasure.ts";
import { getRefusal } from "../../src/storage/queries.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { findErasable, findErasableRefusal } from "../../src/usecases/customer-tellings.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { countAsked, eraseAsAsked } from "../../src/usecases/erase-as-asked.ts";
import { eraseCustomer, eraseRefusal } from "../../src/usecases/erase-customer.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { mergeDeviceFile, readDeviceFile } from "../../src/usecases/merge-device.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { copyOf, dieAt, restarted } from "../support/dying-copy.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { newCaseId } from "../support/money-steps.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import { as, join } from "../support/people.ts";
import { aPaper, codesOf, leftIn, note, payer, picture, said } from "../support/told-refund.ts";
import { anotherTill, meet, twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
/** Erases what the other one recorded. */
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

const erase = (deps: Deps, caseId: CaseId) =>
  eraseCustomer(deps, { caseId, payer: true, why: "request" });

/** A refund of the other till, with words, a paper and the payer. */
const aToldRefund = async (deps = other): Promise<CaseId> => {
  const of = await payNow(deps, { payer });
  const caseId = await refundNow(deps, { of, note, evidence: [await aPaper(deps)] });
  valueOf(await logContact(deps, caseId, { with: "customer", via: "phone", text: said }));
  return caseId;
};

/** The same, merged into the first till by the file that is given. */
const aMergedRefund = async (): Promise<{ readonly caseId: CaseId; readonly before: OutFile }> => {
  const caseId = await aToldRefund();
  const before = await fileOf(other);
  valueOf(await mergeInto(one, before));
  return { caseId, before };
};

const all = [note, said, payer, picture];

const aClerkAt = async (deps: Deps): Promise<Deps> => as(deps, (await join(deps)).staff);

const aThirdTill = async (): Promise<Deps> => {
  const third = await anotherTill(tills.shop, { label: "T3", prefix: "T3T3T3" });
  await meet(third, one, tills.root);
  await meet(third, other, tills.root);
  return third;
};

const erasuresOf = async (deps: Deps) => {
  const rows = await deps.journal.db.records.where("kind").equals("erase").toArray();
  return rows.flatMap((row) => erasureIn(row) ?? []);
};

/** The books are those that a rebuild makes. */
const expectSameBooks = async ({ journal: { db }, device }: Deps): Promise<void> => {
  const books = await readBooks(db);
  valueOf(await rebuild(db, device));
  expect(await readBooks(db)).toEqual(books);
};

const inOrder = (a: number, b: number): number => a - b;

/** Every copy is as long as its head says. */
const expectWholeCopies = async ({ journal }: Deps): Promise<void> => {
  const sizes = [...copyOf({ journal } as Deps).files.values()].map(({ length }) => length);
  const heads = await journal.db.heads.toArray();
  expect(sizes.toSorted(inOrder)).toEqual(heads.map((head) => head.copySize).toSorted(inOrder));
};

describe("a customer whom another till recorded (X41, refundlog §10)", () => {
  it("X41 is erased here in database, copies and books, though that till is lost", async () => {
    const { caseId } = await aMergedRefund();
    expect(await leftIn(one)).toEqual(all);
    expect(await findErasable(one, caseId)).toEqual({ records: 2, files: 1, payer: true });
    expect(valueOf(await erase(one, caseId))).toMatchObject({ copies: 2 });
    expect(await leftIn(one)).toEqual([]);
    expect(await caseAt(one, caseId)).toMatchObject({ erased: { why: "request" } });
    expect(await findErasable(one, caseId)).toEqual({ records: 0, files: 0, payer: false });
    expect(faultOf(await erase(one, caseId))).toEqual({ kind: "nothing_to_erase" });
    await expectWholeCopies(one);
    await expectSameBooks(one);
    expect(await codesOf(one)).toEqual([]);
  });

  it("X41 goes by one plan with what this till said of the same payment", async () => {
    await sameSale(other, "BOTH-1", { payer });
    const of = await sameSale(one, "BOTH-1", { payer });
    valueOf(await mergeInto(one, await fileOf(other)));
    const caseId = await refundNow(one, { of, note });
    valueOf(await erase(one, caseId));
    expect(await leftIn(one)).toEqual([]);
    expect((await paymentAt(one, of)).payer).toBeUndefined();
    const devices = (await erasuresOf(one)).map(({ device }) => device);
    expect(devices.toSorted()).toEqual([one.device, one.device, other.device].toSorted());
    expect(await codesOf(one)).toEqual(["W_ERASED"]);
    await expectSameBooks(one);
  });

  it("X41 does not come back by an older file, whole or once more, nor by the copies of a lost database", async () => {
    const { caseId, before } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    expect(valueOf(await mergeInto(one, before))).toMatchObject({ fresh: 0 });
    expect(await leftIn(one)).toEqual([]);
    await refundNow(other);
    expect(valueOf(await mergeInto(one, await fileOf(other)))).toMatchObject({ copies: 2 });
    expect(await leftIn(one)).toEqual([]);
    await expectWholeCopies(one);
    await one.journal.db.delete();
    expect(await checkAtStart(one.journal)).toMatchObject({ kind: "repaired" });
    expect(await leftIn(one)).toEqual([]);
    await expectWholeCopies(one);
  });

  it("X41 a file that was read before the erasure is read anew", async () => {
    const { caseId } = await aMergedRefund();
    await refundNow(other);
    const file = valueOf(await readDeviceFile(one, blobOf(await fileOf(other)), aMergeJob()));
    valueOf(await erase(one, caseId));
    expect(faultOf(await mergeDeviceFile(one, file))).toEqual({ kind: "head_moved" });
    expect(await leftIn(one)).toEqual([]);
  });

  it("X41 no clock that runs ahead keeps a word of it in the books", async () => {
    const ahead = { ...other, now: () => other.now() + 3_600_000 };
    const caseId = await aToldRefund(ahead);
    valueOf(await mergeInto(one, await fileOf(ahead)));
    valueOf(await erase(one, caseId));
    expect(await leftIn(one)).toEqual([]);
    await expectSameBooks(one);
  });

  it("X41 a declined request goes as well", async () => {
    const ref = await aDeclinedRequest();
    valueOf(await mergeInto(one, await fileOf(other)));
    expect(await findErasableRefusal(one, ref)).toEqual({ records: 1, files: 0, payer: false });
    valueOf(await eraseRefusal(one, ref, "mistake"));
    expect(await leftIn(one)).toEqual([]);
    expect(await getRefusal(one.journal.db, writeRef(ref))).toMatchObject({ erased: true });
  });
});

const aDeclinedRequest = async (): Promise<RecordRef> => {
  const draft = { caseId: newCaseId(other), reason: "not_ours", offers: [], note };
  const [declined] = valueOf(await declineRequest(other, undefined, draft)).records;
  if (declined === undefined) throw new Error("no refusal");
  return { device: declined.device, seq: declined.seq };
};

describe("the erasure on a third till (refundlog §16)", () => {
  it("X41 X9 takes the data away whichever file comes first, with the same books", async () => {
    const { caseId, before } = await aMergedRefund();
    const ref = await aDeclinedRequest();
    const later = await fileOf(other);
    valueOf(await mergeInto(one, later));
    valueOf(await erase(one, caseId));
    valueOf(await eraseRefusal(one, ref, "request"));
    const erasing = await fileOf(one);
    const books = [];
    for (const files of [
      [erasing, before, later],
      [before, erasing, later],
      [before, later, erasing],
      [erasing, later],
    ]) {
      const third = await aThirdTill();
      for (const file of files) expect(valueOf(await mergeInto(third, file)).copies).toBe(2);
      expect(await leftIn(third)).toEqual([]);
      expect(await caseAt(third, caseId)).toMatchObject({ erased: { why: "request" } });
      expect(await getRefusal(third.journal.db, writeRef(ref))).toMatchObject({ erased: true });
      await expectWholeCopies(third);
      await expectSameBooks(third);
      const { cases, refusals, payments, waiting } = await readBooks(third.journal.db);
      expect([...waiting]).toEqual([]);
      const told = [...payments.values()].map(({ versions, claims }) => ({ versions, claims }));
      books.push({ cases, refusals, told });
    }
    for (const some of books) expect(some).toEqual(books[0]);
  }, 60_000);
});

describe("a customer whom two tills erase", () => {
  it("X41 is forgotten as if one had, on either and where the record was made", async () => {
    const { caseId, before } = await aMergedRefund();
    const third = await aThirdTill();
    valueOf(await mergeInto(third, before));
    valueOf(await erase(one, caseId));
    valueOf(await erase(third, caseId));
    const [byOne, byThird] = [await fileOf(one), await fileOf(third)];
    valueOf(await mergeInto(third, byOne));
    valueOf(await mergeInto(one, byThird));
    const clerk = await aClerkAt(other);
    valueOf(await mergeInto(clerk, byOne));
    valueOf(await mergeInto(clerk, byThird));
    expect(await countAsked(other)).toBe(3);
    expect(valueOf(await eraseAsAsked(other)).records).toHaveLength(3);
    for (const till of [one, third, other]) {
      expect(await leftIn(till)).toEqual([]);
      await expectWholeCopies(till);
      await expectSameBooks(till);
    }
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
  });
});

describe("a file that was read before an erasure came", () => {
  it("X41 is read anew, so that nothing erased comes in", async () => {
    const { caseId, before } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    const third = await aThirdTill();
    const read = valueOf(await readDeviceFile(third, blobOf(before), aMergeJob()));
    valueOf(await mergeInto(third, await fileOf(one)));
    expect(faultOf(await mergeDeviceFile(third, read))).toEqual({ kind: "head_moved" });
    expect(await leftIn(third)).toEqual([]);
    valueOf(await mergeInto(third, before));
    expect(await leftIn(third)).toEqual([]);
  });
});

describe("the till whose record it was (refundlog §10)", () => {
  it("X41 erases it itself when it hears of it, so that its own file stays good", async () => {
    const { caseId } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    valueOf(await mergeInto(other, await fileOf(one)));
    expect(await leftIn(other)).toEqual([]);
    expect(await countAsked(other)).toBe(0);
    const own = (await erasuresOf(other)).filter(({ by }) => by === other.device);
    expect(own.map(({ device }) => device)).toEqual([other.device, other.device, other.device]);
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
    await expectWholeCopies(other);
    await expectSameBooks(other);
    valueOf(await mergeInto(one, await fileOf(other, "new")));
    expect(await leftIn(one)).toEqual([]);
    await expectSameBooks(one);
  });

  it("X41 asks for somebody who may, keeps all until then, and its file is good before and after", async () => {
    const { caseId } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    expect(await countAsked(other)).toBe(3);
    expect(await leftIn(other)).toEqual(all);
    expect((await caseAt(other, caseId)).erased).toBeUndefined();
    expect(await codesOf(other)).toEqual([]);
    expect(faultOf(await eraseAsAsked(await aClerkAt(other)))).toMatchObject({
      kind: "not_entitled",
    });
    await expectSameBooks(other);
    valueOf(await eraseAsAsked(other));
    expect(await leftIn(other)).toEqual([]);
    expect(await countAsked(other)).toBe(0);
    expect(await codesOf(other)).toEqual(["W_ERASED"]);
    expect(valueOf(await eraseAsAsked(other)).records).toEqual([]);
    await expectSameBooks(other);
  });

  it("X41 a lost database comes back with what is still asked for, and its file is good", async () => {
    const { caseId } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    await other.journal.db.delete();
    expect(await checkAtStart(other.journal, other.device)).toMatchObject({ kind: "repaired" });
    expect(await countAsked(other)).toBe(3);
    valueOf(await eraseAsAsked(other));
    expect(await leftIn(other)).toEqual([]);
  });
});

describe("the other chain lost at the till that is asked", () => {
  it("X41 comes back from its copy and takes nothing away before the own chain says so", async () => {
    const { caseId } = await aMergedRefund();
    valueOf(await erase(one, caseId));
    valueOf(await mergeInto(await aClerkAt(other), await fileOf(one)));
    const raw = new Dexie(other.journal.db.name);
    await raw.open();
    const rows: readonly { device: string; seq: number }[] = await raw.table("records").toArray();
    const gone = rows.filter(({ device }) => device === one.device);
    await raw.table("records").bulkDelete(gone.map(({ device, seq }) => [device, seq]));
    await raw.table("heads").delete(one.device);
    raw.close();
    expect(await countAsked(other)).toBe(0);
    await checkAtStart(other.journal, other.device);
    expect(await countAsked(other)).toBe(3);
    expect(await leftIn(other)).toEqual(all);
    expect(await codesOf(other)).toEqual([]);
  });
});

describe("an erasure of another chain that is interrupted (F109)", () => {
  it("F109 X41 is finished by the next start, wherever it was killed", async () => {
    const { caseId } = await aMergedRefund();
    const calls = dieAt(copyOf(one), Infinity, "after");
    const before = calls();
    valueOf(await erase(one, caseId));
    const ofErasure = calls() - before;
    expect(ofErasure).toBeGreaterThan(7);
    for (let at = 1; at <= ofErasure; at++) {
      tills = await twoTills();
      ({ one, other } = tills);
      const { caseId: next } = await aMergedRefund();
      dieAt(copyOf(one), at, at % 2 === 0 ? "half" : "after");
      expect(faultOf(await erase(one, next))).toMatchObject({ message: "the app was killed" });
      const again = restarted(one);
      expect((await checkAtStart(again.journal)).kind).toMatch(/ready|copy_fixed/);
      expect([at, await leftIn(again)]).toEqual([at, []]);
      await expectWholeCopies(again);
      expect(await codesOf(again)).toEqual([]);
    }
  }, 120_000);
});
