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
    const texts = ['},{"', "}", "}]", "\\},{", '退款},{"line":1', "😀}", "},{", '},{",{', '},{"}'];
    const odd = texts.map((name, line) => Object.assign({}, row, { line, name, status: name }));
    const packed = packBlock(odd);
    expect(odd.map((_, place) => rowAt(packed, place))).toEqual(odd);
    expect(packed.ends?.at(-1)).toBe(packed.rows.byteLength - 1);
  });

  it("knows it of any text", () => {
    const text = fc.string({ unit: fc.constantFrom("}", "{", ",", '"', "\\", "退", "a", "]") });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const odd = texts.map((name) => Object.assign({}, row, { name, status: name }));
        const packed = packBlock(odd);
        expect(odd.map((_, place) => rowAt(packed, place))).toEqual(odd);
      }),
      { numRuns: runs(300, 20_000) },
    );
  });

  it("is read where an older version did not say how long each row is", () => {
    const old = { rows: new TextEncoder().encode(JSON.stringify(rows)).buffer };
    expect(readBlock(old)).toEqual(rows);
    expect(rows.map((_, place) => rowAt(old, place))).toEqual(rows);
  });
});

describe("the identity of a row", () => {
  it("F52 does not depend on the line, the name or, of a payment, its status", () => {
    expect(rowKey({ ...row, line: 9, name: "别的", status: "PROCESSING", digest: "x" })).toBe(
      rowKey(row),
    );
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
