import { describe, expect, it } from "vitest";

import { CNY, findCurrency, type Currency } from "../../src/domain/currency.ts";
import { findZone, type BusinessDate, type Instant } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import {
  currencySign,
  moneyParts,
  tailOf,
  writeClock,
  writeDay,
  writeDifference,
  writeFullTime,
  writeGroups,
  writeMoney,
  writeNumber,
  writePercent,
  writeTime,
  type Locale,
} from "../../src/i18n/format.ts";

const shanghai = findZone("Asia/Shanghai");
if (shanghai === undefined) throw new Error("this machine does not know Asia/Shanghai");

const zh: Locale = {
  language: "zh-CN",
  currency: CNY,
  calendar: { zone: shanghai, cutoffMinutes: 0 },
};
const en: Locale = { ...zh, language: "en" };

const currency = (code: string): Currency => {
  const found = findCurrency(code);
  if (found === undefined) throw new Error(code);
  return found;
};

const at = (text: string): Instant => text as Instant;
const now = at("2026-11-22T06:30:00Z"); // 14:30 at the stall

describe("money", () => {
  it("is written the same in both languages for the shop's own currency", () => {
    expect(writeMoney(money(123450, CNY), zh)).toBe("¥1,234.50");
    expect(writeMoney(money(123450, CNY), en)).toBe("¥1,234.50");
  });

  it.each([
    ["HKD", 1800, "HK$18.00"],
    ["USD", 100, "US$1.00"],
    ["JPY", 1800, "JP¥1,800"],
  ])("names a foreign %s by its long sign in both languages", (code, minor, written) => {
    expect(writeMoney(money(minor, currency(code)), zh)).toBe(written);
    expect(writeMoney(money(minor, currency(code)), en)).toBe(written);
  });

  it("tells yuan from yen in a shop that counts in yen", () => {
    const tokyo = { ...zh, currency: currency("JPY") };
    expect(writeMoney(money(1800, currency("JPY")), tokyo)).toBe("¥1,800");
    expect(writeMoney(money(1800, CNY), tokyo)).toBe("CN¥18.00");
  });

  it("has as many decimals as ISO 4217 gives its currency", () => {
    expect(
      writeMoney(money(1234567, currency("KWD")), { ...zh, currency: currency("KWD") }),
    ).toMatch(/1,234\.567$/);
  });

  it("writes the largest amount exactly", () => {
    expect(writeMoney(money(99_999_999, CNY), zh)).toBe("¥999,999.99");
  });

  it("keeps sign and figures apart for drawing", () => {
    const parts = moneyParts(money(1800, CNY), zh);
    expect(parts[0]).toEqual({ kind: "currency", text: "¥" });
    expect(
      parts
        .slice(1)
        .map((part) => part.text)
        .join(""),
    ).toBe("18.00");
    expect(currencySign(CNY, en)).toBe("¥");
  });
});

describe("a difference", () => {
  it("always shows its sign, with U+2212 for minus", () => {
    expect(writeDifference(money(-300, CNY), zh)).toBe("−¥3.00");
    expect(writeDifference(money(300, CNY), en)).toBe("+¥3.00");
    expect(writeDifference(money(0, CNY), zh)).toBe("¥0.00");
  });
});

describe("a time", () => {
  it("is today by the stall's clock", () => {
    expect(writeTime(at("2026-11-22T06:02:00Z"), now, zh)).toBe("今天 14:02");
    expect(writeTime(at("2026-11-22T06:02:00Z"), now, en)).toBe("Today 14:02");
  });

  it("is a day and month in the same year, and full in another", () => {
    expect(writeTime(at("2026-11-20T06:02:00Z"), now, zh)).toBe("11月20日 14:02");
    expect(writeTime(at("2026-11-20T06:02:00Z"), now, en)).toBe("20 Nov, 14:02");
    expect(writeTime(at("2025-11-20T06:02:00Z"), now, zh)).toBe("2025-11-20 14:02");
  });

  it("counts the small hours to the day before while the cut-off has not come", () => {
    const late: Locale = { ...zh, calendar: { zone: shanghai, cutoffMinutes: 240 } };
    const afterMidnight = at("2026-11-22T17:10:00Z"); // 01:10 on the 23rd
    expect(writeTime(afterMidnight, now, late)).toBe("今天 01:10");
    expect(writeTime(afterMidnight, now, zh)).toBe("11月23日 01:10");
  });

  it("shows midnight as 00 and not as 24", () => {
    expect(writeClock(at("2026-11-22T16:00:00Z"), zh)).toBe("00:00");
    expect(writeFullTime(at("2026-11-22T16:00:00Z"), zh)).toBe("2026-11-23 00:00");
  });

  it("heads a day of a list", () => {
    expect(writeDay("2026-11-22" as BusinessDate, now, zh)).toBe("今天 11月22日");
    expect(writeDay("2026-11-21" as BusinessDate, now, en)).toBe("21 Nov");
    expect(writeDay("2025-11-21" as BusinessDate, now, zh)).toBe("2025-11-21");
  });
});

describe("figures", () => {
  it("group thousands, and percentages have at most one decimal", () => {
    expect(writeNumber(32000, "zh-CN")).toBe("32,000");
    expect(writePercent(0.0238, "en")).toBe("2.4%");
    expect(writePercent(0.62, "zh-CN")).toBe("62%");
  });

  it("group long numbers by four without changing them", () => {
    expect(writeGroups("R7A2000001283K9M")).toBe("R7A2 0000 0128 3K9M");
    expect(writeGroups("42000023452")).toBe("4200 0023 452");
    expect(writeGroups("")).toBe("");
    expect(tailOf("20261122140278907890")).toBe("7890");
  });
});
