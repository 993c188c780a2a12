import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readStatement } from "./read-statement.ts";

const wechat = readFileSync("tests/fixtures/statements/wechat_fund_5.csv", "utf8");

const read = (text: string) => readStatement(new TextEncoder().encode(text));

describe("a WeChat fund bill", () => {
  it("X11 has no payment in it: income and fees are movements with a number of their own", () => {
    expect(
      read(wechat).rows.map(({ kind, transactionId, outTradeNo, minor, status }) => [
        kind,
        transactionId,
        outTradeNo,
        minor,
        status,
      ]),
    ).toEqual([
      ["income", "4200002345202603140000000001", "A20260314000001", 2500, "交易"],
      ["expense", "4200002345202603140000000001", "", 15, "扣除交易手续费"],
      ["refund", "4200002345202603140000000001", "", 750, "退款"],
      ["refund", "", "", 300, "退款"],
      ["expense", "", "", 10000, "提现"],
    ]);
    expect(read(wechat).rows.every((row) => row.flowNo !== undefined)).toBe(true);
  });

  it("takes a refund's number of the movement for a payment's only if it looks like one", () => {
    expect(read(wechat).rows[3]).toMatchObject({
      transactionId: "",
      flowNo: "1900000109202603145884652186",
    });
  });

  it("never lowers a refund by what somebody wrote into its remark", () => {
    const text = wechat.replace("`缺货", "`退款总金额0.01元;含手续费0.00元");
    expect(read(text).rows[3]?.minor).toBe(300);
  });

  it.each([
    ["one fen more", "`110.61", "`110.62"],
    ["one row more", "`5.0", "`6.0"],
    ["more income", "`25.00,`4.0", "`25.01,`4.0"],
  ])("X12 is refused when its last line says %s", (_, from, to) => {
    expect(read(wechat.replace(from, to)).result).toMatchObject({
      ok: false,
      fault: { kind: "totals_differ" },
    });
  });

  it.each([
    ["`4200002345202603140000000001,`交易", "`4.20000234520260E+27,`交易", "资金流水单号"],
    ["`R7K2Q4000012345S", "`1.23457E+15", "业务凭证号"],
  ])("X46 is refused when a spreadsheet wrote %s as %s", (from, to, column) => {
    expect(read(wechat.replace(from, to)).result).toMatchObject({
      ok: false,
      fault: { kind: "ids_damaged", column },
    });
  });

  it.each([
    ["`收入,", "`转入,", "unknown_type"],
    ["`25.00,`125.00", "`-25.00,`125.00", "bad_amount"],
    ["2026-03-14 09:12:05", "14.03.2026", "bad_time"],
    ["`交易,`交易", "`交易", "cells"],
  ])("lists a line with %s written %s as %s", (from, to, reason) => {
    expect(read(wechat.replace(from, to)).result).toMatchObject({
      ok: false,
      fault: { kind: "totals_differ", summary: { problems: [{ line: 2, reason }] } },
    });
  });
});

describe("an Alipay fund detail", () => {
  const alipay = new TextDecoder("gb18030").decode(
    readFileSync("tests/fixtures/statements/alipay_fund_4.GBK.csv"),
  );

  it("X11 has movements only: a refund in it names no refund number, so it lowers no balance", () => {
    const { rows, result } = read(alipay);
    expect(rows.map(({ kind, minor, status }) => [kind, minor, status])).toEqual([
      ["income", 5990, "在线支付"],
      ["expense", 36, "收费"],
      ["expense", 990, "交易退款"],
      ["income", 103990, "在线支付"],
    ]);
    expect(rows.every((row) => row.merchantNo === "2088041955793230")).toBe(true);
    expect(result).toMatchObject({ ok: true, value: { notes: ["repaired_commas"] } });
  });

  it.each([
    ["支出合计：2笔", "支出合计：3笔"],
    ["共-10.26元", "共-10.25元"],
    ["共1099.80元", "共1099.79元"],
  ])("X12 is refused when %s reads %s", (from, to) => {
    expect(read(alipay.replace(from, to)).result).toMatchObject({
      ok: false,
      fault: { kind: "totals_differ" },
    });
  });

  it("X12 is refused when one of its two totals is missing", () => {
    const text = alipay.replace(/#收入合计.*\r\n/, "");
    expect(read(text).result).toMatchObject({ ok: false, fault: { kind: "no_summary" } });
  });

  it.each([
    [",59.90,0.00,", ",0.00,0.00,"],
    [",59.90,0.00,", ",59.90,-1.00,"],
  ])("lists a row that moves nothing, or both ways: %s as %s", (from, to) => {
    expect(read(alipay.replace(from, to)).result).toMatchObject({
      fault: { summary: { problems: [{ line: 6, reason: "bad_amount" }] } },
    });
  });
});
