import { assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";

import { capitalAmount } from "../../src/domain/capital-amount.ts";
import { CNY, type Currency } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";

const cny = (minor: number): string | undefined => capitalAmount(money(minor, CNY));

const places = new Map([
  ["拾", 10],
  ["佰", 100],
  ["仟", 1000],
]);

/** Reads capitals back by another way: every unit adds, 万 and 亿 raise what stands before them. */
const read = (text: string): number => {
  const [yuan = "", rest = ""] = text.includes("元") ? text.split("元") : ["", text];
  let [whole, section, digit] = [0, 0, 0];
  for (const sign of yuan) {
    const value = "零壹贰叁肆伍陆柒捌玖".indexOf(sign);
    const place = places.get(sign);
    if (value >= 0) digit = value;
    else if (place !== undefined) {
      section += digit * place;
      digit = 0;
    } else {
      const raised = (section + digit) * (sign === "万" ? 10_000 : 100_000_000);
      whole += raised;
      [section, digit] = [0, 0];
    }
  }
  const of = (unit: string): number =>
    Math.max(0, "零壹贰叁肆伍陆柒捌玖".indexOf(new RegExp(`(.)${unit}`).exec(rest)?.[1] ?? "零"));
  return (whole + section + digit) * 100 + of("角") * 10 + of("分");
};

describe("amounts in capitals", () => {
  it.each([
    [140_950, "壹仟肆佰零玖元伍角"],
    [600_714, "陆仟零柒元壹角肆分"],
    [168_032, "壹仟陆佰捌拾元叁角贰分"],
    [1_640_902, "壹万陆仟肆佰零玖元零贰分"],
    [32_504, "叁佰贰拾伍元零肆分"],
    [10_700_053, "壹拾万柒仟元伍角叁分"],
    [1_000, "壹拾元整"],
    [1, "壹分"],
    [50, "伍角"],
    [10_000_000, "壹拾万元整"],
    [100_050_000, "壹佰万零伍佰元整"],
    [99_999_999, "玖拾玖万玖仟玖佰玖拾玖元玖角玖分"],
    [1_000_000_000_00, "壹拾亿元整"],
    [1_000_000_010_00, "壹拾亿零壹拾元整"],
  ])("R12 writes %d fen as %s (upload-files.md §6.4)", (minor, capitals) => {
    expect(cny(minor)).toBe(capitals);
  });

  it("R12 can be read back for 10,000 random amounts", () => {
    assert(
      property(integer({ min: 1, max: 99_999_999 }), (minor) => {
        expect(read(cny(minor) ?? "")).toBe(minor);
      }),
      { numRuns: 10_000 },
    );
  });

  it("are not written for other currencies, nothing, or less", () => {
    expect(capitalAmount(money(100, "JPY" as Currency))).toBeUndefined();
    expect(cny(0)).toBeUndefined();
    expect(cny(-1)).toBeUndefined();
  });
});
