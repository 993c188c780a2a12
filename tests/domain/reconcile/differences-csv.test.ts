import { describe, expect, it } from "vitest";

import { CNY } from "../../../src/domain/currency.ts";
import type { CaseId, DeviceId } from "../../../src/domain/ids.ts";
import type { Instant, Zone } from "../../../src/domain/instant.ts";
import { money } from "../../../src/domain/money.ts";
import { matchClasses } from "../../../src/domain/reconcile/difference.ts";
import {
  differenceColumns,
  statesTold,
  writeDifferences,
  type DifferenceWords,
} from "../../../src/domain/reconcile/differences-csv.ts";
import type { OurAttempt } from "../../../src/domain/reconcile/our-attempt.ts";
import type { TheirRefund } from "../../../src/domain/reconcile/their-refund.ts";

const words: DifferenceWords = {
  columns: Object.fromEntries(
    differenceColumns.map((column) => [column, column]),
  ) as DifferenceWords["columns"],
  class: Object.fromEntries(matchClasses.map((kind) => [kind, kind])) as DifferenceWords["class"],
  state: Object.fromEntries(statesTold.map((state) => [state, state])) as DifferenceWords["state"],
  acquirer: new Map(),
  settled: "yes",
};

const ours: OurAttempt = {
  caseId: "c" as CaseId,
  number: 1,
  record: { device: "d" as DeviceId, seq: 1 },
  refundNo: "R7K2Q4000000001T",
  prefix: "",
  amount: money(123_456, CNY),
  mode: "referenced",
  acquirer: "wechatpay",
  money: "submitted",
  numbers: { transaction_id: "4200002345202603140000000001" },
  recordedAt: "2026-11-20T06:00:00Z" as Instant,
  until: "2026-11-27T06:00:00Z" as Instant,
  numbered: true,
};

const theirs: TheirRefund = {
  key: "k",
  kind: "refund",
  rows: [],
  acquirer: "wechatpay",
  merchantNo: "",
  transactionId: "",
  outTradeNo: "=HYPERLINK(1)",
  refundNo: "+1-2",
  channelRefundNo: "50300000000000000000000000001",
  amount: money(5, CNY),
  at: "2026-11-21T06:00:00Z" as Instant,
};

const cellsOf = (text: string): readonly (readonly string[])[] =>
  text
    .slice(1)
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));

describe("the table of differences", () => {
  const text = writeDifferences(
    [
      { class: "amount", ours, theirs: [theirs], settled: true },
      { class: "missing_here", theirs: [theirs], settled: false },
    ],
    { words, zone: "Asia/Shanghai" as Zone },
  );

  it("R55 begins with a byte order mark, no cell starts a formula, ids stay text, amounts are numbers", () => {
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [head, first, second] = cellsOf(text);
    expect(head).toHaveLength(differenceColumns.length);
    expect(first?.[4]).toBe(`"'+1-2"`);
    expect(first?.[5]).toBe(`"'50300000000000000000000000001"`);
    expect(first?.[6]).toBe(`"'=HYPERLINK(1)"`);
    expect(first?.slice(7, 9)).toEqual(["1234.56", "0.05"]);
    expect(second?.slice(7, 9)).toEqual(["", "0.05"]);
    expect(first?.[1]).toBe('"yes"');
    expect(first?.slice(12)).toEqual(['"2026-11-20 14:00:00"', '"2026-11-21 14:00:00"']);
    for (const cell of [first, second].flat())
      expect(cell).toMatch(/^(?:"(?![=+\-@\t\r])(?:[^"]|"")*"|\d+\.\d\d|)$/);
  });
});
