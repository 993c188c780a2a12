import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addQuantities,
  compareQuantities,
  noQuantity,
  one,
  oneUnit,
  parseQuantity,
  stepQuantity,
  subtractQuantity,
  tenThousandths,
  type Quantity,
} from "../../src/domain/quantity.ts";
import { faultOf, valueOf } from "../support/a.ts";

/** So many ten-thousandths as text with all four decimals. */
const written = (size: bigint): string => `${size / one}.${String(size % one).padStart(4, "0")}`;

const sizes = fc.bigInt({ min: 1n, max: 9_999_999_999_999n });

const read = (size: bigint): Quantity => valueOf(parseQuantity(written(size)));

describe("parseQuantity", () => {
  it.each([
    ["2", "2"],
    ["0.5", "0.5"],
    ["1.50", "1.5"],
    ["3.0000", "3"],
    ["007", "7"],
    [" 2 ", "2"],
    ["２", "2"],
    ["１．５", "1.5"],
    ["1。5", "1.5"],
    ["999999999.9999", "999999999.9999"],
    ["0.0001", "0.0001"],
  ])("X21 reads %j as %s", (text, quantity) => {
    expect(valueOf(parseQuantity(text))).toBe(quantity);
  });

  it.each([
    "",
    "0",
    "0.0000",
    "-1",
    "+1",
    "1.00001",
    "1000000000",
    "1,5",
    ".5",
    "1.",
    "1e3",
    "two",
    "0x1",
  ])("X21 refuses %j", (text) => {
    expect(faultOf(parseQuantity(text))).toEqual({ kind: "bad_quantity" });
  });

  it("X21 reads every number of ten-thousandths back exactly, with no needless zero", () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const quantity = read(size);
        expect(tenThousandths(quantity)).toBe(size);
        expect(valueOf(parseQuantity(quantity))).toBe(quantity);
        expect(quantity).not.toMatch(/\.\d*0$|\.$|^0\d/);
      }),
    );
  });
});

describe("quantities", () => {
  it("X21 add and subtract back, and never go below nothing", () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const [left, right] = [read(a), read(b)];
        expect(tenThousandths(addQuantities(left, right))).toBe(a + b);
        expect(subtractQuantity(addQuantities(left, right), right)).toBe(left);
        expect(subtractQuantity(left, addQuantities(left, right))).toBe(noQuantity);
      }),
    );
  });

  it("X21 add halves as people do: 0.1 and 0.2 are 0.3", () => {
    expect(addQuantities("0.1", "0.2")).toBe("0.3");
    expect(addQuantities("0.5", "0.5")).toBe(oneUnit);
    expect(subtractQuantity("1", "0.0001")).toBe("0.9999");
  });

  it("X21 compare by size and not as text", () => {
    expect(compareQuantities("10", "9")).toBeGreaterThan(0);
    expect(compareQuantities("0.5", "0.4999")).toBeGreaterThan(0);
    expect(compareQuantities("1.50", "1.5")).toBe(0);
    expect(compareQuantities("2", "10")).toBeLessThan(0);
  });
});

describe("stepQuantity", () => {
  it.each([
    ["0", 1, "3", "1"],
    ["2", 1, "3", "3"],
    ["3", 1, "3", "3"],
    ["2", 1, "2.5", "2.5"],
    ["2.5", -1, "2.5", "1.5"],
    ["0.5", -1, "2.5", "0"],
    ["0", -1, "3", "0"],
  ] as const)("X21 steps from %s by %i, at most %s, to %s", (quantity, by, most, next) => {
    expect(stepQuantity(quantity, by, most)).toBe(next);
  });
});
