// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { latestAttempt } from "../../src/domain/refund/case.ts";
import { fail } from "../../src/domain/result.ts";
import { readResultFile } from "../../src/workers/result-file.ts";
import { ImportResultsScreen } from "../../src/ui/screens/import-results/import-results-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { writeXls } from "../../src/domain/batches/xls.ts";
import { headerMark } from "../../src/domain/statements/mapping.ts";
import type { ReadResultFile } from "../../src/usecases/review-results.ts";
import { changeProfile, listProfiles } from "../../src/usecases/change-profile.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, refundNow, submitNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;
beforeEach(async () => {
  stage = aStage();
  ({ deps } = await aShop());
});
afterEach(() => stage.strike());

const open = async (text: string, read: ReadResultFile = readResultFile): Promise<void> => {
  const abilities = {
    readResultFile: read,
    markDraftOpen: () => () => undefined,
    takeShared: async () => [],
  };
  stage.show(inShop(deps, <ImportResultsScreen />, { abilities }));
  const input = stage.app.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("no file field");
  Object.defineProperty(input, "files", { value: [new File([text], "result.csv")] });
  await act(async () => void input.dispatchEvent(new Event("change", { bubbles: true })));
};

const submitted = async () => {
  const caseId = await refundNow(deps);
  await submitNow(deps);
  const { refundNo } = latestAttempt(await caseAt(deps, caseId));
  const state = async () => latestAttempt(await caseAt(deps, caseId)).money;
  return { refundNo, state };
};

const chosen: Readonly<Record<string, string>> = {
  refund: "商户退款单号",
  amount: "退款金额",
  status: "退款状态",
  unit: "yuan",
};

/** What a browser has chosen by itself: happy-dom loses which option is selected at first. */
const explain = (words: string): void =>
  void act(() => {
    for (const select of stage.app.querySelectorAll("select"))
      select.value = chosen[select.name] ?? "";
    const field = stage.app.querySelector<HTMLInputElement>("[name=succeeded_words]");
    if (field === null) throw new Error("no field");
    field.value = words;
    stage.app
      .querySelector("form")
      ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  });

describe("the page of a portal's answer", () => {
  it("R6 shows what would move, moves it once it is confirmed, and nothing the second time", async () => {
    const { refundNo, state } = await submitted();
    const file = `商户退款单号,退款金额,退款状态,失败原因\n${refundNo},360.00,退款成功,`;
    await open(file);
    await seenOn(stage, "将更新 1 笔退款", "退款成功");
    expect(await state()).toBe("submitted");
    stage.press("更新 1 笔");
    await seenOn(stage, "已更新 1 笔");
    expect(await state()).toBe("succeeded");
    stage.strike();
    stage = aStage();
    await open(file);
    await seenOn(stage, "将更新 0 笔退款", "不变 1 行");
  });

  it("X18 says of a refusal what to do next, and keeps a word nobody knows apart", async () => {
    const { refundNo } = await submitted();
    await open(
      [
        "商户退款单号,退款金额,退款状态,失败原因",
        `${refundNo},360.00,退款失败,基本账户余额不足，请充值后重新发起`,
        "R7K2Q4999999999A,1.00,办结,",
      ].join("\n"),
    );
    await seenOn(stage, "将更新 1 笔退款", "充值", "1 个状态词看不懂", "办结");
  });

  it("lets the owner explain a word, and never as an arrival where it only says accepted", async () => {
    const { refundNo, state } = await submitted();
    await open(`商户退款单号,退款金额,退款状态\n${refundNo},360.00,办结`);
    await seenOn(stage, "将更新 0 笔退款", "办结");
    stage.press("列和状态词");
    await seenOn(stage, "哪一列是什么");
    explain("办结、已受理");
    await seenOn(stage, "“已受理”只表示平台收到了，不能当作已到账");
    explain("办结");
    await seenOn(stage, "将更新 1 笔退款");
    stage.press("更新 1 笔");
    await seenOn(stage, "已更新 1 笔");
    expect(await state()).toBe("succeeded");
  });

  it("refuses a file whose totals are not its rows, in words", async () => {
    const { refundNo } = await submitted();
    await open(`商户退款单号,退款金额,退款状态\n${refundNo},360.00,退款成功\n合计,2,360.00`);
    await seenOn(stage, "这个文件没有导入", "文件的合计是 2 笔", "读到 1 笔");
  });

  it("asks again which column is what where another window has taken the answer away meanwhile", async () => {
    const { refundNo, state } = await submitted();
    const [profile] = await listProfiles(deps);
    if (profile === undefined) throw new Error("no profile");
    const columns = { refund: "甲列", amount: "乙列", status: "丙列" };
    const mapping = { header: headerMark(Object.values(columns)), columns, unit: "yuan" } as const;
    const named = { ...mapping, words: { succeeded: ["好了"] } };
    valueOf(await changeProfile(deps, { ...profile, results: [named] }));
    await open(`甲列,乙列,丙列\n${refundNo},360.00,好了`);
    await seenOn(stage, "将更新 1 笔退款");
    valueOf(await changeProfile(deps, profile));
    stage.press("更新 1 笔");
    await seenOn(stage, "哪一列是什么");
    expect(await state()).toBe("submitted");
  });

  it("shows that a file is being read, and gives it up when told to", async () => {
    const given = vi.fn<() => void>();
    await open("退款", (_, signal) => {
      signal.addEventListener("abort", given);
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(fail({ kind: "aborted" })));
      });
    });
    await seenOn(stage, "正在读取 result.csv");
    expect(stage.app.textContent).not.toContain("平台处理后，把它的结果文件下载下来");
    stage.press("取消");
    await seenOn(stage, "平台处理后，把它的结果文件下载下来");
    expect(given).toHaveBeenCalledOnce();
    expect(stage.app.textContent).not.toContain("正在读取");
  });

  it("draws 50 rows of a long answer and counts the others", async () => {
    const rows = Array.from({ length: 61 }, (_, at) => `R7K2Q49999${100_000 + at},1.00,退款成功`);
    await open(["商户退款单号,退款金额,退款状态", ...rows].join("\n"));
    await seenOn(stage, "还有 11 笔没有列出");
    expect(stage.app.querySelectorAll("details li")).toHaveLength(50);
  });

  it("asks which column is what where no header says it", async () => {
    await open("甲列,乙列,丙列\na,b,c");
    await seenOn(stage, "哪一列是什么", "要有退款单号、订单号或交易单号");
  });
});

const refused = (reason: string) => ({ kind: "packed_file", reason, files: 0 });

const linesOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const read = await readResultFile(new File([bytes], "x"));
  return read.ok ? read.value.lines : read.fault;
};

describe("a result file", () => {
  it("is read in GBK as in UTF-8, whatever ends its lines", async () => {
    expect(await linesOf(new TextEncoder().encode("\uFEFF状态,1\r\n乙\n丙"))).toEqual([
      "状态,1",
      "乙",
      "丙",
    ]);
    const gbk = Uint8Array.of(0xcd, 0xcb, 0xbf, 0xee, 0xd7, 0xb4, 0xcc, 0xac, 0x2c, 0x31);
    expect(await linesOf(gbk)).toEqual(["退款状态,1"]);
  });

  it("of the old spreadsheet kind is read, whatever its name is", async () => {
    const rows = [
      ["商户退款单号", "退款状态"],
      ["R7K2Q4000000001T", "退款成功, 到账"],
    ];
    expect(await linesOf(writeXls(rows))).toEqual([
      "商户退款单号,退款状态",
      'R7K2Q4000000001T,"退款成功, 到账"',
      "",
    ]);
  });

  it("that breaks off, is a web page or is too large is refused with its remedy", async () => {
    const broken = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1);
    expect(await linesOf(broken)).toEqual(refused("damaged"));
    for (const page of ["<table>", "\r\n <HTML>", "\uFEFF<?xml version='1.0'?>", "<!DOCTYPE html>"])
      expect(await linesOf(new TextEncoder().encode(page))).toEqual(refused("xls"));
    const text = new TextEncoder().encode("<退款状态,1");
    expect(await linesOf(text)).toEqual(["<退款状态,1"]);
    expect(await linesOf(new Uint8Array(5 * 1024 * 1024 + 1))).toEqual({
      kind: "result_too_large",
      megabytes: 5,
    });
  });
});
