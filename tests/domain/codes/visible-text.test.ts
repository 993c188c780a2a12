import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusableKey, tail } from "../../../src/domain/codes/number-key.ts";
import { visibleText } from "../../../src/domain/codes/visible-text.ts";

describe("visible text", () => {
  it("rel-X10 shows bidi, control and zero-width characters as escapes", () => {
    expect(visibleText("a\u202eb\u0007c\u200bd\u2066e\n中文")).toEqual({
      text: "a\\u{202e}b\\u{7}c\\u{200b}d\\u{2066}e\\u{a}中文",
      cut: false,
    });
  });

  it("rel-X10 cuts at 120 graphemes, never inside one", () => {
    const flag = "🇨🇳";
    expect(visibleText(flag.repeat(121))).toEqual({ text: flag.repeat(120), cut: true });
    expect(visibleText("é".repeat(120)).cut).toBe(false);
  });

  it("rel-X10 lets no hidden character through, and no stack of marks grow", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const shown = visibleText(text).text;
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(120 * 16);
      }),
      { numRuns: 150 },
    );
    expect(visibleText(`a${"\u0301".repeat(50_000)}`).text.length).toBeLessThanOrEqual(16);
  });
});

describe("number keys", () => {
  it("gives 0 and O, 1, I and l, groups and cases one spelling", () => {
    expect(confusableKey("r7k2-q4oo oo1l")).toBe(confusableKey("R7K2Q4000011"));
    expect(confusableKey("R7K2Q4000012")).not.toBe(confusableKey("R7K2Q4000013"));
  });

  it("shows the last four characters", () => {
    expect(tail("4200000925202101284997714292")).toBe("4292");
    expect(tail("42")).toBe("42");
  });
});
