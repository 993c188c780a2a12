import { beforeEach, describe, expect, it } from "vitest";

import { writeRef, type RecordRef } from "../../src/domain/ids.ts";
import { getRefusal } from "../../src/storage/queries.ts";
import { readBooks } from "../../src/storage/rebuild.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import { findErasable, findErasableRefusal } from "../../src/usecases/customer-tellings.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseRefusal } from "../../src/usecases/erase-customer.ts";
import { mergeDeviceFile, readDeviceFile } from "../../src/usecases/merge-device.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { copyOf, dieAt, restarted } from "../support/dying-copy.ts";
import { aMergeJob, blobOf, fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { newCaseId } from "../support/money-steps.ts";
import { caseAt, paymentAt, refundNow } from "../support/refunds.ts";
import {
  aMergedRefund,
  aThirdTill,
  eraseAll,
  erasuresAt,
  expectSameBooks,
  expectWholeCopies,
  tellOf,
  told,
} from "../support/told-elsewhere.ts";
import { codesOf, leftIn, note, payer } from "../support/told-refund.ts";
import { twoTills, type TwoTills } from "../support/two-tills.ts";

let tills: TwoTills;
/** Erases what the other one recorded. */
let one: Deps;
let other: Deps;

beforeEach(async () => {
  tills = await twoTills();
  ({ one, other } = tills);
});

describe("a customer whom another till recorded (X41, refundlog §10)", () => {
  it("X41 is erased here in database, copies and books, though that till is lost", async () => {
    const { caseId } = await aMergedRefund(tills);
    expect(await leftIn(one)).toEqual(told);
    expect(await findErasable(one, caseId)).toEqual({ records: 2, files: 1, payer: true });
    expect(valueOf(await eraseAll(one, caseId))).toMatchObject({ copies: 2 });
    expect(await leftIn(one)).toEqual([]);
    expect(await caseAt(one, caseId)).toMatchObject({ erased: { why: "request" } });
    expect(await findErasable(one, caseId)).toEqual({ records: 0, files: 0, payer: false });
    expect(faultOf(await eraseAll(one, caseId))).toEqual({ kind: "nothing_to_erase" });
    await expectWholeCopies(one);
    await expectSameBooks(one);
    expect(await codesOf(one)).toEqual([]);
  });

  it("X41 goes by one plan with what this till said of the same payment", async () => {
    await sameSale(other, "BOTH-1", { payer });
    const of = await sameSale(one, "BOTH-1", { payer });
    valueOf(await mergeInto(one, await fileOf(other)));
    const caseId = await refundNow(one, { of, note });
    valueOf(await eraseAll(one, caseId));
    expect(await leftIn(one)).toEqual([]);
    expect((await paymentAt(one, of)).payer).toBeUndefined();
    const devices = (await erasuresAt(one)).map(({ device }) => device);
    expect(devices.toSorted()).toEqual([one.device, one.device, other.device].toSorted());
    expect(await codesOf(one)).toEqual(["W_ERASED"]);
    await expectSameBooks(one);
  });

  it("X41 does not come back by an older file, whole or once more, nor by the copies of a lost database", async () => {
    const { caseId, before } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
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
    const { caseId } = await aMergedRefund(tills);
    await refundNow(other);
    const file = valueOf(await readDeviceFile(one, blobOf(await fileOf(other)), aMergeJob()));
    valueOf(await eraseAll(one, caseId));
    expect(faultOf(await mergeDeviceFile(one, file))).toEqual({ kind: "head_moved" });
    expect(await leftIn(one)).toEqual([]);
  });

  it("X41 no clock that runs ahead keeps a word of it in the books", async () => {
    const ahead = { ...other, now: () => other.now() + 3_600_000 };
    const caseId = await tellOf(ahead);
    valueOf(await mergeInto(one, await fileOf(ahead)));
    valueOf(await eraseAll(one, caseId));
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
    const { caseId, before } = await aMergedRefund(tills);
    const ref = await aDeclinedRequest();
    const later = await fileOf(other);
    valueOf(await mergeInto(one, later));
    valueOf(await eraseAll(one, caseId));
    valueOf(await eraseRefusal(one, ref, "request"));
    const erasing = await fileOf(one);
    const books = [];
    for (const files of [
      [erasing, before, later],
      [before, erasing, later],
      [before, later, erasing],
      [erasing, later],
    ]) {
      const third = await aThirdTill(tills);
      for (const file of files) expect(valueOf(await mergeInto(third, file)).copies).toBe(2);
      expect(await leftIn(third)).toEqual([]);
      expect(await caseAt(third, caseId)).toMatchObject({ erased: { why: "request" } });
      expect(await getRefusal(third.journal.db, writeRef(ref))).toMatchObject({ erased: true });
      await expectWholeCopies(third);
      await expectSameBooks(third);
      const { cases, refusals, payments, waiting } = await readBooks(third.journal.db);
      expect([...waiting]).toEqual([]);
      const money = [...payments.values()].map(({ versions, claims }) => ({ versions, claims }));
      books.push({ cases, refusals, money });
    }
    for (const some of books) expect(some).toEqual(books[0]);
  }, 60_000);
});

describe("a file that was read before an erasure came", () => {
  it("X41 is read anew, so that nothing erased comes in", async () => {
    const { caseId, before } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    const third = await aThirdTill(tills);
    const read = valueOf(await readDeviceFile(third, blobOf(before), aMergeJob()));
    valueOf(await mergeInto(third, await fileOf(one)));
    expect(faultOf(await mergeDeviceFile(third, read))).toEqual({ kind: "head_moved" });
    expect(await leftIn(third)).toEqual([]);
    valueOf(await mergeInto(third, before));
    expect(await leftIn(third)).toEqual([]);
  });
});

describe("an erasure of another chain that is interrupted (F109)", () => {
  it("F109 X41 is finished by the next start, wherever it was killed", async () => {
    const { caseId } = await aMergedRefund(tills);
    const calls = dieAt(copyOf(one), Infinity, "after");
    const before = calls();
    valueOf(await eraseAll(one, caseId));
    const ofErasure = calls() - before;
    expect(ofErasure).toBeGreaterThan(7);
    for (let at = 1; at <= ofErasure; at++) {
      tills = await twoTills();
      ({ one, other } = tills);
      const { caseId: next } = await aMergedRefund(tills);
      dieAt(copyOf(one), at, at % 2 === 0 ? "half" : "after");
      expect(faultOf(await eraseAll(one, next))).toMatchObject({ message: "the app was killed" });
      const again = restarted(one);
      expect((await checkAtStart(again.journal)).kind).toMatch(/ready|copy_fixed/);
      expect([at, await leftIn(again)]).toEqual([at, []]);
      await expectWholeCopies(again);
      expect(await codesOf(again)).toEqual([]);
    }
  }, 120_000);

  it("F109 X41 is finished by the next start where it came by a merge, wherever that was killed", async () => {
    const { caseId, before } = await aMergedRefund(tills);
    valueOf(await eraseAll(one, caseId));
    const erasing = await fileOf(one);
    const merged = async (at: number) => {
      const third = await aThirdTill(tills);
      valueOf(await mergeInto(third, before));
      const calls = dieAt(copyOf(third), at, at % 2 === 0 ? "half" : "after");
      const done = await mergeInto(third, erasing).catch(() => undefined);
      return { third, done, calls };
    };
    const { calls, done } = await merged(Infinity);
    expect(done).toMatchObject({ ok: true });
    for (let at = 1; at <= calls(); at++) {
      const again = restarted((await merged(at)).third);
      expect((await checkAtStart(again.journal)).kind).toMatch(/ready|copy_fixed/);
      expect([at, await leftIn(again)]).toEqual([at, []]);
      await expectWholeCopies(again);
      valueOf(await mergeInto(again, erasing));
      expect(await codesOf(again)).toEqual([]);
    }
  }, 120_000);
});
