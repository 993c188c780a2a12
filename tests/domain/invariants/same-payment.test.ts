import { describe, expect, it, vi } from "vitest";
import { emptyBooks, post } from "../../../src/domain/books.ts";
import { joinPayment } from "../../../src/domain/found-payment.ts";
import type { PaymentEvent } from "../../../src/domain/journal-event.ts";
import { remaining, takePayment } from "../../../src/domain/payment.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import {
  aPaymentEvent,
  aPaymentId,
  aRecorded,
  aRef,
  aRefundEvent,
  at,
  cny,
  units,
} from "../../support/a.ts";

const [a, b, c] = [1, 2, 3].map(aPaymentId);
if (a === undefined || b === undefined || c === undefined) throw new Error("there are three");

const byHand = (paymentId = a, minor = 10_000): PaymentEvent =>
  aPaymentEvent({ paymentId, amount: cny(minor), source: "manual", grade: "B" });

const leftAfter = (...events: readonly Parameters<typeof aRecorded>[0][]): readonly number[] => {
  const books = emptyBooks();
  for (const [seq, event] of events.entries()) post(books, aRecorded(event, seq));
  return [...books.payments.values()].map((payment) => remaining(payment).minor);
};

describe("payments that turned out to be one", () => {
  const joined = [
    byHand(a),
    byHand(b),
    byHand(c),
    aPaymentEvent({ paymentId: a, same: [b] }),
    aPaymentEvent({ paymentId: c, same: [b] }),
  ];

  it("invariant 1: X2 F41 count together through a third one, whichever is refunded", () => {
    for (const paymentId of [a, b, c])
      expect(leftAfter(...joined, aRefundEvent({ paymentId, amount: cny(4_000) }))).toEqual([
        6_000, 6_000, 6_000,
      ]);
  });

  it("invariant 1: X2 X11 are worth what the newest statement says, and the most that went elsewhere counts", () => {
    const lower = aPaymentEvent({ paymentId: b, amount: cny(9_000), external: units(500) });
    expect(leftAfter(...joined, lower)).toEqual([8_500, 8_500, 8_500]);
    expect(leftAfter(...joined, lower, byHand(c, 1))).toEqual([8_500, 8_500, 8_500]);
  });

  it("invariant 1: X2 are worth the lowest that anybody wrote until a statement comes", () => {
    const same = { ...byHand(c, 8_000), same: [a, b] };
    expect(leftAfter(byHand(a), byHand(b, 9_000), same)).toEqual([8_000, 8_000, 8_000]);
  });

  it("invariant 1: X2 are found by what names them, here before them or after, and not by a walk through all the others", () => {
    const books = emptyBooks();
    const walks = vi.spyOn(books.payments, "values");
    const named = [aPaymentEvent({ paymentId: a, same: [b] }), byHand(b), byHand(c)];
    for (const [seq, event] of named.entries()) post(books, aRecorded(event, seq));
    post(books, aRecorded(aRefundEvent({ paymentId: b, amount: cny(4_000) }), 3));
    expect(walks).not.toHaveBeenCalled();
    const left = [...books.payments].map(([id, payment]) => [id, remaining(payment).minor]);
    expect(left).toEqual([
      [a, 6_000],
      [b, 6_000],
      [c, 10_000],
    ]);
  });
});

const row: StatementRow = {
  line: 1,
  kind: "payment",
  acquirer: "wechatpay",
  channel: "wechat",
  merchantNo: "1900000109",
  transactionId: "4200002345202611220000000001",
  outTradeNo: "A1",
  minor: 10_000,
  currency: cny(0).currency,
  at: at("2026-11-21T06:00:00Z"),
  status: "SUCCESS",
  name: "奶茶",
  digest: "d",
};

describe("a statement row", () => {
  const rows = [{ row, imported: aRef(0) }];
  const facts = { ours: [], paymentId: a, others: [] };

  it("invariant 2: X21 leaves the goods that somebody has written down with their prices", () => {
    const lines = [{ index: 1, quantity: "3", amount: units(10_000), name: "茶" }];
    const known = takePayment(undefined, aRecorded({ ...byHand(), lines }, 1));
    const found = joinPayment(known, rows, facts);
    expect(found?.version?.lines).toBeUndefined();
    expect(found?.payment.lines).toEqual(lines);
  });

  it("X21 names the goods of a payment of which nobody knew any", () => {
    const known = takePayment(undefined, aRecorded(byHand(), 1));
    const wanted = [{ index: 1, quantity: "1", name: "奶茶" }];
    expect(joinPayment(known, rows, facts)?.payment.lines).toEqual(wanted);
    expect(joinPayment(undefined, rows, facts)?.payment.lines).toEqual(wanted);
  });
});
