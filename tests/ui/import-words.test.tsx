// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CNY, findCurrency } from "../../src/domain/currency.ts";
import type { BusinessDate, Instant } from "../../src/domain/instant.ts";
import { parseInstant } from "../../src/domain/instant.ts";
import type { StatementSummary } from "../../src/domain/statements/statement-row.ts";
import type { LanguageTag } from "../../src/i18n/index.ts";
import { DepsProvider, type Built } from "../../src/ui/deps.tsx";
import { changeLanguage } from "../../src/ui/language.ts";
import { ConfirmImport } from "../../src/ui/screens/import-statement/confirm-import.tsx";
import { ImportDone, ImportRefused } from "../../src/ui/screens/import-statement/import-result.tsx";
import { problemFile } from "../../src/ui/screens/import-statement/problem-file.ts";
import { secondsLeft } from "../../src/ui/screens/import-statement/progress-text.ts";
import type { Answer, ScreenFault } from "../../src/ui/screens/import-statement/use-import.ts";
import { aStage, type Stage } from "./stage.tsx";

const summary: StatementSummary = {
  layout: "wechat_all",
  acquirer: "wechatpay",
  encoding: "utf-8",
  firstDay: "2026-11-20" as BusinessDate,
  lastDay: "2026-11-22" as BusinessDate,
  rows: 1203,
  sums: [
    {
      currency: CNY,
      payments: { count: 1200, minor: 1_234_500 },
      refunds: { count: 3, minor: 5_400 },
      revoked: { count: 0, minor: 0 },
      income: { count: 0, minor: 0 },
      expense: { count: 0, minor: 0 },
    },
  ],
  firstRows: [
    {
      line: 2,
      kind: "payment",
      acquirer: "wechatpay",
      channel: "wechat",
      merchantNo: "1900000109",
      transactionId: "4200002345202611200000000001",
      outTradeNo: "A1",
      minor: 1250,
      currency: CNY,
      at: "2026-11-20T02:00:00Z" as Instant,
      status: "SUCCESS",
    },
  ],
  totals: [
    { name: "总交易单数", declared: 1204, read: 1203 },
    { name: "订单总金额", declared: 1_234_500, read: 1_234_500 },
  ],
  problems: [{ line: 77, reason: "bad_amount" }],
  problemCount: 1,
  notes: ["repaired_commas"],
};

const instant = parseInstant("2026-11-21T02:00:00Z");
const at = (instant.ok ? instant.value : "") as Instant;

const faults: readonly ScreenFault[] = [
  { kind: "not_a_statement", lines: [] },
  ...(["encrypted", "damaged", "files", "unsupported", "xls"] as const).map((reason) => ({
    kind: "packed_file" as const,
    reason,
    files: 3,
  })),
  { kind: "payer_bill" },
  { kind: "no_bill_that_day" },
  { kind: "header_unknown", missing: ["退款金额", "交易时间"], lines: [] },
  { kind: "too_large", unit: "bytes", most: 50 * 1024 * 1024 },
  { kind: "too_large", unit: "rows", most: 300_000 },
  { kind: "ids_damaged", column: "微信订单号", line: 7, summary },
  { kind: "cut", summary },
  { kind: "totals_differ", summary },
  { kind: "no_summary", summary },
  { kind: "no_summary", summary: { ...summary, layout: "unionpay_zm", totals: [] } },
  { kind: "aborted" },
  { kind: "file_unreadable" },
  { kind: "worker_failed", message: "x" },
  { kind: "already_imported", at, rows: 3214 },
  { kind: "import_gone" },
  { kind: "locked" },
  { kind: "clock_unusable" },
  { kind: "bad_policy", at: "statements" },
  { kind: "quota" },
  { kind: "closed" },
  { kind: "corrupt", message: "x" },
  { kind: "newer_schema" },
  { kind: "clone" },
  { kind: "constraint" },
  { kind: "unknown", message: "x" },
  { kind: "head_moved" },
  { kind: "not_writer" },
  { kind: "unexpected" },
];

const deps = {
  calendar: { zone: "Asia/Shanghai", cutoffMinutes: 0 },
  now: () => Date.UTC(2026, 10, 22, 6, 2, 3),
  training: false,
} as Parameters<typeof problemFile>[0];

const built = { deps, abilities: {}, start: {} } as unknown as Built;

let stage: Stage;
beforeEach(() => {
  stage = aStage();
});
afterEach(async () => {
  stage.strike();
  await changeLanguage("zh-CN");
});

const refuse = (fault: ScreenFault, onAnyway: () => void = () => undefined): string => {
  const refused = { state: "refused", file: new File([], "bill.csv"), fault } as const;
  stage.show(
    <DepsProvider built={built}>
      <ImportRefused
        refused={refused}
        take={() => undefined}
        onAnyway={onAnyway}
        onColumns={() => undefined}
      />
    </DepsProvider>,
  );
  return stage.app.textContent;
};

const banner = (): string => stage.app.querySelector(".banner")?.textContent ?? "";

describe("a file that was not imported", () => {
  const cases = (["zh-CN", "en"] satisfies LanguageTag[]).flatMap((language) =>
    faults.map((fault) => [language, fault.kind, fault] as const),
  );

  it.each(cases)("in %s says of %s what happened and what to do", async (language, _, fault) => {
    await changeLanguage(language);
    expect(refuse(fault)).not.toMatch(/[{}]|undefined|NaN/);
    const title = stage.app.querySelector(".banner-title")?.textContent ?? "";
    expect(title.length).toBeGreaterThan(3);
    expect(banner().length).toBeGreaterThan(title.length + 3);
  });

  it("X12 whose totals differ names both numbers and marks the one that differs", () => {
    refuse({ kind: "totals_differ", summary });
    expect(banner()).toContain("总交易单数写 1,204，读到 1,203。未导入");
    const rows = [...stage.app.querySelectorAll(".day .row")].map((row) => row.textContent);
    expect(rows).toEqual([
      "总交易单数文件写 1,204 · 读到 1,203不一致",
      "订单总金额文件写 ¥12,345.00 · 读到 ¥12,345.00一致",
    ]);
  });

  it("without totals is imported only on a second word, which carries the number of rows", () => {
    let asked = 0;
    refuse({ kind: "no_summary", summary }, () => asked++);
    stage.press("照样导入 1,203 行");
    expect(asked).toBe(1);
    refuse({ kind: "totals_differ", summary });
    expect(stage.app.textContent).not.toContain("照样导入");
  });

  it("again says when it was imported, and leads on", () => {
    refuse({ kind: "already_imported", at, rows: 3214 });
    expect(banner()).toContain("3,214 行），没有重复写入");
    const links = [...stage.app.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["#/records?f=payments", "#/recon", "#/scan"]);
  });
});

const odd = { suspects: [], usual: {} };

const agreeing = summary.totals.slice(1);

describe("a file that was read", () => {
  const read = { fileDigest: "x", newRows: 1000, knownRows: 203, odd };
  const ask = (answer: (answer: Answer) => void = () => undefined): string => {
    stage.show(
      <DepsProvider built={built}>
        <ConfirmImport
          read={{ ...read, summary: { ...summary, totals: agreeing } }}
          answer={answer}
        />
      </DepsProvider>,
    );
    return stage.app.textContent;
  };

  it("shows format, encoding, period, channel, counts, sums and its first rows before anything counts", () => {
    const text = ask();
    for (const words of [
      "还没有写入任何东西",
      "微信交易账单（全部）",
      "UTF-8",
      "11月20日 至 11月22日",
      "渠道微信",
      "1,200 笔¥12,345.00",
      "3 笔¥54.00",
      "新增1,000 行",
      "已知203 行",
      "前 1 行",
      "4200002345202611200000000001",
    ])
      expect(text).toContain(words);
    expect(stage.app.querySelector("details .row")).toBeNull();
    expect(stage.app.querySelector(".bar")?.textContent).toBe("导入");
  });

  it.each([
    ["导入", "import"],
    ["取消", "cancel"],
  ] as const)("is answered by %s in one tap", (name, wanted) => {
    const answers: Answer[] = [];
    ask((answer) => answers.push(answer));
    stage.press(name);
    expect(answers).toEqual([wanted]);
  });
});

describe("a finished import", () => {
  it("shows sums, period, new and known rows, and the lines that were not understood", () => {
    const read = { fileDigest: "x", summary, newRows: 1000, knownRows: 203, odd };
    stage.show(
      <DepsProvider built={built}>
        <ImportDone read={read} take={() => undefined} />
      </DepsProvider>,
    );
    const text = stage.app.textContent;
    for (const words of [
      "已导入 1,000 行新记录",
      "1,200 笔¥12,345.00",
      "3 笔¥54.00",
      "新增1,000 行",
      "已知203 行",
      "微信交易账单（全部）",
      "UTF-8",
      "第 77 行 · 金额看不懂",
      "商品名里有逗号",
    ])
      expect(text).toContain(words);
  });
});

describe("the file of problem lines", () => {
  it("is CSV with a byte order mark and one line a problem", () => {
    const file = problemFile(deps, summary.problems, {
      line: "行",
      reason: "原因",
      reasons: () => "金额看不懂",
    });
    expect(file.name).toBe("refund-desk_statement-problems_20261122-140203.csv");
    expect([...file.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(file.bytes)).toBe('"行","原因"\r\n77,"金额看不懂"\r\n');
  });
});

describe("the time that is left", () => {
  it("follows the speed so far", () => {
    expect(secondsLeft(4_000, 25, 100)).toBe(12);
  });

  it.each([
    ["in the first second", 900, 50, 100],
    ["before the first byte", 5_000, 0, 100],
    ["at the end", 5_000, 100, 100],
  ])("is not guessed %s", (_, elapsed, read, of) => {
    expect(secondsLeft(elapsed, read, of)).toBeUndefined();
  });
});

describe("a total of a file in several currencies", () => {
  it("is written as it stands there, without a sign", () => {
    const dollars = findCurrency("USD");
    if (dollars === undefined) throw new Error("USD is known");
    const [first] = summary.sums;
    if (first === undefined) throw new Error("the summary has sums");
    const sums = [first, { ...first, currency: dollars }];
    const text = refuse({ kind: "totals_differ", summary: { ...summary, sums } });
    expect(text).toContain("文件写 12345.00 · 读到 12345.00");
  });
});
