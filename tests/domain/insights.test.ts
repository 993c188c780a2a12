import {
  array,
  assert,
  constantFrom,
  integer,
  property,
  record,
  shuffledSubarray,
} from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY, type Currency } from "../../src/domain/currency.ts";
import { writeInsightsCsv } from "../../src/domain/insights-csv.ts";
import { readInsights, type InsightCase } from "../../src/domain/insights.ts";
import { addSeconds, findZone, type Instant, type Zone } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import type { MoneyState } from "../../src/domain/refund/money-track.ts";

const zone = findZone("Asia/Shanghai") as Zone;
const monday = "2026-11-23T01:30:00Z" as Instant; // 09:30 in Shanghai

type Told = Partial<{
  minor: number;
  currency: Currency;
  state: MoneyState;
  reason: string;
  staff: string;
  approver: string;
  item: string;
  after: number;
  training: boolean;
  payment: boolean;
}>;

const caseOf = ({
  minor = 1_000,
  currency = CNY,
  state = "submitted",
  reason = "not_as_described",
  staff = "s1",
  approver,
  item,
  after,
  training = false,
  payment = true,
}: Told): InsightCase => {
  const history = [
    ...(approver === undefined
      ? []
      : [{ staff: approver, told: { kind: "decided", about: "refund", result: "approve" } }]),
    ...(after === undefined
      ? []
      : [
          {
            staff: "s1",
            told: { kind: "money", state: "succeeded", at: addSeconds(monday, after) },
          },
        ]),
  ];
  const refundCase = {
    training,
    reason,
    requestedBy: staff,
    createdAt: monday,
    history,
    attempts: [{ amount: money(minor, currency), money: state }],
    ...(payment ? { paymentId: "P" } : {}),
    ...(item === undefined ? {} : { lines: [{ index: 0, quantity: "1", name: item }] }),
  };
  return { refundCase: refundCase as unknown as RefundCase, channel: "wechat" };
};

const read = (...told: readonly Told[]) =>
  readInsights(told.map(caseOf), { currency: CNY, zone, training: false });

const cny = (minor: number) => money(minor, CNY);

describe("what the refunds of a time say", () => {
  it("R53 counts what was not withdrawn, refused or failed, and says what has not arrived", () => {
    const report = read(
      { minor: 1_000 },
      { minor: 500, state: "succeeded" },
      { minor: 9_900, state: "withdrawn" },
      { minor: 9_900, state: "failed" },
      { minor: 7_700, training: true },
    );
    expect(report).toMatchObject({
      count: 2,
      sum: cny(1_500),
      open: { count: 1, sum: cny(1_000) },
      ended: 2,
    });
  });

  it("R53 ranks reasons, items, people and channels by money, ties by name", () => {
    const report = read(
      { minor: 300, reason: "not_as_described", staff: "s2", item: "发卡" },
      { minor: 500, reason: "overpaid", staff: "s1" },
      { minor: 200, reason: "not_as_described", staff: "s1", item: "发卡" },
    );
    expect(report.reasons.map(({ key, count, sum }) => [key, count, sum.minor])).toEqual([
      ["not_as_described", 2, 500],
      ["overpaid", 1, 500],
    ]);
    expect(report.staff.map(({ key, sum }) => [key, sum.minor])).toEqual([
      ["s1", 700],
      ["s2", 300],
    ]);
    expect(report.items.map(({ key, sum }) => [key, sum.minor])).toEqual([
      ["", 500],
      ["发卡", 500],
    ]);
    expect(report.channels).toHaveLength(1);
  });

  it("R53 tells the middle time to arrival, the hour and weekday of the shop, and what stands out (X30)", () => {
    const report = read(
      { state: "succeeded", after: 60 },
      { state: "succeeded", after: 600 },
      { state: "succeeded", after: 86_400 },
      { approver: "s1", payment: false },
      { approver: "s2" },
    );
    expect(report.arrival).toBe(600);
    expect(report.hours[0]?.[9]).toBe(5);
    expect(report.hours.flat().reduce((sum, one) => sum + one, 0)).toBe(5);
    expect(report).toMatchObject({ unreferenced: 1, selfApproved: 1 });
    expect(read().arrival).toBeUndefined();
  });

  it("X47 adds no currency to another", () => {
    const report = read({ minor: 100 }, { minor: 7_000, currency: "JPY" as Currency });
    expect(report).toMatchObject({ count: 1, sum: cny(100), otherCurrency: 1 });
  });

  it("R53 R52 every ranking adds up to the whole, whatever the order, for 2,000 random times", () => {
    const told = record({
      minor: integer({ min: 1, max: 99_999 }),
      state: constantFrom<MoneyState>("ready", "submitted", "succeeded", "withdrawn", "closed"),
      reason: constantFrom("not_as_described", "overpaid", "overpaid", "no such reason"),
      staff: constantFrom("s1", "s2", "c1"),
    });
    assert(
      property(
        array(told, { maxLength: 30 }).chain((all) =>
          shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
        ),
        ([all, other]) => {
          const report = read(...all);
          expect(read(...other)).toEqual(report);
          for (const ranking of [report.reasons, report.channels, report.items, report.staff]) {
            const total = ranking.reduce((sum, row) => sum + row.sum.minor, 0);
            expect(total).toBe(report.sum.minor);
            expect(ranking.reduce((sum, row) => sum + row.count, 0)).toBe(report.count);
          }
          expect(report.count + report.ended).toBe(all.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("X46 leaves as a table that harms no spreadsheet", () => {
    const row = { key: "x", count: 2, sum: cny(1_250), name: "=1+1" };
    const text = writeInsightsCsv(
      ["部分", "项目", "笔数", "金额", "币种"],
      [{ title: "原因", rows: [row] }],
    );
    expect(text.startsWith("\u{FEFF}")).toBe(true);
    expect(text.split("\r\n")[1]).toBe(`"原因","'=1+1",2,12.50,CNY`);
  });
});
