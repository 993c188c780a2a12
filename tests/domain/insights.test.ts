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
import { wholeDays } from "../../src/domain/insight-days.ts";
import { newInsights, type InsightCase } from "../../src/domain/insights.ts";
import {
  addSeconds,
  findZone,
  type BusinessDate,
  type Instant,
  type Zone,
} from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import type { StatementImport } from "../../src/domain/books.ts";
import type { CaseId } from "../../src/domain/ids.ts";
import { latestAttempt, type RefundCase } from "../../src/domain/refund/case.ts";
import { standingOf, type MoneyState } from "../../src/domain/refund/money-track.ts";
import { anyAct, beginWalk, replay, step, type Walk } from "../support/walk.ts";

const zone = findZone("Asia/Shanghai") as Zone;
const monday = "2026-11-23T01:30:00Z" as Instant; // 09:30 in Shanghai

type Told = Partial<{
  minor: number;
  currency: Currency;
  state: MoneyState;
  reason: string;
  staff: string;
  score: number;
  type: string;
  mode: string;
  at: Instant;
  approver: string;
  item: string;
  after: number;
  training: boolean;
  payment: boolean;
}>;

const usual = {
  minor: 1_000,
  currency: CNY,
  state: "submitted" as MoneyState,
  reason: "not_as_described",
  staff: "s1",
  training: false,
  payment: true,
  type: "partial",
  mode: "referenced",
  at: monday,
};

const caseOf = (told: Told): InsightCase => {
  const { minor, currency, state, reason, staff, training, payment, type, mode, at } = {
    ...usual,
    ...told,
  };
  const { approver, item, after, score } = told;
  const history = [
    ...(score === undefined ? [] : [{ at, told: { kind: "contact", score } }]),
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
    createdAt: at,
    type,
    mode,
    history,
    attempts: [{ amount: money(minor, currency), money: state }],
    ...(payment ? { paymentId: "P" } : {}),
    ...(item === undefined ? {} : { lines: [{ index: 0, quantity: "1", name: item }] }),
  };
  return { refundCase: refundCase as unknown as RefundCase, channel: "wechat" };
};

const day = (text: string) => text as BusinessDate;

const terms = {
  currency: CNY,
  calendar: { zone, cutoffMinutes: 0 },
  range: [day("2026-11-22"), day("2026-11-24")],
  training: false,
} as const;

const read = (...told: readonly Told[]) => {
  const insights = newInsights(terms);
  insights.take(told.map(caseOf));
  return insights.result();
};

const importOf = (
  acquirer: string,
  period: readonly [from: string, to: string],
  at: string,
  format = "alipay_trade",
) => ({ at, event: { acquirer, format, period } }) as unknown as StatementImport;

const whole = (...imports: readonly StatementImport[]) => [...wholeDays(imports, terms.range)];

/** What the signed records name as the last amount of every refund that was not freed. */
const standing = (records: Walk["records"]): readonly number[] => {
  const last = new Map<CaseId, number>();
  for (const { event } of records)
    if (event.kind === "refund") last.set(event.caseId, event.amount.minor);
  const { cases } = replay(records);
  const freed = (caseId: CaseId): boolean => {
    const refundCase = cases.get(caseId);
    return refundCase !== undefined && standingOf(latestAttempt(refundCase).money) === "frees";
  };
  return [...last].flatMap(([caseId, minor]) => (minor === 0 || freed(caseId) ? [] : [minor]));
};

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

  it("R53 tells every day of the time, also one without a refund, and how long the money took", () => {
    const report = read(
      { minor: 300, state: "succeeded", after: 600 },
      { minor: 200, state: "succeeded", after: 601, at: "2026-11-23T15:59:59Z" as Instant },
      { minor: 100, at: "2026-11-23T16:00:00Z" as Instant, type: "return" },
      { minor: 50, mode: "unreferenced", payment: false, state: "succeeded", after: 5 * 86_400 },
    );
    expect(report.days.map(({ date, count, sum }) => [date, count, sum.minor])).toEqual([
      ["2026-11-22", 0, 0],
      ["2026-11-23", 3, 550],
      ["2026-11-24", 1, 100],
    ]);
    expect(report.waits.map(({ key, sum }) => [key, sum.minor])).toEqual([
      ["10m", 500],
      ["longer", 50],
      ["open", 100],
    ]);
    expect(report.types.map(({ key, sum }) => [key, sum.minor])).toEqual([
      ["partial", 500],
      ["return", 100],
      ["unreferenced", 50],
    ]);
  });

  it("R28 tells how satisfied customers were by what the refund was for, the worst first", () => {
    const report = read(
      { reason: "faulty", score: 2 },
      { reason: "faulty", score: 3 },
      { reason: "overpaid", score: 5, state: "withdrawn" },
      { reason: "changed_mind" },
    );
    expect(report.satisfaction).toEqual([
      { key: "faulty", count: 2, mean: 2.5 },
      { key: "overpaid", count: 1, mean: 5 },
    ]);
  });

  it("R53 knows a rate only of days that every acquirer's statement covers whole", () => {
    const later = "2026-12-01T00:00:00Z";
    const alipay = importOf("alipay", ["2026-11-20", "2026-11-23"], later);
    expect(whole()).toEqual([]);
    expect(whole(alipay)).toEqual(["2026-11-22", "2026-11-23"]);
    expect(whole(alipay, importOf("wechatpay", ["2026-11-23", "2026-11-30"], later))).toEqual([
      "2026-11-23",
    ]);
    expect(whole(importOf("alipay", ["2026-11-22", "2026-11-24"], "2026-11-24T03:00:00Z"))).toEqual(
      ["2026-11-22", "2026-11-23"],
    );
    for (const format of ["wechat_fund", "wechat_refund"])
      expect(whole(importOf("wechatpay", ["2026-11-22", "2026-11-24"], later, format))).toEqual([]);
  });

  it("R53 R52 every sum equals what the journal's own records add up to, for 300 random journals", () => {
    assert(
      property(array(anyAct, { minLength: 5, maxLength: 60 }), (acts) => {
        const { records, books } = acts.reduce((walk, act) => step(walk, act).walk, beginWalk());
        const insights = newInsights({ ...terms, range: [day("2026-11-01"), day("2026-12-31")] });
        insights.take([...books.cases.values()].map((refundCase) => ({ refundCase })));
        const report = insights.result();
        const sum = standing(records).reduce((total, minor) => total + minor, 0);
        expect(report.sum.minor).toBe(sum);
        expect(report.count).toBe(standing(records).length);
        for (const table of [report.reasons, report.channels, report.staff, report.types])
          expect(table.reduce((total, row) => total + row.sum.minor, 0)).toBe(sum);
      }),
      { numRuns: 300 },
    );
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
          const { reasons, channels, items, staff, types, waits, days } = report;
          for (const ranking of [reasons, channels, items, staff, types, waits, days]) {
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
