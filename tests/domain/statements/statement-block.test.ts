import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  packBlock,
  readBlock,
  rowAt,
  rowKey,
} from "../../../src/domain/statements/statement-block.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import { runs } from "../../support/deep.ts";
import { readStatement } from "./read-statement.ts";

const { rows } = readStatement(readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv"));
const [row] = rows;
if (row === undefined) throw new Error("the fixture has no rows");

describe("a block of statement rows", () => {
  const block = packBlock(rows);

  it("gives back what was packed, whole and one by one", () => {
    expect(readBlock(block)).toEqual(rows);
    expect(rows.map((_, place) => rowAt(block, place))).toEqual(rows);
    expect(rowAt(block, rows.length)).toBeUndefined();
  });

  it("knows where each row ends, whatever its texts look like", () => {
    const texts = [
      '],["',
      "]",
      "]]",
      "\\],[",
      '退款],["payment",1',
      "😀]",
      "],[",
      '],[",[',
      '],["]',
    ];
    const odd = texts.map((name, line) => Object.assign({}, row, { line, name, status: name }));
    const packed = packBlock(odd);
    expect(odd.map((_, place) => rowAt(packed, place))).toEqual(odd);
    expect(packed.ends?.at(-1)).toBe(packed.rows.byteLength - 1);
  });

  it("knows it of any text", () => {
    const text = fc.string({ unit: fc.constantFrom("]", "[", ",", '"', "\\", "退", "a", "}") });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const odd = texts.map((name) => Object.assign({}, row, { name, status: name }));
        const packed = packBlock(odd);
        expect(odd.map((_, place) => rowAt(packed, place))).toEqual(odd);
      }),
      { numRuns: runs(300, 20_000) },
    );
  });

  it("keeps every member of a row, and leaves out what a row has not", () => {
    const whole: Required<StatementRow> = {
      ...row,
      termNo: "T1",
      refundNo: "R1",
      channelRefundNo: "C1",
      flowNo: "F1",
      fee: 0,
      payerMinor: 0,
      name: "",
    };
    const packed = packBlock([whole, row]);
    expect(readBlock(packed)).toStrictEqual([whole, row]);
    expect(rowAt(packed, 0)).toStrictEqual(whole);
  });

  it("F27 keeps its shape: what one version stored another reads", () => {
    const [kind, line, acquirer, channel] = ["payment", 2, "wechatpay", "wechat"];
    const [order, bought, at] = ["4200", "O-1", "2026-11-25T14:15:17Z"];
    const [whole] = readBlock({
      rows: new TextEncoder().encode(
        JSON.stringify([
          [kind, line, acquirer, channel, "1900", order, bought, 7_345, "CNY", at, "SUCCESS", "d"],
        ]),
      ).buffer,
    });
    expect(whole).toStrictEqual({
      kind,
      line,
      acquirer,
      channel,
      merchantNo: "1900",
      transactionId: order,
      outTradeNo: bought,
      minor: 7_345,
      currency: "CNY",
      at,
      status: "SUCCESS",
      digest: "d",
    });
    const stored = JSON.parse(new TextDecoder().decode(block.rows)) as readonly unknown[][];
    const { name = null, fee = null, termNo = null, refundNo = null } = row;
    const { channelRefundNo = null, payerMinor = null, flowNo = null } = row;
    expect(stored[0]?.slice(11)).toEqual([
      row.digest,
      name,
      fee,
      termNo,
      refundNo,
      channelRefundNo,
      payerMinor,
      flowNo,
    ]);
  });

  it("F27 is read where an older version kept whole rows, and did not say how long each is", () => {
    const text = JSON.stringify(rows);
    const old = { rows: new TextEncoder().encode(text).buffer };
    const ends = Uint32Array.from(
      rows,
      (_, place) => new TextEncoder().encode(JSON.stringify(rows.slice(0, place + 1))).length - 1,
    );
    expect(readBlock(old)).toEqual(rows);
    for (const known of [old, { ...old, ends }])
      expect(rows.map((_, place) => rowAt(known, place))).toEqual(rows);
  });
});

describe("the identity of a row", () => {
  it("F52 does not depend on the line, the name or, of a payment, its status", () => {
    expect(rowKey({ ...row, line: 9, name: "别的", status: "PROCESSING" })).toBe(rowKey(row));
  });

  it("F52 of a refund under way is another than that of the row which says it arrived", () => {
    const refund = { ...row, kind: "refund" as const, refundNo: "R1" };
    const keys = ["PROCESSING", "SUCCESS"].map((status) => rowKey({ ...refund, status }));
    expect(new Set(keys).size).toBe(2);
  });

  it("differs between payments, refunds, amounts and channels", () => {
    const others: readonly Partial<StatementRow>[] = [
      { kind: "revoked" },
      { minor: row.minor + 1 },
      { refundNo: "R1" },
      { acquirer: "alipay" },
      { transactionId: `${row.transactionId}1` },
    ];
    const keys = others.map((other) => rowKey({ ...row, ...other }));
    expect(new Set([rowKey(row), ...keys]).size).toBe(others.length + 1);
  });

  it("tells two refunds without a refund number apart by their time", () => {
    const { refundNo: _, channelRefundNo: __, ...plain } = { ...row, kind: "refund" as const };
    expect(rowKey(plain)).not.toBe(
      rowKey({ ...plain, at: "2026-03-15T00:00:00Z" as StatementRow["at"] }),
    );
  });
});
