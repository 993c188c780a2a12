import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchRow } from "../../../src/domain/batches/batch-row.ts";
import type { ExportFormat } from "../../../src/domain/batches/export-format.ts";
import { exportFormats } from "../../../src/domain/batches/index.ts";
import { readBackRows } from "../../../src/domain/batches/read-back.ts";
import { refundListCsv } from "../../../src/domain/batches/refund-list.ts";
import { wechatBatchTxt } from "../../../src/domain/batches/wechat-batch.ts";
import { writeBatch, type BatchFile } from "../../../src/domain/batches/write-batch.ts";
import { findCurrency } from "../../../src/domain/currency.ts";
import { joinPayment, type ImportedRow } from "../../../src/domain/found-payment.ts";
import { given } from "../../../src/domain/given.ts";
import type { BatchId } from "../../../src/domain/ids.ts";
import { takePayment, type Payment } from "../../../src/domain/payment.ts";
import { cleanCell } from "../../../src/domain/statements/delimited-text.ts";
import type { StatementRow } from "../../../src/domain/statements/statement-row.ts";
import {
  aPaymentEvent,
  aPaymentId,
  aRecorded,
  aRef,
  aRefundNo,
  at,
  cny,
  shanghai,
  units,
} from "../../support/a.ts";
import { isDeep, seed } from "../../support/deep.ts";

const patience = 3_600_000;
const runs = { numRuns: isDeep ? 100_000 : 500, seed };
const context = {
  batchNo: "R7K2Q4-1" as BatchId,
  zone: shanghai.zone,
  at: at("2026-11-22T07:00:00Z"),
  seq: 1,
};
const { currency } = cny(0);
const hkd = findCurrency("HKD") ?? currency;

/** Text as people type it to be clever: formulas, quotes, long digits, signs that end a cell or a line. */
const anyText = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from("=+-@'`\",\t\r\n;|0123456789eE.＝－ 退茶")),
    maxLength: 24,
  }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "=1+1",
    "+86 138",
    "-2",
    "@x",
    "\t=1",
    "\r=1",
    "4200002345202611220000000001",
    "1E9",
  ),
);

type Typed = {
  readonly number: number;
  readonly minor: number;
  readonly order: number | undefined;
  readonly reason: string;
  readonly note: string;
  readonly foreign: boolean;
};

const anyTyped: fc.Arbitrary<Typed> = fc.record({
  number: fc.nat(40),
  minor: fc.oneof(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: -1, max: 3 })),
  order: fc.option(fc.nat(30), { nil: undefined }),
  reason: anyText,
  note: anyText,
  foreign: fc.nat(9).map((dice) => dice === 0),
});

const rowOf = ({ number, minor, order, reason, note, foreign }: Typed): BatchRow => ({
  refundNo: aRefundNo(number * 20),
  acquirer: "wechatpay",
  acquirerNo: `1017${aRefundNo(number * 20)}`,
  merchantNo: "1900000109",
  termNo: "T01",
  paidAt: at("2026-11-22T06:02:00Z"),
  channel: "微信支付",
  minor: units(minor),
  originalMinor: units(99_999_999),
  currency: foreign ? hkd : currency,
  reason,
  note,
  transactionId: `42000023452026112200000${String(number).padStart(5, "0")}`,
  ...given("outTradeNo", order === undefined ? undefined : `ORDER-${order}`),
});

const bytesOf = (file: BatchFile): string => Buffer.from(file.bytes).toString("hex");

const sumOf = (rows: readonly BatchRow[]): number =>
  rows.reduce((sum, { minor }) => sum + minor, 0);

const checkFile = (format: ExportFormat, rows: readonly BatchRow[]): void => {
  const [first, second] = [writeBatch(format, rows, context), writeBatch(format, rows, context)];
  if (!first.ok || !second.ok) {
    expect([first.ok, second.ok]).toEqual([false, false]);
    return;
  }
  const { rows: inside, skipped, total, count } = first.value;
  expect(bytesOf(first.value)).toBe(bytesOf(second.value));
  const refunds = inside.flatMap((row) => row.refunds);
  const left = skipped.map(({ row }) => row);
  expect(refunds.length + left.length).toBe(rows.length);
  expect([count, total.minor]).toEqual([inside.length, sumOf(inside)]);
  expect(sumOf(inside) + sumOf(left)).toBe(sumOf(rows));
  expect(new Set(refunds).size).toBe(refunds.length);
  const orders = inside.flatMap(({ outTradeNo }) => outTradeNo ?? []);
  if (format.onePerOrder || format.mergeBy !== undefined)
    expect(new Set(orders).size).toBe(orders.length);
  if (format.file.kind === "json") return;
  const amountAt = format.columns.findIndex(({ field }) => field === "amount");
  const read = readBackRows(format, first.value.bytes).map(
    (cells) => Number(cells[amountAt]) * (format.columns[amountAt]?.unit === "fen" ? 1 : 100),
  );
  expect(Math.round(read.reduce((sum, minor) => sum + minor, 0))).toBe(total.minor);
};

/** One of each kind: lines, a list for people, merged rows in text and in a sheet, captions, bodies. */
const kinds = (
  [
    "wechat-batch-txt",
    "refund-list-csv",
    "unionpay-pc-txt",
    "unionpay-wap-xls",
    "alipay-batch-xls",
    "wechat-v3-json",
  ] as const
).map((id) => exportFormats[id]);

/** Cells of RFC 4180 text, read with nothing of ours. */
const cellsOf = (text: string): readonly (readonly string[])[] =>
  text
    .replace(/^\uFEFF/, "")
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) =>
      Array.from(line.matchAll(/"((?:[^"]|"")*)"/g), ([, cell = ""]) => cell.replaceAll('""', '"')),
    );

const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

describe(`files, with seed ${seed}`, () => {
  it(
    "invariant 16: X16 X17 the same refunds are the same bytes, each once, and the sum is theirs",
    () => {
      const list = fc.array(anyTyped, { minLength: 1, maxLength: 8 });
      fc.assert(
        fc.property(list, (typed) => {
          for (const format of kinds) checkFile(format, typed.map(rowOf));
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "invariant 21: X46 no cell for people starts a formula, long digits stay, and reading undoes the guard",
    () => {
      fc.assert(
        fc.property(anyTyped, (typed) => {
          const row = rowOf({ ...typed, minor: 1 });
          const written = writeBatch(refundListCsv, [row], context);
          if (!written.ok) throw new Error(written.fault.kind);
          const { bytes } = written.value;
          const cells = cellsOf(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
          for (const cell of cells.flat()) {
            expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
            expect(cell).not.toMatch(/^\d{12,}$/);
          }
          const [told = []] = readBackRows(refundListCsv, bytes);
          expect([told[6], told[7], told[13], told[14], told[16]]).toEqual([
            row.transactionId,
            row.outTradeNo ?? "",
            row.refundNo,
            plain(row.reason),
            plain(row.note ?? ""),
          ]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "invariant 21: X46 a file for the acquirer bears no guard, and no text of it a formula or another cell",
    () => {
      fc.assert(
        fc.property(anyTyped, (typed) => {
          const row = { ...rowOf({ ...typed, minor: 1, foreign: false }), outTradeNo: "ORDER-1" };
          const written = writeBatch(wechatBatchTxt, [row], context);
          if (!written.ok) throw new Error(written.fault.kind);
          const text = new TextDecoder().decode(written.value.bytes);
          const cells = text.split(",");
          expect([cells.length, cells[0], cells[1], cells[3]]).toEqual([
            4,
            "ORDER-1",
            "0.01",
            row.refundNo,
          ]);
          expect(cells[2]).not.toMatch(/^[=+\-@'`"＝＋－＠]|[\r\n\t"]/);
          const digits = `\`${typed.number}20261122`;
          expect(cleanCell(` ${digits} `)).toBe(`${typed.number}20261122`);
        }),
        runs,
      );
    },
    patience,
  );
});

const baseRow: StatementRow = {
  line: 1,
  kind: "payment",
  acquirer: "wechatpay",
  channel: "wechat",
  merchantNo: "1900000109",
  transactionId: "4200002345202611220000000001",
  outTradeNo: "A1",
  minor: 10_000,
  currency,
  at: at("2026-11-21T06:00:00Z"),
  status: "SUCCESS",
  name: "奶茶",
  digest: "payment",
};

type Told = { readonly number: number; readonly minor: number; readonly ours: boolean };

const refundRow = ({ number, minor, ours }: Told): StatementRow => ({
  ...baseRow,
  kind: "refund",
  minor,
  refundNo: ours ? aRefundNo(number) : `ELSEWHERE-${number}`,
  channelRefundNo: `503-${ours ? "o" : "e"}-${number}`,
  digest: `refund-${number}`,
});

const ourRefunds = Array.from({ length: 30 }, (_, number) => ({
  refundNo: aRefundNo(number),
  amount: cny(1),
}));

const facts = { ours: ourRefunds, paymentId: aPaymentId(), others: [] };

/** What the journal knows after the statement was read, and how often it had to be written. */
const readIn = (
  known: Payment | undefined,
  rows: readonly ImportedRow[],
): readonly [Payment | undefined, number] => {
  const found = joinPayment(known, rows, facts);
  if (found?.version === undefined) return [known, 0];
  return [takePayment(known, aRecorded(found.version, 5)), 1];
};

describe(`statements, with seed ${seed}`, () => {
  it(
    "invariant 18: X11 F52 change nothing when they are read again, in any order, any number of times",
    () => {
      const told = fc.uniqueArray(
        fc.record({
          number: fc.nat(20),
          minor: fc.integer({ min: 1, max: 500 }),
          ours: fc.boolean(),
        }),
        { selector: ({ number, ours }) => `${number}/${ours}`, maxLength: 8 },
      );
      const byHand = takePayment(
        undefined,
        aRecorded(aPaymentEvent({ source: "manual", grade: "B", amount: cny(9_000) }), 1),
      );
      fc.assert(
        fc.property(
          told,
          fc.boolean(),
          fc.array(fc.nat(99), { maxLength: 20 }),
          (all, hand, dice) => {
            const rows = [baseRow, ...all.map(refundRow)].map((row) => ({
              row,
              imported: aRef(0),
            }));
            const [after, written] = readIn(hand ? byHand : undefined, rows);
            const elsewhere = all.filter(({ ours }) => !ours);
            expect(written).toBe(1);
            expect(after?.external).toBe(elsewhere.reduce((sum, { minor }) => sum + minor, 0));
            const again = dice.flatMap((place) => rows[place % rows.length] ?? []);
            expect(readIn(after, [...again, ...rows, ...again])[1]).toBe(0);
            expect(readIn(after, again)[1]).toBe(0);
          },
        ),
        runs,
      );
    },
    patience,
  );
});
