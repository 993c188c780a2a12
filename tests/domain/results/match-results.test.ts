import { describe, expect, it } from "vitest";
import type { BatchId, CaseId } from "../../../src/domain/ids.ts";
import { openMatching, type SentRefund } from "../../../src/domain/results/match-results.ts";
import type { ResultRow } from "../../../src/domain/results/read-results.ts";
import { aRefundNo, at, cny } from "../../support/a.ts";

let cases = 0;

const aSent = (over: Partial<SentRefund> = {}): SentRefund => ({
  caseId: `case ${++cases}` as CaseId,
  number: 1,
  acquirer: "unionpay",
  refundNo: aRefundNo(cases * 20),
  prefix: "1017",
  channelRefundNo: undefined,
  amount: cny(1000),
  numbers: { out_trade_no: "A1", transaction_id: "T1" },
  recordedAt: at("2026-11-22T06:00:00Z"),
  batchId: "B1" as BatchId,
  isOver: false,
  ...over,
});

const aRow = (over: Partial<ResultRow> = {}): ResultRow => ({
  line: 2,
  text: "",
  minor: 1000,
  status: "退款成功",
  reason: "",
  ...over,
});

const matched = (row: ResultRow, ...sent: readonly SentRefund[]) => {
  const found = openMatching(sent, "unionpay")(row);
  return "why" in found ? found.why : [found.by, found.refunds];
};

describe("a row of a portal's answer", () => {
  it("X46 is found by our number, with the acquirer's prefix or without, whoever's portal it is", () => {
    const sent = aSent({ acquirer: "chinaums" });
    for (const refundNo of [sent.refundNo, `1017${sent.refundNo}`])
      expect(matched(aRow({ refundNo }), sent)).toEqual(["refund_no", [sent]]);
    expect(matched(aRow({ refundNo: sent.refundNo, minor: 999 }), sent)).toBe("amount_differs");
    expect(matched(aRow({ refundNo: aRefundNo(9990), orderNo: "A1" }), aSent())).toBe("not_here");
  });

  it("is found by the portal's number among that acquirer's refunds only", () => {
    const [sent, other] = [aSent({ channelRefundNo: "C1" }), aSent({ acquirer: "lakala" })];
    expect(matched(aRow({ channelRefundNo: "C1" }), sent)).toEqual(["channel_no", [sent]]);
    expect(matched(aRow({ orderNo: "A1" }), other)).toBe("not_here");
  });

  it("is found by order and amount where one refund fits, by their sum where they left as one row", () => {
    const [one, other] = [aSent({ amount: cny(400) }), aSent({ amount: cny(600) })];
    expect(matched(aRow({ orderNo: "A1", minor: 600 }), one, other)).toEqual(["order", [other]]);
    expect(matched(aRow({ orderNo: "A1" }), one, other)).toEqual(["order", [one, other]]);
    const apart = aSent({ amount: cny(600), batchId: "B2" as BatchId });
    expect(matched(aRow({ orderNo: "A1" }), one, apart)).toBe("amount_differs");
    expect(matched(aRow({ transactionNo: "T1", minor: 400 }), one, other)).toEqual([
      "order",
      [one],
    ]);
  });

  it("is nobody's where two fit, where only the amount fits, or where its day cannot be", () => {
    expect(matched(aRow({ orderNo: "A1" }), aSent(), aSent())).toBe("several");
    expect(matched(aRow({ orderNo: "A2" }), aSent())).toBe("not_here");
    const early = aRow({ orderNo: "A1", at: at("2026-11-20T06:00:00Z") });
    expect(matched(early, aSent())).toBe("not_here");
  });

  it("X7 speaks of the request that is open, not of one that is over", () => {
    const [over, open] = [aSent({ isOver: true }), aSent({ number: 2 })];
    expect(matched(aRow({ orderNo: "A1" }), over, open)).toEqual(["order", [open]]);
    expect(matched(aRow({ orderNo: "A1" }), over)).toEqual(["order", [over]]);
  });
});
