import { describe, expect, it } from "vitest";
import { closeBatch, takeBatch, type Batch } from "../../src/domain/batch.ts";
import { emptyBooks, post, type Books } from "../../src/domain/books.ts";
import type { BatchId, DeviceId } from "../../src/domain/ids.ts";
import type { JournalEvent, MoneyEvent } from "../../src/domain/journal-event.ts";
import {
  aCaseId,
  aHash,
  aMoneyEvent,
  aPaymentEvent,
  aRecorded,
  aRef,
  aRefundEvent,
  aRefundNo,
  at,
  cny,
} from "../support/a.ts";

const batchId = "B1" as BatchId;

const exported = (out: MoneyEvent["out"] & string, over: Partial<MoneyEvent> = {}): MoneyEvent =>
  aMoneyEvent("exported", {
    by: "file",
    out,
    file: aHash(5),
    batch: { id: batchId, format: "refund-list-csv", rows: 2, total: cny(2_000) },
    refunds: [aRef(2), aRef(3)],
    ...over,
  });

const takeAll = (...events: readonly MoneyEvent[]): Batch | undefined =>
  events.reduce<Batch | undefined>(
    (known, event, index) => takeBatch(known, aRecorded(event, 4 + index)),
    undefined,
  );

const refund = (number: number): JournalEvent =>
  aRefundEvent({ caseId: aCaseId(number), refundNo: aRefundNo(number * 20) });

/** Books with a payment, two refunds of it (seq 2, 3) and these events from seq 4. */
const booksAfter = (...events: readonly JournalEvent[]): Books => {
  const books = emptyBooks();
  const begin = [aPaymentEvent(), aPaymentEvent(), refund(1), refund(2)];
  for (const [seq, event] of [...begin, ...events].entries()) post(books, aRecorded(event, seq));
  return books;
};

describe("takeBatch", () => {
  it("M7 makes a batch of an export that names one", () => {
    expect(takeAll(exported("prepared"))).toEqual({
      batchId,
      format: "refund-list-csv",
      rows: 2,
      total: cny(2_000),
      file: aHash(5),
      refunds: [aRef(2), aRef(3)],
      createdAt: at("2026-11-22T06:00:00Z"),
      out: "prepared",
      state: "created",
    });
    expect(takeAll(aMoneyEvent("submitted"))).toBeUndefined();
  });

  it("M8 keeps the time of the first export when it leaves again", () => {
    const first = takeAll(exported("prepared"));
    const again = aRecorded(exported("saved"), 9, { at: at("2027-01-01T00:00:00Z") });
    expect(takeBatch(first, again)?.createdAt).toBe("2026-11-22T06:00:00Z");
  });

  it.each(["shared", "saved"] as const)(
    "M9 X16 never forgets that the file was %s, even when it is prepared again",
    (out) => {
      expect(takeAll(exported("prepared"), exported(out))?.out).toBe(out);
      expect(takeAll(exported("prepared"), exported(out), exported("prepared"))?.out).toBe(out);
    },
  );
});

describe("closeBatch", () => {
  it("M10 says who reported the upload and when", () => {
    const batch = takeAll(exported("saved"));
    if (batch === undefined) throw new Error("no batch");
    const closed = closeBatch(batch, aRecorded(aMoneyEvent("submitted"), 9));
    expect([closed.state, closed.uploadedAt, closed.uploadedBy]).toEqual([
      "uploaded",
      "2026-11-22T06:00:00Z",
      "owner",
    ]);
  });
});

describe("batches in the books", () => {
  const submitted = aMoneyEvent("submitted", { by: "staff", refunds: [aRef(2), aRef(3)] });
  const ready = aMoneyEvent("ready", { by: "staff", refunds: [aRef(2), aRef(3)] });

  it("X16 marks a batch uploaded once its upload is reported, and remembers it when it leaves again", () => {
    const books = booksAfter(exported("saved"), submitted, exported("saved"));
    expect(books.batches.get(batchId)?.state).toBe("uploaded");
  });

  it("X16 keeps the first report of an upload when part of the batch is sent once more", () => {
    const curable = aMoneyEvent("needs_action", { refunds: [aRef(2)] });
    const books = booksAfter(exported("saved"), submitted, curable);
    const again = aMoneyEvent("submitted", { by: "staff", refunds: [aRef(2)] });
    post(books, aRecorded(again, 20, { at: at("2027-01-01T00:00:00Z") }));
    expect(books.batches.get(batchId)?.uploadedAt).toBe("2026-11-22T06:00:00Z");
    expect(books.cases.get(aCaseId(1))?.money).toBe("submitted");
  });

  it("M9 marks a batch recalled, and the attempts may leave in another", () => {
    const other = exported("prepared", {
      file: aHash(6),
      batch: { id: "B2" as BatchId, format: "refund-list-csv", rows: 2, total: cny(2_000) },
    });
    const books = booksAfter(exported("prepared"), ready, other, submitted);
    expect([...books.batches.values()].map((batch) => batch.state)).toEqual([
      "recalled",
      "uploaded",
    ]);
    expect(books.cases.get(aCaseId(1))?.attempts[0]?.batchId).toBe("B2");
  });

  it("leaves a batch alone when a result arrives", () => {
    const books = booksAfter(exported("saved"), aMoneyEvent("succeeded", { refunds: [aRef(2)] }));
    expect(books.batches.get(batchId)?.state).toBe("created");
  });

  it("X9 tells two devices' refunds of one case apart", () => {
    const books = booksAfter(exported("saved"));
    const elsewhere = { device: "device-b" as DeviceId, seq: 2 };
    const second = aRefundEvent({ caseId: aCaseId(1), attempt: 2, refundNo: aRefundNo(90) });
    post(books, aRecorded(second, 2, { ref: elsewhere }));
    post(books, aRecorded(aMoneyEvent("submitted", { refunds: [elsewhere] }), 9));
    expect(books.batches.get(batchId)?.state).toBe("created");
  });
});
