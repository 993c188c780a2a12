import { describe, expect, it } from "vitest";
import { read } from "xlsx";
import type { BatchRow } from "../../../src/domain/batches/batch-row.ts";
import { exportFormats, type ExportFormatId } from "../../../src/domain/batches/index.ts";
import { readBackRows } from "../../../src/domain/batches/read-back.ts";
import { refundListCsv } from "../../../src/domain/batches/refund-list.ts";
import { wechatBatchTxt } from "../../../src/domain/batches/wechat-batch.ts";
import { aRow, reasonsOf, sample, sampleFor, textOf, write } from "../../support/batch-rows.ts";

const missing = (id: ExportFormatId, row: BatchRow) => reasonsOf(exportFormats[id], [row]);

const bodiesIn = (id: ExportFormatId) => {
  const format = exportFormats[id];
  const { requests } = JSON.parse(textOf(write(format, sampleFor(format)))) as {
    requests: readonly { readonly [name: string]: unknown }[];
  };
  return requests;
};

describe("a file for a portal", () => {
  it("merges rows of one order with their sum, keeps whose they are, and numbers rows without a gap", () => {
    for (const id of ["unionpay-pc-txt", "unionpay-wap-xls"] as const) {
      const file = write(exportFormats[id], sample);
      expect(file.rows[0]?.refunds).toEqual([sample[0]?.refundNo, sample[8]?.refundNo]);
      expect(file.rows[0]?.minor).toBe(2500);
      expect(file.rows.flatMap(({ refunds }) => refunds)).toHaveLength(12);
    }
    const cells = readBackRows(
      exportFormats["unionpay-wap-xls"],
      write(exportFormats["unionpay-wap-xls"], sample).bytes,
    );
    expect(cells.map(([number]) => Number(number))).toEqual(cells.map((_, index) => index + 1));
  });

  it("holds one acquirer's refunds, and one merchant's where it bears a merchant number", () => {
    const others = [aRow(1), aRow(2, { acquirer: "wechatpay_2" }), aRow(3, { merchantNo: "2" })];
    expect(reasonsOf(wechatBatchTxt, others)).toEqual([{ kind: "other_acquirer" }]);
    expect(reasonsOf(exportFormats["unionpay-wap-xls"], others)).toEqual([
      { kind: "other_acquirer" },
      { kind: "other_merchant" },
    ]);
    expect(reasonsOf(refundListCsv, others)).toEqual([]);
  });

  it("leaves out what its target cannot do without", () => {
    const { paidAt: _, ...undated } = aRow(2);
    const { originalMinor: __, ...unpriced } = aRow(3);
    const { acquirerNo: ___, ...unprefixed } = aRow(4);
    const { transactionId: ____, outTradeNo: _____, ...unnamed } = aRow(5);
    expect(missing("unionpay-pc-txt", undated)).toEqual([{ kind: "paid_at_missing" }]);
    expect(missing("wechat-v3-json", unpriced)).toEqual([{ kind: "total_missing" }]);
    expect(missing("ums-netpay-json", unprefixed)).toEqual([{ kind: "prefix_missing" }]);
    expect(missing("alipay-refund-json", unnamed)).toEqual([
      { kind: "key_missing", field: "transaction_id" },
    ]);
  });
});

describe("request bodies", () => {
  it("say what payments-cn.md §7 says, in the unit of each interface", () => {
    expect(bodiesIn("wechat-v3-json")[0]).toEqual({
      transaction_id: "4200002345202611220000000001",
      out_refund_no: "R7K2Q4000000001T",
      reason: "质量问题",
      amount: { refund: 1250, total: 2000, currency: "CNY" },
    });
    expect(bodiesIn("alipay-refund-json")[0]).toMatchObject({ refund_amount: "12.50" });
    expect(bodiesIn("ums-netpay-json")[0]).toMatchObject({
      refundAmount: 1250,
      refundOrderId: "1017R7K2Q4000000001T",
    });
    expect(bodiesIn("ums-poslink-json")[0]).toMatchObject({ transactionAmount: 1250 });
    expect(bodiesIn("lakala-json")[0]).toMatchObject({ refund_amount: "1250" });
    expect(bodiesIn("unionpay-04-json")[0]).toMatchObject({ txnType: "04", txnAmt: "1250" });
  });

  it("bear no signature, no key and no account to pay to", () => {
    for (const id of Object.keys(exportFormats) as ExportFormatId[]) {
      if (exportFormats[id].file.kind !== "json") continue;
      const text = textOf(write(exportFormats[id], sampleFor(exportFormats[id])));
      expect(text).toContain('"unsigned": true');
      expect(text).not.toMatch(/sign(?!ed)|private|secret|appkey|certif|payee|account/i);
    }
  });
});

describe("a list for people", () => {
  it("X46 has numbers in its amounts and texts in its identifiers for a spreadsheet program", () => {
    const book = read(write(refundListCsv, sample).bytes, { type: "array", raw: false });
    const sheet = book.Sheets[book.SheetNames[0] ?? ""] ?? {};
    const typeAt = (at: string): string => (sheet[at] as { t: string }).t;
    for (let row = 2; row <= 13; row++) {
      expect([typeAt(`L${row}`), typeAt(`M${row}`)]).toEqual(["n", "n"]);
      expect([typeAt(`G${row}`), typeAt(`H${row}`), typeAt(`N${row}`)]).toEqual(["s", "s", "s"]);
    }
  });
});
