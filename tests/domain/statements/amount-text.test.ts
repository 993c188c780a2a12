import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDecimal, parseTotal } from "../../../src/domain/statements/amount-text.ts";

describe("a written amount", () => {
  it.each([
    ["0", 0],
    ["0.0", 0],
    ["-0.00", 0],
    ["0.01", 1],
    ["50.0", 5000],
    ["1000.00", 100_000],
    ["-161.65", -16_165],
    ["¥1,234.5", 123_450],
    ["12.50000", 1250],
    ["100000000.00", 10_000_000_000],
  ])("%s is %i fen", (text, fen) => {
    expect(parseDecimal(text, 2)).toBe(fen);
  });

  it.each([
    "",
    ".5",
    "1.",
    "12.505",
    "1e3",
    "0x10",
    "１２",
    "--1",
    "1 2",
    "NaN",
    "100000000.01",
    "9".repeat(30),
  ])("%j is refused or exact, never rounded", (text) => {
    expect(parseDecimal(text, 2)).toBe(text === "1." ? 100 : undefined);
  });

  it("is read by its digits alone, whatever the number of decimals", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000_000 }),
        fc.integer({ min: 0, max: 4 }),
        (units, decimals) => {
          const digits = String(units).padStart(decimals + 1, "0");
          const text =
            decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
          expect(parseDecimal(text, decimals)).toBe(units);
          expect(parseDecimal(`-${text}`, decimals)).toBe(units === 0 ? 0 : -units);
        },
      ),
    );
  });

  it("may be larger only in a sum of the whole file", () => {
    expect(parseTotal("90071992547409.91")).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseTotal("90071992547409.92")).toBeUndefined();
  });
});
