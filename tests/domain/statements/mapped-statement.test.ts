import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SavedMapping, StatementMapping } from "../../../src/domain/statements/mapping.ts";
import { valueOf } from "../../support/a.ts";
import { columns, header, mapping, paid, withCell } from "./a-mapping.ts";
import { readStatement } from "./read-statement.ts";

const saved = (over: Partial<StatementMapping> = {}): readonly SavedMapping[] => [
  { acquirer: "lakala", channel: "other", mapping: { ...mapping, ...over } },
];

const file = (...rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode([header, ...rows, []].map((cells) => cells.join(",")).join("\r\n"));

const read = (rows: readonly (readonly string[])[], over: Partial<StatementMapping> = {}) => {
  const { rows: found, result } = readStatement(file(...rows), { mappings: saved(over) });
  return { rows: found, summary: valueOf(result) };
};

describe("a statement whose columns somebody named", () => {
  it("becomes rows of the acquirer, by kind, status and wallet", () => {
    const refund = [
      "2026/3/6",
      "9:05",
      "A0001",
      "ref000000002",
      "退货",
      "-2.50",
      "成功",
      "支付宝",
      "",
    ];
    const { rows, summary } = read([paid, refund]);
    expect(summary).toMatchObject({
      layout: "mapped",
      acquirer: "lakala",
      encoding: "utf-8",
      firstDay: "2026-03-05",
      lastDay: "2026-03-06",
      rows: 2,
      totals: [],
      problems: [],
      sums: [{ payments: { count: 1, minor: 1250 }, refunds: { count: 1, minor: 250 } }],
      mapped: { mapping },
    });
    expect(rows).toMatchObject([
      { kind: "payment", channel: "wechat", minor: 1250, at: "2026-03-05T02:20:30Z", line: 2 },
      { kind: "refund", channel: "alipay", minor: 250, at: "2026-03-06T01:05:00Z", line: 3 },
    ]);
    expect(rows[0]).toMatchObject({ outTradeNo: "A0001", transactionId: "ref000000001" });
  });

  it.each([
    ["a day that does not exist", withCell("交易日期", "2026-02-30"), "bad_time"],
    ["an amount of three decimals", withCell("交易金额(元)", "12.505"), "bad_amount"],
    ["a word nobody explained", withCell("交易类型", "预授权"), "unknown_type"],
    ["a payment that failed", withCell("状态", "失败"), "not_done"],
    [
      "no number",
      withCell("商户订单号", "").map((cell) => (cell === "ref000000001" ? "" : cell)),
      "number_missing",
    ],
    ["cells too few", paid.slice(0, 4), "cells"],
  ])("lists %s with line and reason, and takes the others", (_, row, reason) => {
    const { rows, summary } = read([paid, row]);
    expect(summary.problems).toEqual([{ line: 3, reason }]);
    expect(rows).toHaveLength(1);
  });

  it("takes the sign for the kind only where somebody said so", () => {
    const back = withCell("交易金额(元)", "-1.00");
    expect(read([paid, back], { direction: "sign" }).rows.map(({ kind }) => kind)).toEqual([
      "payment",
      "refund",
    ]);
    const { summary } = read([paid, back], { direction: "payments" });
    expect(summary.problems).toEqual([{ line: 3, reason: "negative_amount" }]);
  });

  it("reads fen as fen", () => {
    const { rows, summary } = read(
      [withCell("交易金额(元)", "1250"), withCell("交易金额(元)", "0.5")],
      { unit: "fen" },
    );
    expect(rows.map(({ minor }) => minor)).toEqual([1250]);
    expect(summary.problemCount).toBe(1);
  });

  it.each(["合计", "总计：2 笔", "Total"])(
    "leaves out the line of sums that begins with %s",
    (word) => {
      const { rows, summary } = read([
        paid,
        [word, "", "", "", "", "999.00", "", "", ""],
        [word, "999.00"],
      ]);
      expect(rows).toHaveLength(1);
      expect(summary.problems).toEqual([]);
    },
  );

  it.each([
    ["参考号", "4.2000E+27"],
    ["商户订单号", "2.02603E+15"],
    ["参考号", "420000260320260000000000"],
  ])("X46 is refused whole when a spreadsheet ruined a number under %s", (name, number) => {
    const { result } = readStatement(file(paid, withCell(name, number)), { mappings: saved() });
    expect(result).toMatchObject({
      ok: false,
      fault: { kind: "ids_damaged", column: name, line: 3 },
    });
  });

  it("X12 that ends within a line is refused, one whose last line is open is told", () => {
    const whole = file(paid, paid);
    const cut = readStatement(whole.subarray(0, whole.length - 30), { mappings: saved() });
    expect(cut.result).toMatchObject({ ok: false, fault: { kind: "cut" } });
    const open = readStatement(whole.subarray(0, whole.length - 2), { mappings: saved() });
    expect(valueOf(open.result).notes).toEqual(["last_line_open"]);
  });

  it.each([
    ["2026-03-05 10:20:30", "", "2026-03-05T02:20:30Z"],
    ["20260305102030", "", "2026-03-05T02:20:30Z"],
    ["20260305", "92030", "2026-03-05T01:20:30Z"],
    ["2026年3月5日", "9时", undefined],
    ["2026.3.5", "9:20:30", "2026-03-05T01:20:30Z"],
    ["2026-03-05T09:20", "", "2026-03-05T01:20:00Z"],
    ["2026-03-05 00:00:00", "0.5", "2026-03-05T04:00:00Z"],
    ["2026-03-05", "", "2026-03-04T16:00:00Z"],
    ["2026-03-05", "25:00", undefined],
    ["202603051020", "", undefined],
    ["46000.5", "", undefined],
  ])("reads the time %s %s", (day, clock, at) => {
    const row = paid.map((cell, place) => (place === 0 ? day : place === 1 ? clock : cell));
    expect(read([row]).rows.map((one) => one.at)).toEqual(at === undefined ? [] : [at]);
  });

  it.each([
    ["the order number", { 商户订单号: "A0001", 参考号: "own1" }, { outTradeNo: "A0001" }, {}],
    [
      "its transaction number where it has no other",
      { 商户订单号: "" },
      { transactionId: "ref000000001" },
      {},
    ],
    [
      "the original, the other numbers being the refund's own",
      { 商户订单号: "R0001", 参考号: "own1", 备注: "A0001" },
      { outTradeNo: "A0001", refundNo: "R0001", channelRefundNo: "own1" },
      { original: "备注" },
    ],
  ] as const)("X11 leads a refund to its payment by %s", (_, cells, numbers, more) => {
    const told: Readonly<Record<string, string>> = { ...cells, 交易类型: "退货" };
    const row = paid.map((cell, at) => told[header[at] ?? ""] ?? cell);
    const found = read([row], { columns: { ...columns, ...more } }).rows[0];
    const { transactionId, outTradeNo, refundNo, channelRefundNo } = found ?? {};
    expect({ transactionId, outTradeNo, refundNo, channelRefundNo }).toEqual({
      transactionId: "",
      outTradeNo: "",
      ...numbers,
    });
  });

  it("is another file when one name of the header is another", () => {
    const other = new TextEncoder().encode(
      ["日期,金额,单号,门店", "2026-03-05,1.00,A1,x", ""].join("\n"),
    );
    const { result } = readStatement(other, { mappings: saved() });
    expect(result).toMatchObject({ ok: false, fault: { kind: "not_a_statement" } });
    expect(result.ok ? [] : "lines" in result.fault && result.fault.lines).toHaveLength(2);
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9 ,"'\t退款付]{0,8}$/);
const amounts = fc.integer({ min: 1, max: 9_999_999 });

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Bytes of a text whose Chinese is in this table of GBK, which Node cannot write. */
const gbk: Readonly<Record<string, readonly [number, number]>> = Object.fromEntries(
  [...new Set(header.concat("消费退货成功微信合计款付").join(""))].flatMap((character) => {
    if (character < "\u0080") return [];
    for (let high = 0x81; high < 0xff; high++)
      for (let low = 0x40; low < 0xff; low++)
        if (new TextDecoder("gbk").decode(new Uint8Array([high, low])) === character)
          return [[character, [high, low] as const]];
    throw new Error(`no GBK for ${character}`);
  }),
);

const asGbk = (text: string): Uint8Array =>
  new Uint8Array(
    Array.from(text).flatMap((character) => gbk[character] ?? [character.charCodeAt(0)]),
  );

describe("any writing of such a statement", () => {
  it("M12 gives the same rows, whatever order of columns, quoting, separator, encoding and pieces", () => {
    const orders = fc.shuffledSubarray(
      header.map((_, at) => at),
      { minLength: header.length },
    );
    const rows = fc.array(fc.tuple(amounts, fc.boolean(), word), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        rows,
        orders,
        fc.record({
          separator: fc.constantFrom(",", "\t", ";"),
          encoding: fc.constantFrom("utf-8", "bom", "gbk"),
          size: fc.integer({ min: 1, max: 4096 }),
        }),
        (sales, order, { separator, encoding, size }) => {
          const lines = sales.map(([minor, isRefund, note], at) => [
            "2026-03-05",
            "10:20:30",
            `A${at}`,
            `ref${String(at).padStart(9, "0")}`,
            isRefund ? "退货" : "消费",
            `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, "0")}`,
            "成功",
            "微信",
            note,
          ]);
          const text = [
            order.map((at) => header[at] ?? "").join(separator),
            ...lines.map((cells) => order.map((at) => quoted(cells[at] ?? "")).join(separator)),
            "",
          ].join("\r\n");
          const bytes =
            encoding === "gbk"
              ? asGbk(text)
              : new TextEncoder().encode(`${encoding === "bom" ? "\uFEFF" : ""}${text}`);
          const { rows: found, result } = readStatement(bytes, { size, mappings: saved() });
          expect(valueOf(result)).toMatchObject({ problems: [], rows: sales.length });
          expect(found.map(({ minor, kind, outTradeNo }) => [minor, kind, outTradeNo])).toEqual(
            sales.map(([minor, isRefund], at) => [
              minor,
              isRefund ? "refund" : "payment",
              `A${at}`,
            ]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("any text under any header reads, lists or refuses, and throws nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const bytes = new TextEncoder().encode(`${header.join(",")}\n${text}`);
        const { result } = readStatement(bytes, { mappings: saved() });
        const summary = result.ok
          ? result.value
          : "summary" in result.fault
            ? result.fault.summary
            : undefined;
        expect(summary?.mapped?.mapping).toEqual(mapping);
      }),
    );
  });
});
