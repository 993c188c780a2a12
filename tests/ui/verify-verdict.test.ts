import { speakChinese } from "../support/chinese.ts";
import { afterEach, describe, expect, it } from "vitest";

import { findings, type FindingCode } from "../../src/ledger/findings.ts";
import { verdictOf, type Finding } from "../../src/ledger/findings.ts";
import type { FileReport } from "../../src/usecases/verify-file.ts";
import type { Format } from "../../src/ui/format.ts";
import { changeLanguage } from "../../src/ui/language.ts";
import { groupFindings, sayCode, sayPlace } from "../../src/ui/screens/verify/finding-groups.ts";
import { readVerifierPage } from "../../src/ui/screens/verify/read-verifier-page.ts";
import { reportText } from "../../src/ui/screens/verify/report-facts.ts";
import { sayVerdict } from "../../src/ui/screens/verify/verdict.ts";

await speakChinese();

const kid = "k".repeat(43);

const report = (found: readonly Finding[], more: Partial<FileReport> = {}): FileReport => ({
  verdict: verdictOf(found),
  verdictBesideIssuer: verdictOf(found.filter(({ code }) => code !== "E_ENROL_ISSUER")),
  findings: found,
  signer: {
    kind: "pinned",
    kid,
    fingerprint: "AAAA BBBB",
    label: "T1",
    issuer: kid,
    issuerFingerprint: "CCCC DDDD",
  },
  from: 0,
  to: 9,
  records: [
    { seq: 0, line: 3, kind: "genesis", isGood: true },
    { seq: 1, line: 4, kind: "refund", isGood: false },
  ],
  attachments: 1,
  head: "h",
  root: "r",
  totals: [{ cur: "CNY", count: 2, sum: 1800 }],
  pinnedTo: undefined,
  foreignPins: 0,
  ...more,
});

const format = {
  money: (amount: { readonly minor: number }) => `¥${(amount.minor / 100).toFixed(2)}`,
  number: String,
} as unknown as Format;

afterEach(() => changeLanguage("zh-CN"));

const title = (found: readonly Finding[], more: Partial<FileReport> = {}): string =>
  sayVerdict(report(found, more)).title;

describe("the verdict of screens.md §5.9", () => {
  it("calls a file complete only when something outside reaches its last record", () => {
    expect(title([], { pinnedTo: 9 })).toBe("全部有效，无缺口");
    expect(title([], { pinnedTo: 8 })).toBe("有效；无法排除末尾被删");
    expect(title([])).toBe("有效；无法排除末尾被删");
  });

  it("says up to where a file is borne out", () => {
    expect(sayVerdict(report([], { pinnedTo: 8 })).why.join()).toContain("到第 8 条");
  });

  it("is green only for a file without any finding", () => {
    const tones = ([[], ["W_GAP"], ["F_ROLE"], ["E_SIG"]] as readonly FindingCode[][]).map(
      (codes) => sayVerdict(report(codes.map((code) => ({ code })))).tone,
    );
    expect(tones).toEqual(["arrived", "warn", "warn", "danger"]);
  });

  it("counts what it names: remarks, things to check, problems", () => {
    expect(title([{ code: "W_GAP" }, { code: "W_ERASED" }])).toBe("有效，有 2 处提醒");
    expect(title([{ code: "F_ROLE" }, { code: "W_GAP" }])).toBe("数据有效，需人核对 1 笔");
    expect(title([{ code: "E_SIG" }, { code: "E_PREV" }, { code: "F_ROLE" }])).toBe("有问题：2 处");
  });

  it("X36 never calls a file of an unknown shop valid, whatever witnesses it brings", () => {
    const said = sayVerdict(report([{ code: "E_ENROL_ISSUER" }], { pinnedTo: 9 }));
    expect(said.tone).toBe("warn");
    expect(said.title).toBe("内容前后一致，但不知道是谁的密钥");
    expect(said.why.join()).not.toContain("见证");
  });

  it("says of a file without records that it is none", () => {
    const nothing = { records: [], signer: { kind: "none" } } as const;
    expect(title([{ code: "E_LINE_TYPE" }], nothing)).toBe("这不是 .refundlog 文件");
  });
});

describe("findings", () => {
  const found: readonly Finding[] = [
    { code: "E_SIG", seq: 4, line: 9 },
    { code: "W_GAP", seq: 7 },
    { code: "E_SIG", line: 12 },
    { code: "W_ERASED" },
  ];

  it("are grouped by code in the order of the report, none lost", () => {
    const groups = groupFindings(found);
    expect(groups.map(({ code, places }) => [code, places.length])).toEqual([
      ["E_SIG", 2],
      ["W_GAP", 1],
      ["W_ERASED", 1],
    ]);
  });

  it("name the record, the line, or nothing for the whole file", () => {
    expect(found.map(sayPlace)).toEqual(["记录 4（第 9 行）", "记录 7", "第 12 行", undefined]);
  });

  it("are said in the language on screen", () => {
    expect(sayCode("E_SIG", "zh-CN")).toBe(findings.E_SIG.zh);
    expect(sayCode("E_SIG", "en")).toBe(findings.E_SIG.en);
  });
});

const text = (): string =>
  reportText("a.refundlog", report([{ code: "E_SIG", seq: 1, line: 4 }]), format);

describe("the report as text", () => {
  it("holds verdict, file, totals, fingerprints and every finding with its place", () => {
    expect(text().split("\n")).toEqual([
      "有问题：1 处",
      "文件名：a.refundlog",
      "设备：T1",
      "记录：1 / 2 条通过",
      "序号：0 至 9",
      "附件：1",
      "登记的退款 CNY：¥18.00 · 2 笔",
      "见证到：无",
      "设备密钥指纹：AAAA BBBB",
      "店铺密钥指纹：CCCC DDDD",
      "末条记录：h",
      "总校验：r",
      `E_SIG  ${findings.E_SIG.zh}  记录 1（第 4 行）`,
    ]);
  });

  it("is English in English", async () => {
    await changeLanguage("en");
    expect(text()).toMatch(/^1 problem\n/);
    expect(text()).not.toMatch(/\p{Script=Han}/u);
  });
});

const answering = (body: string, status = 200) =>
  (() => Promise.resolve(new Response(body, { status }))) as typeof fetch;

describe("the stand-alone verifier", () => {
  it("is handed out as the build made it", async () => {
    const page = await readVerifierPage(answering('<section id="report">'));
    expect(page).toMatchObject({ name: "verify.html", type: "text/html" });
    expect(new TextDecoder().decode(page?.bytes)).toBe('<section id="report">');
  });

  it("is not mistaken for the app's start page, an error, or a dead network", async () => {
    const dead = (() => Promise.reject(new TypeError("Failed to fetch"))) as typeof fetch;
    expect(await readVerifierPage(answering('<div id="app">'))).toBeUndefined();
    expect(await readVerifierPage(answering('<section id="report">', 404))).toBeUndefined();
    expect(await readVerifierPage(dead)).toBeUndefined();
  });
});
