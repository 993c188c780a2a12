import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyBooks, policyKey, post, type Books } from "../../src/domain/books.ts";
import { copyBooks } from "../../src/domain/copy-books.ts";
import { touchedBy } from "../../src/domain/touched.ts";
import { writeRef, type BatchId, type CaseId, type StaffId } from "../../src/domain/ids.ts";
import type { JournalEvent, PolicyEvent, Recorded } from "../../src/domain/journal-event.ts";
import {
  aCaseId,
  aHash,
  aMoneyEvent,
  aNoticeEvent,
  aPaymentEvent,
  aPaymentId,
  aRecorded,
  aRefundEvent,
  at,
  aWithdrawEvent,
  cny,
  device,
  refundRef,
  remainingMinor,
  shanghai,
} from "../support/a.ts";
import { anyAct, beginWalk, replay, step } from "../support/walk.ts";
import { runs } from "../support/deep.ts";

const booksOf = (...events: readonly JournalEvent[]): Books =>
  replay(events.map((event, seq) => aRecorded(event, seq)));

const aPolicy = (what: PolicyEvent["what"], document: PolicyEvent["document"]): PolicyEvent => ({
  kind: "policy",
  what,
  version: 1,
  hash: aHash(1),
  document,
});

const others: readonly JournalEvent[] = [
  {
    kind: "genesis",
    jwk: { crv: "P-256", kty: "EC", x: "x", y: "y" },
    label: "柜台",
    prefix: "R7K2Q4",
    shop: { name: "面馆", currency: cny(0).currency, zone: shanghai.zone },
  },
  { kind: "staff", staff: "lead" as StaffId, op: "added", role: "lead" },
  { kind: "staff", staff: "lead" as StaffId, op: "disabled" },
  aPolicy("policy", { windowDays: 7 }),
  aPolicy("profile", { acquirer: "wechatpay" }),
  { kind: "import", file: aHash(8), rows: 3, acquirer: "alipay", format: "csv", sums: {} },
  { kind: "export", exportId: "x1" },
  { kind: "gap", from: at("2026-11-22T06:00:00Z"), why: "storage" },
];

describe("post", () => {
  it("R4 X2 reserves the money of a refund as soon as it is recorded", () => {
    const books = booksOf(aPaymentEvent(), aPaymentEvent(), aRefundEvent());
    const payment = books.payments.get(aPaymentId());
    expect(payment && remainingMinor(payment)).toBe(9_000);
  });

  it.each([
    ["withdraw", aWithdrawEvent(), 10_000],
    ["failure", aMoneyEvent("failed"), 10_000],
    ["closure", aMoneyEvent("closed"), 10_000],
    ["success", aMoneyEvent("succeeded"), 9_000],
    ["unknown answer", aMoneyEvent("unknown"), 9_000],
    ["abnormal answer", aMoneyEvent("abnormal"), 9_000],
    ["notice", aNoticeEvent({ state: "result" }), 9_000],
  ] as const)("X3 R47 frees money by evidence only: after a %s", (name, event, left) => {
    const exported = name === "withdraw" ? [] : [aMoneyEvent("exported")];
    const books = booksOf(aPaymentEvent(), aPaymentEvent(), aRefundEvent(), ...exported, event);
    const payment = books.payments.get(aPaymentId());
    expect(payment && remainingMinor(payment)).toBe(left);
  });

  it("keeps a new version of a payment and what was refunded of it", () => {
    const books = booksOf(
      aPaymentEvent(),
      aPaymentEvent({ source: "manual", grade: "B" }),
      aRefundEvent(),
      aPaymentEvent({ numbers: { transaction_id: "42" } }),
    );
    const payment = books.payments.get(aPaymentId());
    expect([payment?.claims.length, payment?.numbers["transaction_id"]]).toEqual([1, "42"]);
  });

  it("throws on a record about a refund that is not in these books", () => {
    expect(() => booksOf(aMoneyEvent("succeeded"))).toThrow(
      `no refund stands at ${writeRef(refundRef)}`,
    );
  });

  it("files everything else under its own key", () => {
    const books = booksOf(...others);
    expect(books.devices.get(device)?.prefix).toBe("R7K2Q4");
    expect(books.staff.get("lead" as StaffId)?.active).toBe(false);
    expect([...books.policies.keys()]).toEqual(["policy", "profile:wechatpay"]);
    expect([...books.imports.keys()]).toEqual([aHash(8)]);
    expect([...books.exports.keys()]).toEqual(["x1"]);
  });

  it("names profiles by their acquirer and other documents by what they are", () => {
    expect(policyKey(aPolicy("profile", { acquirer: "alipay" }))).toBe("profile:alipay");
    expect(policyKey(aPolicy("profile", {}))).toBe("profile");
    expect(policyKey(aPolicy("policy", { acquirer: "alipay" }))).toBe("policy");
  });
});

type Rows = Map<string, unknown>;
const tablesOf = ({
  home: _home,
  formers: _formers,
  tales: _tales,
  ...tables
}: Books): readonly (readonly [string, Rows])[] => Object.entries(tables);

const keep = <K, V>(from: ReadonlyMap<K, V>, to: Map<K, V>, key: K): void => {
  const value = from.get(key);
  if (value !== undefined) to.set(key, value);
};

/** Only the rows that touchedBy() names, found as a store finds them. */
const windowOn = (books: Books, event: JournalEvent): Books => {
  const touched = touchedBy(event);
  const part = emptyBooks();
  for (const ref of touched.refunds) keep(books.caseOf, part.caseOf, writeRef(ref));
  const cases: readonly CaseId[] = [...touched.cases, ...part.caseOf.values()];
  for (const caseId of cases) keep(books.cases, part.cases, caseId);
  for (const refundCase of part.cases.values()) {
    if (refundCase.paymentId !== undefined)
      keep(books.payments, part.payments, refundCase.paymentId);
    for (const { batchId } of refundCase.attempts)
      if (batchId !== undefined) keep(books.batches, part.batches, batchId);
  }
  for (const paymentId of touched.payments) keep(books.payments, part.payments, paymentId);
  for (const batchId of touched.batches) keep(books.batches, part.batches, batchId);
  for (const staff of touched.staff) keep(books.staff, part.staff, staff);
  return part;
};

/** Whole books with the rows of a window put over them, as a store writes them back. */
const putOver = (books: Books, part: Books): Books => {
  const whole = copyBooks(books);
  const tables = new Map(tablesOf(whole));
  for (const [name, rows] of tablesOf(part))
    for (const [key, row] of rows) tables.get(name)?.set(key, row);
  return whole;
};

/** Posts the records one by one, on whole books and on a window; tells the first that differs. */
const firstDifference = (records: readonly Recorded[]): unknown => {
  const books = emptyBooks();
  for (const recorded of records) {
    const part = windowOn(books, recorded.event);
    post(part, recorded);
    const written = putOver(books, part);
    post(books, recorded);
    if (!isDeepStrictEqual(tablesOf(written), tablesOf(books))) return { recorded, written, books };
  }
  return undefined;
};

describe("touchedBy", () => {
  it("names every row that a record of any random journal reads or changes", () => {
    const acts = fc.array(anyAct, { minLength: 5, maxLength: 50, size: "max" });
    fc.assert(
      fc.property(acts, (list) => {
        const { records } = list.reduce((walk, act) => step(walk, act).walk, beginWalk());
        expect(firstDifference(records)).toBeUndefined();
      }),
      { numRuns: runs(80, 2_000) },
    );
  }, 600_000);

  it("names the rows of staff, documents, imports and exports", () => {
    const twice = [...others, ...others].map((event, seq) => aRecorded(event, seq));
    expect(firstDifference(twice)).toBeUndefined();
  });

  it("finds case, payment and batch of a refund through its record", () => {
    expect(touchedBy(aMoneyEvent("submitted")).refunds).toEqual([refundRef]);
    expect(touchedBy(aRefundEvent()).cases).toEqual([aCaseId()]);
  });

  it("X16 names the batch of an export, which no attempt may know yet", () => {
    const batch = { id: "B1" as BatchId, format: "refund-list-csv", rows: 1, total: cny(1_000) };
    expect(touchedBy(aMoneyEvent("exported", { batch })).batches).toEqual(["B1"]);
  });
});
