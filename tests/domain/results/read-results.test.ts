import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acquirers } from "../../../src/domain/acquirers/index.ts";
import { openResults, type ResultRow } from "../../../src/domain/results/read-results.ts";
import { fail } from "../../../src/domain/result.ts";
import { readStatus } from "../../../src/domain/results/status-word.ts";
import { parseTypedResultMapping } from "../../../src/domain/results/result-mapping.ts";
import { isNews, meaningOf } from "../../../src/domain/results/told-result.ts";

/** Reads in slices of two lines. */
const readResults = (...file: Parameters<typeof openResults>) => {
  const reader = openResults(...file);
  if (!reader.ok) return reader;
  for (let at = 0; at < file[0].length; at += 2) {
    const broken = reader.value.take(at, 2);
    if (broken !== undefined) return fail(broken);
  }
  return reader.value.finish();
};

const header = "商户退款单号,商户订单号,退款金额,退款状态,失败原因,退款完成时间";

const rowsOf = (...lines: readonly string[]): readonly ResultRow[] => {
  const read = readResults([header, ...lines], []);
  if (!read.ok) throw new Error(read.fault.kind);
  return read.value.rows;
};

const faultOf = (...lines: readonly string[]) => {
  const read = readResults(lines, []);
  return read.ok ? undefined : read.fault;
};

const meaningIn = (row: Partial<ResultRow>) => {
  const read = readResults([header, "R7K2Q4000000001T,A1,1.00,SUCCESS,,"], []);
  if (!read.ok) throw new Error(read.fault.kind);
  const [first] = read.value.rows;
  if (first === undefined) throw new Error("no row");
  return meaningOf({ ...first, ...row }, read.value.mapping, acquirers.wechatpay);
};

describe("a portal's answer", () => {
  it("is read by the words of its header, with back-ticks, guards and yuan signs", () => {
    expect(
      rowsOf(
        "`R7K2Q4000000001T,`A1,`¥12.50,`退款成功,`,`2026-11-23 10:00:00",
        '"\'0012","A2",3,处理中,,',
      ),
    ).toMatchObject([
      {
        line: 2,
        refundNo: "R7K2Q4000000001T",
        orderNo: "A1",
        minor: 1250,
        status: "退款成功",
        reason: "",
        at: "2026-11-23T02:00:00Z",
      },
      { line: 3, refundNo: "0012", orderNo: "A2", minor: 300, status: "处理中" },
    ]);
  });

  it("counts only where it agrees with its own totals", () => {
    const row = "R7K2Q4000000001T,A1,12.50,SUCCESS,,";
    for (const totals of ["合计,1,12.50", "总笔数：1 总金额：12.50", '"合计","1","12.50"'])
      expect(faultOf(header, row, totals)).toBeUndefined();
    for (const totals of [
      "合计,2,12.50",
      "合计,2,12.50,,,",
      "合计,1,12.51",
      "总笔数：1,总金额：1250.00",
    ])
      expect(faultOf(header, row, totals)?.kind).toBe("result_totals_differ");
  });

  it("is refused where a spreadsheet program ruined its numbers", () => {
    expect(faultOf(header, "R7K2Q4000000001T,4.2E+27,12.50,SUCCESS,,")).toEqual({
      kind: "result_ids_damaged",
      column: "商户订单号",
      line: 2,
    });
  });

  it("asks for the columns that no word of the header names", () => {
    expect(faultOf("甲,乙,丙,丁", "1,2,3,4")).toMatchObject({
      kind: "result_columns",
      fault: { kind: "no_result_number_column" },
    });
    expect(faultOf("", "x")?.kind).toBe("no_result_table");
  });

  it("never throws, whatever a file holds", () => {
    const cell = fc.oneof(
      fc.constantFrom("退款金额", "商户退款单号", "退款状态", "合计", "1.00", '"', "'", ",", "\t"),
      fc.string({ unit: "binary", maxLength: 12 }),
    );
    const line = fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(","));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const read = readResults(lines, []);
        if (read.ok) for (const row of read.value.rows) expect(row.minor).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("tells lines that are no result", () => {
    const read = readResults([header, "x,y,abc,SUCCESS,,", "R7K2Q4000000001T,A1,1,SUCCESS,,"], []);
    expect(read.ok && read.value.problems).toEqual([2]);
  });
});

const refused = (reason: string) => meaningIn({ status: "退款失败", reason });

describe("a status word", () => {
  const words = { column: "退款状态", words: {} };
  it.each(["已受理", "受理成功", "提交成功", "申请成功", "退款申请已提交成功", "处理中", "待清算"])(
    "R6 %s never means that money arrived",
    (word) => {
      expect(readStatus(word, words)).toBe("processing");
      expect(readStatus(word, { ...words, words: { succeeded: [word] } })).toBe("processing");
    },
  );

  it.each(["已处理", "处理完成", "处理成功", "已完成", "部分失败"])("%s moves nothing", (word) => {
    expect(meaningIn({ status: word })).toEqual({ kind: "nothing" });
  });

  it("a bare 成功 counts only under a column that speaks of the refund", () => {
    expect(readStatus("成功", words)).toBe("succeeded");
    expect(readStatus("成功", { ...words, column: "状态" })).toBeUndefined();
    expect(readStatus("成功", { ...words, column: "退款申请状态" })).toBeUndefined();
  });

  it("stays unknown until the owner explains it", () => {
    expect(meaningIn({ status: "办结" })).toEqual({ kind: "unlisted", word: "办结" });
    expect(readStatus("办结", { ...words, words: { succeeded: ["办结"] } })).toBe("succeeded");
    const typed = parseTypedResultMapping("h", (name) => typedWords[name] ?? "");
    expect(typed).toMatchObject({ fault: { kind: "acceptance_is_no_arrival", word: "已受理" } });
  });

  const typedWords: Readonly<Record<string, string>> = {
    refund: "退款单号",
    amount: "金额",
    status: "状态",
    succeeded_words: "办结、已受理",
  };

  it("X18 a refusal is what its reason says in the catalogue, and unknown where nothing lists it", () => {
    expect(refused("基本账户余额不足，请充值后重新发起")).toMatchObject({
      result: "needs_action",
      advice: { actions: ["topup", "retry_same"] },
    });
    expect(refused("USER_ACCOUNT_ABNORMAL")).toMatchObject({ result: "failed" });
    expect(refused("NOT_ENOUGH")).toMatchObject({ result: "needs_action" });
    expect(refused("天气不好")).toMatchObject({
      result: "unknown",
      advice: { meaning: "unlisted" },
    });
    expect(refused("")).toMatchObject({ result: "unknown" });
    expect(refused("你没有操作此功能的权限")).toMatchObject({ kind: "nothing" });
  });

  it("is never found in a free text", () => {
    expect(meaningIn({ status: "", reason: "退款成功" })).toEqual({ kind: "unlisted", word: "" });
  });

  it("moves no refund back", () => {
    expect(isNews({ money: "succeeded" }, "processing")).toBe(false);
    expect(isNews({ money: "succeeded" }, "failed")).toBe(false);
    expect(isNews({ money: "succeeded" }, "succeeded")).toBe(false);
    expect(isNews({ money: "failed" }, "succeeded")).toBe(true);
    expect(isNews({ money: "ready" }, "failed")).toBe(false);
    expect(isNews({ money: "submitted" }, "succeeded")).toBe(true);
  });
});
