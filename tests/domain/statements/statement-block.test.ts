import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hasSorted,
  findInBlock,
  packBlock,
  readBlock,
  rowKey,
} from "../../../src/domain/statements/statement-block.ts";
import { numberHash } from "../../../src/domain/statements/number-hash.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import { readStatement } from "./read-statement.ts";

const { rows } = readStatement(readFileSync("tests/fixtures/statements/wechat_trade_ALL_60.csv"));
const [row] = rows;
if (row === undefined) throw new Error("the fixture has no rows");

describe("a block of statement rows", () => {
  const block = packBlock(rows);

  it("gives back what was packed, with its days and count", () => {
    expect(readBlock(block)).toEqual(rows);
    expect(block).toMatchObject({ count: 60, firstDay: "2026-03-14", lastDay: "2026-03-14" });
  });

  it("keeps its keys sorted", () => {
    for (const keys of [block.keys, block.rowKeys])
      expect([...keys]).toEqual([...keys].sort((a, b) => a - b));
  });

  it("finds every row by each of its numbers", () => {
    for (const wanted of rows)
      for (const number of [
        wanted.transactionId,
        wanted.outTradeNo,
        wanted.refundNo,
        wanted.channelRefundNo,
      ])
        if (number !== undefined) expect(findInBlock(block, number)).toContainEqual(wanted);
  });

  it("X33 finds a number typed with O for 0, l for 1 and gaps", () => {
    const number = rows.find((candidate) => candidate.refundNo !== undefined)?.refundNo ?? "";
    const typed = number
      .replaceAll("0", "o")
      .replaceAll("1", "l")
      .replace(/(.{4})/g, "$1 ");
    expect(findInBlock(block, typed)).toEqual(findInBlock(block, number));
    expect(findInBlock(block, typed)).not.toEqual([]);
  });

  it("compares the number itself after a hash hit", () => {
    for (const number of ["R999", "", "4200"])
      expect(
        findInBlock({ rows: block.rows, keys: Uint32Array.of(numberHash(number)) }, number),
      ).toEqual([]);
  });

  it("searches like a linear search", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (values, value) => {
        const sorted = Uint32Array.from(values).sort();
        expect(hasSorted(sorted, value)).toBe(values.includes(value));
      }),
    );
  });
});

describe("the identity of a row", () => {
  it("F52 does not depend on the line, the name or the state of the refund", () => {
    expect(rowKey({ ...row, line: 9, name: "别的", status: "PROCESSING", digest: "x" })).toBe(
      rowKey(row),
    );
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
