import { describe, expect, it } from "vitest";

import { pageRule } from "../../src/platform/printer.ts";

describe("pageRule", () => {
  it("writes the measured height of a roll out, because auto falls back to Letter", () => {
    expect(pageRule("slip_58", 360)).toBe("@page{size:58mm 98mm;margin:0}");
    expect(pageRule("slip_80", 96)).toBe("@page{size:80mm 28mm;margin:0}");
  });

  it("never makes a page shorter than what stands on it", () => {
    for (let height = 1; height < 2000; height += 7) {
      const mm = Number(/ (\d+)mm/.exec(pageRule("slip_58", height))?.[1]);
      expect(mm / (25.4 / 96)).toBeGreaterThan(height);
    }
  });

  it("leaves A4 to the printer's own height", () => {
    expect(pageRule("a4", 5000)).toBe("@page{size:A4;margin:12mm}");
  });
});
