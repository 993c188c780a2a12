import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CNY, findCurrency } from "../../src/domain/currency.ts";
import { compare, money } from "../../src/domain/money.ts";
import {
  padKeyOf,
  typedMoney,
  typeKey,
  type PadKey,
} from "../../src/ui/components/keypad-entry.ts";

const limit = money(3600, CNY);

const typeAll = (keys: string, start = ""): string => {
  let text = start;
  for (const key of keys) {
    const typed = typeKey(text, key === "<" ? "delete" : (key as PadKey), limit);
    if (typed.kind === "accepted") text = typed.text;
  }
  return text;
};

describe("typing an amount", () => {
  it("takes 36 as ¥36.00 and never as cents", () => {
    expect(typedMoney(typeAll("36"), limit).minor).toBe(3600);
    expect(typedMoney(typeAll("3"), limit).minor).toBe(300);
  });

  it("ignores a key that would pass the limit and says so, without clamping", () => {
    expect(typeKey("36", "1", limit)).toEqual({ kind: "refused", because: "over_limit" });
    expect(typeAll("361")).toBe("36");
    expect(typeAll("36.01")).toBe("36.0");
  });

  it("takes two decimals of yuan and refuses a third and a second point", () => {
    expect(typeAll("18.505")).toBe("18.50");
    expect(typeAll("1.2.3")).toBe("1.23");
    expect(typeKey("18.50", "5", limit)).toEqual({ kind: "refused", because: "decimals" });
  });

  it("has no decimals where the currency has none", () => {
    const yen = findCurrency("JPY");
    if (yen === undefined) throw new Error("no yen");
    expect(typeKey("5", ".", money(1000, yen))).toEqual({ kind: "refused", because: "point" });
  });

  it("replaces a leading zero and begins a point with one", () => {
    expect(typeAll("05")).toBe("5");
    expect(typeAll(".5")).toBe("0.5");
    expect(typeAll("00")).toBe("0");
  });

  it("deletes from the end, and deleting nothing is nothing", () => {
    expect(typeAll("18<")).toBe("1");
    expect(typeAll("<<")).toBe("");
    expect(typedMoney("", limit).minor).toBe(0);
  });

  it("R17 never holds more than the limit, whatever is typed", () => {
    const keys = fc.array(fc.constantFrom(...Array.from("0123456789.<")), { maxLength: 30 });
    fc.assert(
      fc.property(keys, (typed) => {
        const amount = typedMoney(typeAll(typed.join("")), limit);
        expect(compare(amount, limit)).toBeLessThanOrEqual(0);
        expect(amount.minor).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("a keyboard", () => {
  it("types digits, its points and its deletions, and nothing else", () => {
    expect(["7", "Backspace", "。", ","].map(padKeyOf)).toEqual(["7", "delete", ".", "."]);
    expect(["a", "Enter", "F1", "12", "Tab"].map(padKeyOf)).toEqual(Array(5).fill(undefined));
  });
});
