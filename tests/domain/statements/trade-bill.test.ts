import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BusinessDate } from "../../../src/domain/instant.ts";
import { openStatementReader } from "../../../src/domain/statements/index.ts";
import type { StatementFault, StatementRow } from "../../../src/domain/statements/statement-row.ts";
import { readStatement } from "./read-statement.ts";

const header =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const alipayHeader =
  "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,退款批次号/请求号,备注";
const wechatFundHeader =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const alipayFundHeader =
  "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注";
const unionpayLine = "S22 48020000    00010000    000015 0923164207 621700********1234";
const summaryNames =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

const aPayment = (cells: Readonly<Record<string, string>> = {}): string => {
  const values: Readonly<Record<string, string>> = {
    交易时间: "2026-11-22 14:02:00",
    商户号: "1900000001",
    特约商户号: "0",
    微信订单号: "4200002345202611220000000001",
    商户订单号: "A20261122000017",
    交易状态: "SUCCESS",
    货币种类: "CNY",
    应结订单金额: "12.50",
    代金券金额: "0.00",
    微信退款单号: "0",
    商户退款单号: "0",
    退款金额: "0.00",
    充值券退款金额: "0.00",
    商品名称: "早餐",
    手续费: "0.08000",
    费率: "0.60%",
    订单金额: "12.50",
    申请退款金额: "0.00",
    ...cells,
  };
  return header
    .split(",")
    .map((name) => `\`${values[name] ?? ""}`)
    .join(",");
};

const aBill = (rows: readonly string[], summary?: string): Uint8Array =>
  new TextEncoder().encode(
    [header, ...rows, ...(summary === undefined ? [] : [summaryNames, summary]), ""].join("\r\n"),
  );

const faultOf = (bytes: Uint8Array, options = {}): StatementFault | undefined => {
  const { result } = readStatement(bytes, options);
  return result.ok ? undefined : result.fault;
};

describe("a bill", () => {
  const good = "`1,`12.50,`0.00,`0.00,`0.08000,`12.50,`0.00";

  it("X12 is refused without its summary unless a person allows it", () => {
    const bytes = aBill([aPayment()]);
    expect(faultOf(bytes)).toMatchObject({ kind: "no_summary", summary: { rows: 1 } });
    expect(faultOf(bytes, { allowMissingSummary: true })).toBeUndefined();
  });

  it("X12 is refused when its summary counts one row or one fen more", () => {
    expect(faultOf(aBill([aPayment()], good))).toBeUndefined();
    for (const wrong of [good.replace("`1", "`2"), good.replaceAll("12.50", "12.51")])
      expect(faultOf(aBill([aPayment()], wrong))?.kind).toBe("totals_differ");
    expect(
      faultOf(aBill([aPayment()], good.replace("`1", "`2")), { allowMissingSummary: true })?.kind,
    ).toBe("totals_differ");
  });

  it("gives a row its numbers, its time in UTC and the digest of its line", () => {
    const line = aPayment({ 特约商户号: "1900000109", 设备号: "T01", 代金券金额: "2.50" });
    expect(readStatement(aBill([line], good)).rows).toEqual([
      {
        line: 2,
        kind: "payment",
        acquirer: "wechatpay",
        channel: "wechat",
        merchantNo: "1900000109",
        termNo: "T01",
        transactionId: "4200002345202611220000000001",
        outTradeNo: "A20261122000017",
        minor: 1250,
        fee: 8,
        payerMinor: 1000,
        currency: "CNY",
        at: "2026-11-22T06:02:00Z",
        status: "SUCCESS",
        name: "早餐",
        digest: createHash("sha256").update(line).digest("base64url"),
      } satisfies Record<
        keyof Required<Omit<StatementRow, "refundNo" | "channelRefundNo" | "flowNo">>,
        unknown
      >,
    ]);
  });

  it("F84 masks a card number in a name", () => {
    const { rows } = readStatement(aBill([aPayment({ 商品名称: "卡4111 1111 1111 1111" })], good));
    expect(rows[0]?.name).toBe("卡4111 11** **** 1111");
  });

  it("reads the commas and line ends that WeChat escapes in names", () => {
    const { rows } = readStatement(aBill([aPayment({ 商品名称: "苹果\\ 香蕉\\n两行\\三" })], good));
    expect(rows[0]?.name).toBe("苹果,香蕉 两行\\三");
  });

  it("X46 refuses numbers that a spreadsheet rounded, and keeps such a name as text", () => {
    for (const number of ["4.2E+27", "4200002345202610000000000000"])
      expect(faultOf(aBill([aPayment({ 微信订单号: number })], good))).toMatchObject({
        kind: "ids_damaged",
        column: "微信订单号",
        line: 2,
      });
    const { rows, result } = readStatement(aBill([aPayment({ 商品名称: "=1+1" })], good));
    expect(result.ok && rows[0]?.name).toBe("=1+1");
  });

  it.each([
    [{ 交易时间: "2026-02-30 10:00:00" }, "bad_time"],
    [{ 订单金额: "12.505" }, "bad_amount"],
    [{ 订单金额: "1e3" }, "bad_amount"],
    [{ 货币种类: "XXX" }, "unknown_currency"],
    [{ 交易状态: "NEW" }, "unknown_type"],
    [{ 微信订单号: "0", 商户订单号: "" }, "number_missing"],
  ] as const)("lists a line with %j as %s and imports nothing", (cells, reason) => {
    expect(faultOf(aBill([aPayment(), aPayment(cells)], good.replace("`1", "`2")))).toMatchObject({
      kind: "totals_differ",
      summary: { problems: [{ line: 3, reason }], problemCount: 1 },
    });
  });

  it("names the columns it misses", () => {
    const bytes = new TextEncoder().encode(`${header.replace("微信订单号", "单号")}\r\n`);
    expect(faultOf(bytes)).toMatchObject({ kind: "header_unknown", missing: ["微信订单号"] });
  });

  it("keeps each currency's decimals and sums apart", () => {
    const yen = aPayment({ 货币种类: "JPY", 订单金额: "1200.00", 应结订单金额: "1200.00" });
    const { rows, result } = readStatement(
      aBill([aPayment(), yen], "`2,`1212.50,`0.00,`0.00,`0.0,`1212.50,`0.00"),
    );
    expect(rows.map((row) => row.minor)).toEqual([1250, 1200]);
    expect(result.ok && result.value.sums.map((sum) => [sum.currency, sum.payments.minor])).toEqual(
      [
        ["CNY", 1250],
        ["JPY", 1200],
      ],
    );
  });

  it("stops at the largest number of rows and names it", () => {
    expect(faultOf(aBill([aPayment(), aPayment(), aPayment()]), { mostRows: 2 })).toEqual({
      kind: "too_large",
      unit: "rows",
      most: 2,
    });
  });
});

describe("other bytes", () => {
  it("are no statement, whatever they are", () => {
    for (const text of ["", "\n\n", "a,b,c\n1,2,3\n", "x".repeat(200_000), "\n".repeat(100)])
      expect(faultOf(new TextEncoder().encode(text))).toMatchObject({ kind: "not_a_statement" });
    expect(faultOf(new TextEncoder().encode("No Bill Exist"))).toEqual({
      kind: "no_bill_that_day",
    });
    for (const [bytes, reason] of [
      [[0x1f, 0x8b, 8], "unsupported"],
      [[0xd0, 0xcf, 0x11, 0xe0], "xls"],
    ] as const)
      expect(faultOf(Uint8Array.from(bytes))).toEqual({ kind: "packed_file", reason, files: 0 });
  });

  it("give no exception when a real bill is changed in one byte", () => {
    const bytes = aBill([aPayment()], "`1,`12.50,`0.00,`0.00,`0.08000,`12.50,`0.00");
    for (let at = 0; at < bytes.length; at++)
      for (const value of [0, 0x22, 0x2c, 0x60, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        expect(readStatement(changed).result.ok).toBeTypeOf("boolean");
      }
  });

  it("give no exception and no import when they follow a header at random", () => {
    const cell = fc.constantFrom(
      "`",
      ",",
      '"',
      "0.01",
      "2026-11-22 14:02:00",
      "CNY",
      "SUCCESS",
      "\r\n",
      "总交易单数",
    );
    const noise = fc.oneof(
      fc.array(cell).map((cells) => cells.join("")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(
        noise,
        fc.constantFrom(header, alipayHeader, wechatFundHeader, alipayFundHeader, unionpayLine),
        (text, first) => {
          const { rows, result } = readStatement(new TextEncoder().encode(`${first}\r\n${text}`));
          expect(result.ok && rows.length > 0).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(["constructor", "__proto__", "toString"])(
    "are no kind of row by the name %s of JavaScript's own",
    (word) => {
      const { rows, result } = readStatement(
        aBill([aPayment({ 交易状态: word })], "`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00"),
      );
      expect(rows).toEqual([]);
      expect(result).toMatchObject({ ok: true, value: { rows: 0, problemCount: 1 } });
    },
  );

  it("after a fault nothing more is read", () => {
    const reader = openStatementReader({
      onRows: () => undefined,
      madeOn: "2026-03-31" as BusinessDate,
    });
    const fault = reader.push(Uint8Array.of(0x50, 0x4b, 3, 4));
    expect(fault).toEqual({ kind: "packed_file", reason: "unsupported", files: 0 });
    expect(reader.push(aBill([aPayment()]))).toEqual(fault);
    expect(reader.finish()).toEqual({ ok: false, fault });
  });
});
