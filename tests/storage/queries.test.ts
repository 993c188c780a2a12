import { beforeEach, describe, expect, it } from "vitest";
import { nextRefundNumber } from "../../src/domain/refund-number.ts";
import { valueOf as unwrap } from "../support/a.ts";
import {
  casesOfPayment,
  casesOfRefunds,
  countByTask,
  currentPolicy,
  findCaseByRefundNo,
  getBatch,
  getCase,
  getPayment,
  paymentsBearing,
  listBatches,
  listCases,
  listDevices,
  listPayments,
  listStaff,
  recordsFrom,
  shopAndDevice,
  unexported,
} from "../../src/storage/queries.ts";
import { searchCases, searchPayments } from "../../src/storage/search.ts";
import {
  aCaseId,
  anOpenTill,
  aPaymentId,
  newBrowser,
  payment,
  prefix,
  refund,
  transactionId,
  write,
  type Till,
} from "./a-till.ts";
import type { BatchId } from "../../src/domain/ids.ts";

beforeEach(newBrowser);

/** Payments 1 to n, each with one refund of 10 fen, two in a record pair; case n is the newest. */
const aBusyTill = async (count: number): Promise<Till> => {
  const till = await anOpenTill();
  let counter = 0;
  for (let number = 1; number <= count; number++) {
    const plan = { number, payment: number, minor: 10, left: 100 + number, counter };
    counter = nextRefundNumber(prefix, counter).counter;
    unwrap(await write(till, [payment(number, 100 + number), refund(till, plan)]));
  }
  return till;
};

const numbered = (number: number, order: string) => ({
  ...payment(number),
  numbers: { out_trade_no: order },
});

describe("lists", () => {
  it("give every case once, newest first, page by page", async () => {
    const { journal } = await aBusyTill(7);
    const first = await listCases(journal.db, { limit: 3 });
    const second = await listCases(journal.db, { limit: 3, before: first[2] ?? never() });
    const third = await listCases(journal.db, { limit: 3, before: second[2] ?? never() });
    const ids = [...first, ...second, ...third].map((one) => one.caseId);
    expect(ids).toEqual([7, 6, 5, 4, 3, 2, 1].map(aCaseId));
  });

  it("give the cases of some money states in one order", async () => {
    const till = await aBusyTill(5);
    const { db } = till.journal;
    const second = await getCase(db, aCaseId(2));
    const ref = second?.attempts[0]?.record ?? never();
    unwrap(await write(till, [{ kind: "withdraw", refund: ref, why: "customer" }]));
    const both = await listCases(db, { states: ["ready", "withdrawn"], limit: 4 });
    expect(both.map((one) => one.caseId)).toEqual([5, 4, 3, 2].map(aCaseId));
    const rest = await listCases(db, {
      states: ["ready", "withdrawn"],
      before: both[3] ?? never(),
    });
    expect(rest.map((one) => one.caseId)).toEqual([aCaseId(1)]);
    expect((await listCases(db, { states: ["withdrawn"] })).length).toBe(1);
    expect(await countByTask(db)).toMatchObject({ export: 4, approve: 0 });
    expect((await unexported(db)).map((one) => one.caseId)).toEqual([1, 3, 4, 5].map(aCaseId));
  });

  it("give payments by the time they were paid", async () => {
    const { journal } = await aBusyTill(5);
    const first = await listPayments(journal.db, { limit: 2 });
    expect(first.map((one) => one.paymentId)).toEqual([5, 4].map(aPaymentId));
    const last = first[1] ?? never();
    const before = { seenAt: last.paidAt ?? never(), paymentId: last.paymentId };
    const second = await listPayments(journal.db, { before, limit: 9 });
    expect(second.map((one) => one.paymentId)).toEqual([3, 2, 1].map(aPaymentId));
  });

  it("give the records of a chain in stretches, none left out", async () => {
    const { journal, key } = await aBusyTill(3);
    const seqs: number[] = [];
    for await (const records of recordsFrom(journal.db, key.kid, 2, 8))
      seqs.push(...records.map((record) => record.seq));
    expect(seqs).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("look-ups", () => {
  it("find a payment by any of its own numbers, and by one that was misread", async () => {
    const { journal } = await aBusyTill(3);
    const idOf = async (number: string) =>
      (await paymentsBearing(journal.db, number)).map(({ paymentId }) => paymentId);
    expect(await idOf(transactionId(2))).toEqual([aPaymentId(2)]);
    expect(await idOf("SO2-IL0")).toEqual([aPaymentId(2)]);
    expect(await idOf("so2-1lo")).toEqual([aPaymentId(2)]);
    expect(await idOf("SO4-IL0")).toEqual([]);
    expect((await getPayment(journal.db, aPaymentId(3)))?.amount.minor).toBe(103);
  });

  it("prefer the exact spelling where two payments differ only in characters that people confuse", async () => {
    const till = await anOpenTill();
    unwrap(await write(till, [numbered(1, "ORDER-10"), numbered(2, "ORDER-IO")]));
    const idOf = async (number: string) =>
      (await paymentsBearing(till.journal.db, number)).map(({ paymentId }) => paymentId);
    expect(await idOf("ORDER-10")).toEqual([aPaymentId(1)]);
    expect(await idOf("ORDER-IO")).toEqual([aPaymentId(2)]);
  });

  it("do not take the number of a batch or a voucher for that of a payment", async () => {
    const till = await anOpenTill();
    const event = { ...payment(1), numbers: { voucher_no: "000123" } };
    unwrap(await write(till, [event]));
    expect(await paymentsBearing(till.journal.db, "000123")).toEqual([]);
    expect(await searchPayments(till.journal.db, { kind: "number", text: "0123" })).toHaveLength(1);
  });

  it("find cases by refund number, payment and record", async () => {
    const { journal } = await aBusyTill(3);
    const known = (await getCase(journal.db, aCaseId(2))) ?? never();
    const attempt = known.attempts[0] ?? never();
    const { db } = journal;
    expect((await findCaseByRefundNo(db, attempt.refundNo))?.caseId).toBe(known.caseId);
    const lower = attempt.refundNo.toLowerCase();
    expect((await findCaseByRefundNo(db, lower))?.caseId).toBe(known.caseId);
    expect(await casesOfPayment(db, aPaymentId(2))).toEqual([known]);
    expect(await casesOfRefunds(db, [attempt.record, attempt.record])).toEqual([known]);
    expect(await casesOfRefunds(db, [])).toEqual([]);
  });

  it("search by amount, by the end of a number, and by a whole refund number", async () => {
    const { journal } = await aBusyTill(4);
    const { db } = journal;
    const amount = { kind: "amount", minor: 10 } as const;
    expect((await searchCases(db, amount)).map((one) => one.caseId)).toEqual(
      [4, 3, 2, 1].map(aCaseId),
    );
    expect(await searchPayments(db, { kind: "amount", minor: 103 })).toHaveLength(1);
    const tail = { kind: "number", text: transactionId(3).slice(-6) } as const;
    expect((await searchPayments(db, tail)).map((one) => one.paymentId)).toEqual([aPaymentId(3)]);
    expect((await searchCases(db, tail)).map((one) => one.caseId)).toEqual([aCaseId(3)]);
    expect(await searchCases(db, { kind: "number", text: "003" })).toEqual([]);
    const refundNo = nextRefundNumber(prefix, 0).number;
    const found = await searchCases(db, { kind: "number", text: refundNo });
    expect(found.map((one) => one.caseId)).toEqual([aCaseId(1)]);
  });

  it("know the shop, its people, its policy and its batches", async () => {
    const { journal, key } = await aBusyTill(1);
    const { db } = journal;
    expect((await shopAndDevice(db, key.kid)).device.prefix).toBe(prefix);
    expect((await listStaff(db)).map((one) => one.name)).toEqual(["店主"]);
    expect((await currentPolicy(db, "policy")).version).toBe(1);
    await expect(currentPolicy(db, "reasons")).rejects.toThrow(/no reasons/);
    expect(await listDevices(db)).toHaveLength(1);
    expect(await listBatches(db)).toEqual([]);
    expect(await getBatch(db, "none" as BatchId)).toBeUndefined();
  });
});

const never = (): never => {
  throw new Error("missing");
};
