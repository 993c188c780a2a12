import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchRow } from "../../../src/domain/batches/batch-row.ts";
import { extensionOf, type ExportFormat } from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";
import { refundListCsv } from "../../../src/domain/batches/refund-list.ts";
import { readBackRows } from "../../../src/domain/batches/read-back.ts";
import { wechatBatchTxt } from "../../../src/domain/batches/wechat-batch.ts";
import { writeBatch } from "../../../src/domain/batches/write-batch.ts";
import { CNY, findCurrency } from "../../../src/domain/currency.ts";
import type { BatchId } from "../../../src/domain/ids.ts";
import { money } from "../../../src/domain/money.ts";

import {
  context,
  minor,
  aRow,
  sample,
  sampleFor,
  write,
  textOf,
  reasonsOf,
} from "../../support/batch-rows.ts";

/** JSON is kept under another name, so that no formatter touches its bytes. */
const goldenOf = (format: ExportFormat): string => {
  const extension = extensionOf(format);
  const kept = extension === "json" ? "json.golden" : extension;
  return `tests/fixtures/batches/${format.id}.${kept}`;
};

describe("every batch file", () => {
  it.each(Object.values<ExportFormat>(exportFormats))("has the golden bytes of $id", (format) => {
    const file = write(format, sampleFor(format));
    const golden = readFileSync(goldenOf(format));
    expect(Buffer.from(file.bytes).equals(golden)).toBe(true);
    expect(Buffer.from(write(format, sampleFor(format)).bytes).equals(golden)).toBe(true);
  });

  it("says its count and sum as the bytes say them", () => {
    const file = write(refundListCsv, sample);
    expect(file.count).toBe(12);
    expect(file.total).toEqual(
      money(
        sample.reduce((sum, row) => sum + row.minor, 0),
        CNY,
      ),
    );
    expect(textOf(file)).toContain('"合计","12","100000125.00"\r\n');
  });

  it("is named by batch and target in plain ASCII", () => {
    expect(write(wechatBatchTxt, sample).name).toBe("wx_R7K2Q4-20261122-01.txt");
    const odd = writeBatch(refundListCsv, sample, { ...context, batchNo: "a/../b 1" as BatchId });
    expect(odd.ok && odd.value.name).toBe("refunds_a_.._b_1.csv");
  });

  it("conserves money for any amounts, and reads back what was written", () => {
    const amount = fc.integer({ min: 1, max: 99_999_999 });
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, text), { minLength: 1, maxLength: 30 }), (list) => {
        const rows = list.map(([value, reason], index) =>
          aRow(index + 1, {
            minor: minor(value),
            originalMinor: minor(value),
            reason,
            note: reason,
          }),
        );
        for (const format of [wechatBatchTxt, refundListCsv]) {
          const file = write(format, rows);
          expect(file.total.minor).toBe(list.reduce((sum, [value]) => sum + value, 0));
          const at = format.columns.findIndex(({ field }) => field === "refund_no");
          const read = readBackRows(format, file.bytes);
          expect(read.map((cells) => cells[at])).toEqual(rows.map((row) => row.refundNo));
          for (const cells of read) expect(cells).toHaveLength(format.columns.length);
        }
      }),
    );
  });

  it("is two files beyond 10,000 rows, each with its own number, and nothing is lost between them", () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => aRow(index));
    const first = write(wechatBatchTxt, rows);
    const left = first.skipped.map(({ row }) => row);
    const batchNo = "R7K2Q4-20261122-02" as BatchId;
    const second = writeBatch(wechatBatchTxt, left, { ...context, batchNo });
    if (!second.ok) throw new Error("nothing was left");
    expect([first.count, second.value.count]).toEqual([10_000, 1]);
    expect(first.name).not.toBe(second.value.name);
    const inside = [first, second.value].flatMap((file) => file.rows.flatMap((row) => row.refunds));
    expect(new Set(inside)).toEqual(new Set(rows.map((row) => row.refundNo)));
  });

  it("leaves out what must not go, with the reason of each", () => {
    const USD = findCurrency("USD") ?? CNY;
    const { outTradeNo: _, ...unnamed } = aRow(2);
    const long = "A".repeat(33);
    expect(
      reasonsOf(wechatBatchTxt, [
        aRow(1),
        unnamed,
        aRow(3, { outTradeNo: long }),
        aRow(4, { outTradeNo: "订单4" }),
        aRow(5, { minor: minor(0) }),
        aRow(6, { minor: minor(2001) }),
        aRow(7, { currency: USD }),
        aRow(1),
      ]),
    ).toEqual([
      { kind: "key_missing", field: "out_trade_no" },
      { kind: "number_too_long", field: "out_trade_no", max: 32 },
      { kind: "number_characters", field: "out_trade_no" },
      { kind: "amount_not_positive" },
      { kind: "amount_above_original" },
      { kind: "other_currency", currency: "USD" },
      { kind: "twice_in_batch" },
    ]);
  });

  it("keeps the second refund of one order for the next batch", () => {
    const second = aRow(2, { outTradeNo: "A20261122000001" });
    expect(reasonsOf(wechatBatchTxt, [aRow(1), second])).toEqual([{ kind: "same_order" }]);
    expect(reasonsOf(refundListCsv, [aRow(1), second])).toEqual([]);
  });

  it("keeps everything beyond 10,000 rows for the next batch", () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => aRow(index));
    const file = write(wechatBatchTxt, rows);
    expect(file.count).toBe(10_000);
    expect(file.skipped).toEqual([
      { row: rows[10_000], reason: { kind: "batch_full", maxRows: 10_000 } },
    ]);
  });

  it("refuses a number that would end its line, even where the target names no characters", () => {
    expect(reasonsOf(refundListCsv, [aRow(1, { merchantNo: "1\r\n2" })])).toEqual([
      { kind: "number_characters", field: "merchant_no" },
    ]);
  });

  it("is not written when no refund may go", () => {
    expect(writeBatch(wechatBatchTxt, [], context)).toEqual({
      ok: false,
      fault: { kind: "nothing_to_write", skipped: [] },
    });
  });
});

const linesOf = (rows: readonly BatchRow[]): readonly string[] =>
  textOf(write(wechatBatchTxt, rows)).split("\r\n");

const inEncoding = (encoding: "utf-8" | "gbk"): ExportFormat => ({
  ...wechatBatchTxt,
  file: { ...wechatBatchTxt.file, encoding },
});

describe("a file for an acquirer", () => {
  it("is the line of the guide", () => {
    const row = aRow(12345, { outTradeNo: "A20261122000017" });
    expect(linesOf([row])).toEqual(["A20261122000017,12.50,质量问题,R7K2Q4000012345S"]);
  });

  it("X46 holds no formula, no quote and no bare comma, and carries no guard", () => {
    expect(linesOf(sample).map((line) => line.split(",")[2])).toEqual([
      "质量问题",
      "质量问题",
      "质量问题",
      "1+1",
      "少了一份要退",
      "🍓坏了 很酸 退",
      "很".repeat(26),
      "质量问题",
      "",
      "质量问题",
      "quoted",
    ]);
  });

  it("cuts free text to 80 bytes at the end of a character, in either encoding", () => {
    for (const [encoding, most] of [
      ["utf-8", 26],
      ["gbk", 40],
    ] as const) {
      const file = write(inEncoding(encoding), [aRow(1, { reason: "很".repeat(120) })]);
      expect(readBackRows(inEncoding(encoding), file.bytes)[0]?.[2]).toBe("很".repeat(most));
    }
  });

  it("writes GBK where asked, leaving out what GBK does not have", () => {
    const file = write(inEncoding("gbk"), [aRow(1, { reason: "🍓運籤東" })]);
    expect(
      Buffer.from(file.bytes).includes(Buffer.from([0xdf, 0x5c, 0xbb, 0x60, 0x96, 0x7c])),
    ).toBe(true);
    expect(new TextDecoder("gbk").decode(file.bytes)).toContain(",運籤東,");
  });

  it("writes fen where the target counts in fen", () => {
    const columns = wechatBatchTxt.columns.map((column) =>
      column.field === "amount" ? { ...column, unit: "fen" as const } : column,
    );
    const file = write({ ...wechatBatchTxt, columns }, [aRow(1)]);
    expect(textOf(file)).toContain(",1250,");
    expect(file.total).toEqual(money(1250, CNY));
  });
});

describe("a file for people", () => {
  it("X46 starts no formula and keeps long numbers, and reading it back undoes the guard", () => {
    const file = write(refundListCsv, sample);
    const text = textOf(file);
    for (const cell of text.split(/\r\n|,/)) expect(cell).not.toMatch(/^"?[=+@-]/);
    expect(text).toContain(`"'4200002345202611220000000001"`);
    const rows = readBackRows(refundListCsv, file.bytes);
    expect(rows.map((cells) => cells[6])).toEqual(sample.map((row) => row.transactionId));
    expect(rows[3]?.[14]).toBe("=1+1");
    expect(rows[10]?.[16]).toBe("+86 138");
  });

  it("names the currency and its decimals", () => {
    const JPY = findCurrency("JPY") ?? CNY;
    const file = write(refundListCsv, [aRow(1, { currency: JPY })]);
    expect(textOf(file)).toContain('"退款金额(JPY)"');
    expect(textOf(file)).toContain('"合计","1","1250"');
  });

  it("writes the time of the stall's zone", () => {
    expect(textOf(write(refundListCsv, [aRow(1)]))).toContain('"2026-11-22","14:02:00","微信支付"');
  });
});
