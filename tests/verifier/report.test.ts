// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import type { VerifyReport } from "../../src/ledger/verify-report.ts";
import { showReport } from "../../src/verifier/page-report.ts";
import { headlineOf, reportLines, sayAmount, sayFinding } from "../../src/verifier/report.ts";

const aReport = (over: Partial<VerifyReport> = {}): VerifyReport => ({
  verdict: "ok",
  verdictBesideIssuer: "ok",
  findings: [],
  signer: {
    kind: "pinned",
    kid: "k",
    fingerprint: "8346 HQBE NF53 KEMC KZYE 5KQ2 6X0K BRGG",
    label: "T7",
    issuer: "r",
    issuerFingerprint: "4KMP CCH5 3CF8 A519 3TSD KSZ9 53HZ D9AS",
  },
  from: 0,
  to: 2,
  records: [0, 1, 2].map((seq) => ({ seq, line: seq + 3, kind: "payment", isGood: seq !== 1 })),
  attachments: 0,
  head: "h",
  root: "r",
  refunds: [],
  balances: [],
  totals: [{ cur: "CNY", count: 2, sum: 68_300 }],
  pinnedTo: undefined,
  foreignPins: 0,
  chain: undefined,
  ...over,
});

describe("the verdict in words (screens.md §5.9)", () => {
  test("says that a cut tail cannot be excluded until a pin reaches the last record", () => {
    expect(headlineOf(aReport()).zh).toBe("有效；无法排除末尾被删");
    expect(headlineOf(aReport({ pinnedTo: 1 })).zh).toBe("有效；无法排除末尾被删");
    expect(headlineOf(aReport({ pinnedTo: 2 })).zh).toBe("全部有效，无缺口");
  });

  test("counts remarks, findings and problems apart", () => {
    const findings = [{ code: "E_SIG", seq: 1 }, { code: "F_ROLE" }, { code: "W_GAP" }] as const;
    const of = (verdict: VerifyReport["verdict"]) =>
      headlineOf(aReport({ verdict, verdictBesideIssuer: verdict, findings })).en;
    expect(of("warnings")).toBe("Valid with 1 remark");
    expect(of("findings")).toBe("Valid data, 1 to check");
    expect(of("invalid")).toBe("1 problem");
  });

  test("an unknown key is never called valid, and never called broken", () => {
    const report = aReport({
      verdict: "invalid",
      verdictBesideIssuer: "ok",
      findings: [{ code: "E_ENROL_ISSUER", line: 2 }],
    });
    expect(headlineOf(report)).toMatchObject({
      tone: "warn",
      zh: "内容前后一致，但不知道是谁的密钥",
    });
    expect(reportLines(report).join("\n")).toContain("4KMP CCH5 3CF8 A519 3TSD KSZ9 53HZ D9AS");
  });

  test("a finding names record and line in both languages", () => {
    expect(sayFinding({ code: "E_SIG", seq: 5, line: 9 })).toEqual({
      zh: "记录 5，第 9 行：签名不符，数据被改动。",
      en: "record 5, line 9: A signature does not match: data was changed.",
    });
    expect(sayFinding({ code: "W_PARTIAL" }).zh).toBe("只有部分记录，有些检查做不了。");
  });

  test("amounts carry the decimals of their currency; an unknown currency is not guessed", () => {
    expect(sayAmount(68_300, "CNY")).toBe("683.00 CNY");
    expect(sayAmount(68_300, "JPY")).toBe("68300 JPY");
    expect(sayAmount(68_300, "QQQ")).toBe("68300 QQQ");
  });
});

describe("the report on the page", () => {
  test("shows the verdict first, every record with its mark, and text only as text", () => {
    const place = document.createElement("section");
    document.body.append(place);
    const findings = [{ code: "E_SIG", seq: 1, line: 4 }] as const;
    const report = aReport({ verdict: "invalid", verdictBesideIssuer: "invalid", findings });
    showReport(place, report, "<img src=x onerror=alert(1)>");
    expect(place.hidden).toBe(false);
    expect(place.firstElementChild?.querySelector("#verdict")?.textContent).toBe(
      "有问题：1 处 1 problem",
    );
    expect(place.querySelector("img")).toBeNull();
    expect(place.textContent).toContain("<img src=x onerror=alert(1)>");
    const marks = [...place.querySelectorAll('[role="img"]')].map((mark) => mark.textContent);
    expect(marks).toEqual(["✓", "✗", "✓"]);
    expect(place.textContent).toContain("8346 HQBE NF53 KEMC KZYE 5KQ2 6X0K BRGG");
  });

  test("a long list grows by pages", () => {
    const place = document.createElement("section");
    const [one] = aReport().records;
    if (one === undefined) throw new Error("three records");
    const records = Array.from({ length: 450 }, (_, seq) => ({ ...one, seq }));
    showReport(place, aReport({ records }), "x");
    const list = place.querySelectorAll("ul");
    const last = list[list.length - 1];
    const more = place.querySelector("button");
    expect(last?.children.length).toBe(200);
    more?.click();
    more?.click();
    expect(last?.children.length).toBe(450);
    expect(more?.hidden).toBe(true);
  });
});
