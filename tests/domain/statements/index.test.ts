import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { StatementSummary } from "../../../src/domain/statements/statement-row.ts";
import { runs } from "../../support/deep.ts";
import { readStatement } from "./read-statement.ts";

const shared = "../shared/data/statements";
const fixtures = "tests/fixtures/statements";

type Expected = {
  readonly format: string;
  readonly encoding: string;
  readonly rows: number;
  readonly payments: { readonly n: number; readonly sumFen: number };
  readonly refunds: { readonly n: number; readonly sumFen: number };
  readonly revoked?: { readonly n: number; readonly sumFen: number };
  /** Of fund bills, whose refunds are among the expenses. */
  readonly income?: { readonly n: number; readonly sumFen: number };
  readonly expense?: { readonly n: number; readonly sumFen: number };
  readonly paymentsSettled?: { readonly sumFen: number };
  readonly refundsSettled?: { readonly sumFen: number };
  readonly summaryAgrees?: boolean | null;
  readonly mustReport?: readonly string[];
  readonly refundsSha256?: string;
  readonly refundRows: readonly {
    readonly line: number;
    readonly transactionNo: string;
    /** Where the first is the refund's own number. */
    readonly originalTransactionNo?: string;
    readonly merchantOrderNo: string;
    readonly channelRefundNo: string;
    readonly merchantRefundNo: string;
    readonly amountFen: number;
    readonly status: string;
    readonly time: string;
  }[];
};

const listed = (folder: string): readonly (readonly [string, Expected])[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".expected.json"))
    .map((name) => {
      const expected = JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Expected;
      return [`${folder}/${name.replace(".expected.json", "")}`, expected];
    });

const listedTogether = (): readonly (readonly [string, Expected])[] => {
  if (!existsSync(shared)) return [];
  const all = JSON.parse(readFileSync(`${shared}/expected.json`, "utf8")) as Record<
    string,
    Expected
  >;
  return Object.entries(all).map(([file, expected]) => [`${shared}/${file}`, expected]);
};

const layoutOf: Readonly<Record<string, string>> = {
  "wechat-all": "wechat_all",
  "wechat-success": "wechat_success",
  "wechat-refund": "wechat_refund",
  "wechat-legacy24": "wechat_all_legacy",
  "wechat-refund-legacy26": "wechat_refund_legacy",
  "wechat-fund": "wechat_fund",
  "alipay-trade": "alipay_trade",
  "alipay-fund": "alipay_fund",
  "unionpay-zm": "unionpay_zm",
};

const isFund = ({ format }: Expected): boolean => format.endsWith("-fund");

const sideOf = (side: { readonly n: number; readonly sumFen: number } | undefined) => ({
  count: side?.n ?? 0,
  minor: side?.sumFen ?? 0,
});

/** Refunds of a fund bill may be larger than what moved, by the fee that came back. */
const sumsOf = (expected: Expected) => {
  const { payments, refunds, revoked, income, expense } = expected;
  const refunded = sideOf(refunds);
  const none = sideOf(undefined);
  return {
    currency: "CNY",
    payments: isFund(expected) ? none : sideOf(payments),
    refunds: refunded,
    revoked: sideOf(revoked),
    income: isFund(expected) ? sideOf(income) : none,
    expense: isFund(expected)
      ? { count: sideOf(expense).count - refunded.count, minor: expect.any(Number) }
      : none,
  };
};

const read = (file: string) => readStatement(readFileSync(file));

const summaryOf = (file: string): StatementSummary => {
  const { result } = read(file);
  if (result.ok) return result.value;
  if (!("summary" in result.fault)) throw new Error(result.fault.kind);
  return result.fault.summary;
};

/** UnionPay's times have no year; that of the samples is 2025. */
const instantOf = (time: string): string =>
  new Date(
    `${time.replace(" ", "T").replace(/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "2025-$1-$2T$3:$4:$5")}+08:00`,
  )
    .toISOString()
    .replace(".000", "");

const total = (summary: StatementSummary, ...names: readonly string[]): number | undefined =>
  summary.totals.find(({ name }) => names.includes(name))?.read;

const namesOf = (file: string): readonly (string | undefined)[] =>
  read(`${fixtures}/${file}`).rows.map((row) => row.name);

describe("statements of tests/fixtures and, where it is there, of ../shared/data", () => {
  const all = [...listed(fixtures), ...listed(`${shared}/synthetic`), ...listedTogether()];
  const bills = all.filter(([, { format }]) => layoutOf[format] !== undefined);

  it.each(bills)("reads the counts and sums of %s", (file, expected) => {
    const summary = summaryOf(file);
    expect(summary.layout).toBe(layoutOf[expected.format]);
    expect(summary.encoding).toBe(expected.encoding === "gbk" ? "gb18030" : "utf-8");
    expect(summary.rows).toBe(expected.rows);
    expect(summary.sums).toEqual([sumsOf(expected)]);
    if (isFund(expected) && summary.totals.length > 0)
      expect(total(summary, "支出金额")).toBe(expected.expense?.sumFen);
    expect(summary.firstRows).toHaveLength(Math.min(20, summary.rows));
    if (summary.totals.length === 0 || expected.paymentsSettled === undefined) return;
    expect(total(summary, "应结订单总金额", "交易实收")).toBe(expected.paymentsSettled.sumFen);
    if (expected.revoked?.n === 0)
      expect(total(summary, "退款总金额", "退款实收")).toBe(expected.refundsSettled?.sumFen);
  });

  it.each(bills)("reads the refunds of %s", (file, expected) => {
    const refunds = read(file).rows.filter((row) => row.kind === "refund");
    if (file.includes("SCINOTATION")) {
      expect(refunds).toEqual([]);
      return;
    }
    const found = expected.refundRows.map(({ line }) => refunds.find((row) => row.line === line));
    expect(found).toEqual(
      expected.refundRows.map((row) =>
        expect.objectContaining({
          transactionId: row.originalTransactionNo ?? row.transactionNo,
          outTradeNo: row.merchantOrderNo,
          refundNo: row.merchantRefundNo,
          minor: row.amountFen,
          at: instantOf(row.time),
          ...(row.channelRefundNo !== "" && { channelRefundNo: row.channelRefundNo }),
          ...(expected.format !== "alipay-trade" && row.status !== "" && { status: row.status }),
        }),
      ),
    );
    if (expected.refundsSha256 === undefined) return;
    const hash = createHash("sha256");
    for (const row of refunds) hash.update(`${row.refundNo} ${row.transactionId} ${row.minor}\n`);
    expect(hash.digest("hex")).toBe(expected.refundsSha256);
  });

  it.each(bills)("X12 accepts %s only if its own summary agrees", (file, expected) => {
    const { result } = read(file);
    const kind = result.ok ? "ok" : result.fault.kind;
    if (file.includes("SCINOTATION")) expect(kind).toBe("ids_damaged");
    else if (file.includes("CUT")) expect(kind).toBe("cut");
    else if (expected.summaryAgrees === null) expect(kind).toBe("no_summary");
    else expect(kind).toBe(expected.summaryAgrees === false ? "totals_differ" : "ok");
    const notes = summaryOf(file).notes;
    const must = expected.mustReport ?? [];
    expect(notes.includes("fullwidth_colon")).toBe(must.includes("FULLWIDTH_COLON_IN_TIME"));
    expect(notes.includes("positive_refund")).toBe(must.includes("REFUND_WITH_POSITIVE_AMOUNT"));
  });

  it("reads the same rows however the file is cut into pieces", () => {
    for (const [file] of listed(fixtures)) {
      const bytes = readFileSync(file);
      const whole = readStatement(bytes);
      for (const size of [1, 7, 1000, 4097]) expect(readStatement(bytes, { size })).toEqual(whole);
    }
  });

  it.each(bills)(
    "X12 refuses any beginning of %s, or has every row of it",
    (file) => {
      const bytes = readFileSync(file);
      const rows = readStatement(bytes).rows.length;
      for (let end = 0; end < bytes.length; end += bytes.length > 2000 ? runs(131, 1) : 1) {
        const prefix = readStatement(bytes.subarray(0, end));
        if (prefix.result.ok) expect(prefix.rows).toHaveLength(rows);
      }
    },
    1_800_000,
  );

  it("keeps commas, quotes and GBK characters of names", () => {
    const alipay = namesOf("alipay_trade_detail_60_raw_commas.GBK.csv");
    for (const name of ["苹果,香蕉,梨", "運動水壺", '"特价"杯子', '套餐A,含"可乐"'])
      expect(alipay).toContain(name);
    expect(namesOf("wechat_trade_ALL_60_resaved_by_spreadsheet.csv")).toContain("苹果,香蕉,梨");
    expect(namesOf("wechat_trade_ALL_60.csv")).toContain("🍓草莓");
  });
});

describe.skipIf(!existsSync(shared))("other files of ../shared/data (skipped without it)", () => {
  it.each([
    ["payer_wechat_app_bill_anonymised.csv", "payer_bill"],
    ["payer_wechat_app_bill_anonymised.xlsx", "packed_file"],
    ["synthetic/payer_alipay_app_bill_8.GBK.csv", "payer_bill"],
  ])("names %s a %s", (file, kind) => {
    expect(read(`${shared}/${file}`).result).toMatchObject({ ok: false, fault: { kind } });
  });
});
