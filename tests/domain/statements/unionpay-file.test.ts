import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../../src/domain/instant.ts";
import { dayInName } from "../../../src/domain/statements/unionpay-file.ts";
import { readStatement } from "./read-statement.ts";

const bytes = readFileSync("tests/fixtures/statements/unionpay_ZM_8.txt");
const lineLength = 609;

const read = (file: Uint8Array, madeOn = "2026-01-02") =>
  readStatement(file, { allowMissingSummary: true, madeOn: madeOn as BusinessDate });

const changed = (at: number, text: string): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy.set(Buffer.from(text, "latin1"), at);
  return copy;
};

const problemsOf = (file: Uint8Array) => {
  const { result } = read(file);
  if (!result.ok) throw new Error(result.fault.kind);
  return result.value.problems;
};

describe("UnionPay's merchant file", () => {
  it("is cut by bytes, whatever Chinese stands in it, and gives each row its numbers", () => {
    const { rows, result } = read(bytes);
    expect(result).toMatchObject({ ok: true, value: { rows: 8, problemCount: 0, notes: [] } });
    expect(rows[0]).toMatchObject({
      kind: "payment",
      acquirer: "unionpay",
      channel: "unionpay",
      merchantNo: "777290058110048",
      termNo: "00000001",
      transactionId: "812512310000000000001",
      outTradeNo: "2025123100000001",
      minor: 1001,
    });
    expect(rows[6]).toMatchObject({
      kind: "refund",
      transactionId: "812512310000000000001",
      outTradeNo: "2025123100000001",
      refundNo: "R7K2Q4000012345S",
      channelRefundNo: "812601010000000000007",
      minor: 500,
    });
    expect(rows[7]?.kind).toBe("revoked");
  });

  it.each([
    ["2026-01-02", "2025-12-31T01:30:00Z", "2026-01-01T01:00:00Z"],
    ["2025-12-31", "2025-12-31T01:30:00Z", "2025-01-01T01:00:00Z"],
  ])("made on %s gives its times the year that lies behind", (madeOn, first, seventh) => {
    const { rows } = read(bytes, madeOn);
    expect([rows[0]?.at, rows[6]?.at]).toEqual([first, seventh]);
  });

  it("knows its day by its name", () => {
    expect(dayInName("IND25092301ZM_777290058110048")).toBe("2025-09-23");
    expect(dayInName("INN25134501ZM_777290058110048")).toBeUndefined();
    expect(dayInName("statement.txt")).toBeUndefined();
  });

  it("X12 has no totals, so a person decides; a cut line is refused all the same", () => {
    expect(readStatement(bytes).result).toMatchObject({ fault: { kind: "no_summary" } });
    for (const end of [lineLength + 1, lineLength + 300, 2 * lineLength - 3])
      expect(read(bytes.subarray(0, end)).result, String(end)).toMatchObject({
        ok: false,
        fault: { kind: "cut" },
      });
  });

  it("may lack the last line end", () => {
    expect(read(bytes.subarray(0, -2)).result).toMatchObject({ ok: true, value: { rows: 8 } });
  });

  it.each([
    ["an unknown code", 0, "E74", "unknown_type"],
    ["a day that does not exist", 35, "0230", "bad_time"],
    ["letters in its amount", 66, "00000000100X", "bad_amount"],
    ["something between two fields", 65, "1", "cells"],
    ["half a Chinese character", 327, "\xd6", "cells"],
  ])("lists a line with %s", (_, at, text, reason) => {
    expect(problemsOf(changed(lineLength + at, text))).toEqual([{ line: 2, reason }]);
  });
});
