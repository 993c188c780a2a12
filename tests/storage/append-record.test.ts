import { schemaVersion } from "../../src/storage/database.ts";
import { beforeEach, describe, expect, it } from "vitest";
import Dexie from "dexie";
import { readFrames } from "../../src/ledger/frame.ts";
import {
  appendRecords,
  claimWriter,
  findSaved,
  readHead,
} from "../../src/storage/append-record.ts";
import { recordIn } from "../../src/storage/copy-forward.ts";
import { getPayment } from "../../src/storage/queries.ts";
import {
  anOpenTill,
  aPaymentId,
  aRequest,
  newBrowser,
  payment,
  refund,
  valueOf,
  write,
  type Till,
} from "./a-till.ts";

beforeEach(newBrowser);

const seqsInCopy = (till: Till): readonly (number | undefined)[] => {
  const bytes = till.journal.safetyCopy.files.get(till.journal.copyName(till.key.kid));
  const { frames, badAt } = readFrames(bytes ?? new Uint8Array());
  expect(badAt).toBeUndefined();
  return frames.map((frame) => recordIn(frame)?.seq);
};

const aRefund = (till: Till, over: { counter?: number; number?: number; minor?: number } = {}) =>
  refund(till, { number: 1, payment: 1, minor: 6_000, left: 10_000, counter: 0, ...over });

describe("the append function", () => {
  it("keeps a record in the database, in the copy and in the mark", async () => {
    const till = await anOpenTill();
    const saved = valueOf(await write(till, [payment(1), aRefund(till)], "intent-1"));
    expect(saved).toMatchObject({ copies: 2, repeated: false });
    expect(saved.records.map((record) => record.seq)).toEqual([3, 4]);
    const head = await readHead(till.journal, till.key.kid);
    expect(head).toMatchObject({ seq: 4, totals: { CNY: 6_000 }, refundCounter: 1 });
    expect(till.journal.marks.mark).toMatchObject({ seq: 4, head: head?.hash });
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3, 4]);
  });

  it("X37 F2 writes with strict durability", async () => {
    const till = await anOpenTill();
    const { db } = till.journal;
    const durability = await db.transaction("rw", db.meta, async () => {
      await db.meta.get("schema");
      return Dexie.currentTransaction.idbtrans.durability;
    });
    expect(durability).toBe("strict");
  });

  it("F39 X1 the same intent leads to one record, however often it is asked for", async () => {
    const till = await anOpenTill();
    const first = valueOf(await write(till, [payment(1), aRefund(till)], "intent-1"));
    const again = valueOf(await write(till, [payment(1), aRefund(till)], "intent-1"));
    expect(again).toMatchObject({ copies: 2, repeated: true });
    expect(again.records.map((record) => record.hash)).toEqual(
      first.records.map((record) => record.hash),
    );
    expect(await till.journal.db.records.count()).toBe(5);
    expect(await findSaved(till.journal, "intent-1")).toMatchObject({ repeated: true, copies: 2 });
    expect(await findSaved(till.journal, "intent-2")).toBeUndefined();
  });

  it("F40 the very same request after a lost answer is answered, not written again", async () => {
    const till = await anOpenTill();
    const request = await aRequest(till, [payment(1)]);
    valueOf(await appendRecords(till.journal, request));
    expect(valueOf(await appendRecords(till.journal, request))).toMatchObject({ repeated: true });
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3]);
  });

  it("refuses a decision that was made on an older head", async () => {
    const till = await anOpenTill();
    const late = await aRequest(till, [payment(1)]);
    valueOf(await write(till, [payment(2)]));
    expect(await appendRecords(till.journal, late)).toEqual({
      ok: false,
      fault: { kind: "head_moved" },
    });
    expect(await getPayment(till.journal.db, aPaymentId(1))).toBeUndefined();
  });

  it("F29 gives no number twice when writers race without a lock", async () => {
    const till = await anOpenTill();
    const requests = [await aRequest(till, [payment(1)]), await aRequest(till, [payment(2)])];
    const done = await Promise.all(requests.map((one) => appendRecords(till.journal, one)));
    expect(done.filter((one) => one.ok)).toHaveLength(1);
    expect(done.find((one) => !one.ok)).toEqual({ ok: false, fault: { kind: "head_moved" } });
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3]);
  });

  it("F42 refuses a refund above the balance inside the transaction", async () => {
    const till = await anOpenTill();
    valueOf(await write(till, [payment(1), aRefund(till)]));
    const second = aRefund(till, { number: 2, counter: 1, minor: 5_000 });
    expect(await write(till, [second])).toEqual({
      ok: false,
      fault: { kind: "over_refund", paymentId: aPaymentId(1) },
    });
    expect(await till.journal.db.records.count()).toBe(5);
  });

  it("never gives a refund number twice", async () => {
    const till = await anOpenTill();
    valueOf(await write(till, [payment(1), aRefund(till)]));
    const same = aRefund(till, { number: 2, counter: 0, minor: 1_000 });
    expect(await write(till, [same])).toEqual({ ok: false, fault: { kind: "head_moved" } });
  });

  it("F24 writes nothing into the database of a newer build", async () => {
    const till = await anOpenTill();
    const { db } = till.journal;
    const request = await aRequest(till, [payment(1)]);
    await db.meta.put({ name: "schema", value: schemaVersion + 1 });
    expect(await appendRecords(till.journal, request)).toEqual({
      ok: false,
      fault: { kind: "newer_schema" },
    });
    expect(await db.records.count()).toBe(3);
  });

  it("F31 refuses a writer whose epoch is over", async () => {
    const till = await anOpenTill();
    const epoch = await claimWriter(till.journal.db);
    const request = await aRequest(till, [payment(1)]);
    await claimWriter(till.journal.db);
    expect(await appendRecords(till.journal, { ...request, epoch })).toEqual({
      ok: false,
      fault: { kind: "not_writer" },
    });
    const now = { ...request, epoch: epoch + 1 };
    expect(valueOf(await appendRecords(till.journal, now)).copies).toBe(2);
  });
});

describe("the second copy", () => {
  it("F20 says so when it holds the record only once, and is completed by the next append", async () => {
    const till = await anOpenTill();
    till.journal.safetyCopy.fault = { kind: "busy" };
    const once = valueOf(await write(till, [payment(1)]));
    expect(once).toMatchObject({ copies: 1, because: "busy" });
    expect(seqsInCopy(till)).toEqual([0, 1, 2]);
    till.journal.safetyCopy.fault = undefined;
    expect(valueOf(await write(till, [payment(2)])).copies).toBe(2);
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3, 4]);
  });

  it("F40 a second tap completes the copy that the first one could not write", async () => {
    const till = await anOpenTill();
    till.journal.safetyCopy.fault = { kind: "busy" };
    valueOf(await write(till, [payment(1)], "intent-1"));
    till.journal.safetyCopy.fault = undefined;
    expect(await findSaved(till.journal, "intent-1")).toMatchObject({ repeated: true, copies: 2 });
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3]);
  });

  it("F21 a torn tail is cut and written again", async () => {
    const till = await anOpenTill();
    const { files } = till.journal.safetyCopy;
    const name = till.journal.copyName(till.key.kid);
    const whole = files.get(name) ?? new Uint8Array();
    files.set(name, whole.slice(0, whole.length - 7));
    expect(valueOf(await write(till, [payment(1)])).copies).toBe(2);
    expect(seqsInCopy(till)).toEqual([0, 1, 2, 3]);
  });

  it("a copy that holds records of another history is left alone", async () => {
    const till = await anOpenTill();
    const other = await anOpenTill("refund-desk-training");
    valueOf(await write(other, [payment(7)]));
    const [foreign] = other.journal.safetyCopy.files.values();
    till.journal.safetyCopy.files.set(
      till.journal.copyName(till.key.kid),
      foreign ?? new Uint8Array(),
    );
    expect(valueOf(await write(till, [payment(1)]))).toMatchObject({
      copies: 1,
      because: "differs",
    });
  });
});
