import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findings, isFindingCode, verdictOf } from "../../src/ledger/findings.ts";

const document = "../shared/design/refundlog.md";

const codesOfDocument = (): readonly string[] => {
  const text = readFileSync(document, "utf8");
  const section = text.slice(text.indexOf("## 17 Verification"), text.indexOf("## 18 Versions"));
  return [...new Set(section.match(/\b[EWF]_[A-Z0-9_]*[A-Z0-9]\b/g))];
};

describe.skipIf(!existsSync(document))("findings beside the document (skipped without it)", () => {
  test("the codes of refundlog.md §17 are the codes of the code", () => {
    expect(Object.keys(findings).sort()).toEqual([...codesOfDocument()].sort());
  });
});

describe("findings", () => {
  test("every code has a sentence of its own in both languages, and its letter fits its severity", () => {
    const words = Object.values(findings);
    expect(new Set(words.map(({ zh }) => zh)).size).toBe(words.length);
    expect(new Set(words.map(({ en }) => en)).size).toBe(words.length);
    const letters = { error: "E", finding: "F", warning: "W" };
    for (const [code, { severity, zh, en }] of Object.entries(findings)) {
      expect(code[0]).toBe(letters[severity]);
      expect(zh).toMatch(/^[^a-zA-Z]{4,30}。$/);
      expect(en).toMatch(/^[A-Z].{8,90}\.$/);
    }
  });

  test("the verdict is the worst finding", () => {
    expect(verdictOf([])).toBe("ok");
    expect(verdictOf([{ code: "W_GAP" }])).toBe("warnings");
    expect(verdictOf([{ code: "W_GAP" }, { code: "F_ROLE" }])).toBe("findings");
    expect(verdictOf([{ code: "F_ROLE" }, { code: "E_SIG" }, { code: "W_GAP" }])).toBe("invalid");
  });

  test("only codes of the list are codes", () => {
    expect(isFindingCode("E_SIG")).toBe(true);
    expect(isFindingCode("toString")).toBe(false);
  });
});
