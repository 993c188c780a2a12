import { describe, expect, it } from "vitest";

import type { StatementImport } from "../../src/domain/books.ts";
import type { BusinessDate } from "../../src/domain/instant.ts";
import { resultFormat } from "../../src/domain/results/result-format.ts";
import { coveredDays } from "../../src/ui/screens/recon/covered-days.ts";

const day = (text: string): BusinessDate => text as BusinessDate;

const imported = (acquirer: string, period?: readonly [string, string]): StatementImport =>
  ({
    event: { acquirer, format: `${acquirer}_trade`, ...(period === undefined ? {} : { period }) },
  }) as StatementImport;

const drawn = (imports: readonly StatementImport[], count = 4): Readonly<Record<string, string>> =>
  Object.fromEntries(
    coveredDays(imports, day("2026-03-02"), count).map(({ acquirer, days }) => [
      acquirer,
      days.map(({ date, covered }) => `${date.slice(5)}${covered ? "+" : "-"}`).join(" "),
    ]),
  );

describe("coveredDays", () => {
  it("covers the days from the first to the last of each statement, over the end of a month", () => {
    expect(drawn([imported("wechatpay", ["2026-02-27", "2026-02-28"])])).toEqual({
      wechatpay: "02-27+ 02-28+ 03-01- 03-02-",
    });
  });

  it("leaves out what tells of no payments: a portal's result file", () => {
    const results = { event: { acquirer: "alipay", format: resultFormat } } as StatementImport;
    expect(drawn([results])).toEqual({});
  });

  it("joins statements of one acquirer and keeps acquirers apart", () => {
    const imports = [
      imported("wechatpay", ["2026-02-01", "2026-02-27"]),
      imported("alipay", ["2026-03-01", "2026-03-09"]),
      imported("wechatpay", ["2026-03-02", "2026-03-02"]),
    ];
    expect(drawn(imports)).toEqual({
      alipay: "02-27- 02-28- 03-01+ 03-02+",
      wechatpay: "02-27+ 02-28- 03-01- 03-02+",
    });
  });

  it("claims no day for a statement without a period, and nothing without statements", () => {
    expect(drawn([imported("alipay")], 2)).toEqual({ alipay: "03-01- 03-02-" });
    expect(drawn([])).toEqual({});
  });
});
