// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { zhCn } from "../../src/i18n/zh-cn.ts";
import { InsightsScreen } from "../../src/ui/screens/insights/insights-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { lastDays } from "../../src/usecases/read-insights.ts";
import { readRisks } from "../../src/usecases/read-risks.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { asClerk, refundNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let shop: TestShop;
let deps: Deps;

const part = (minor: number) =>
  ({ amount: { kind: "partial", amount: money(minor, CNY) } }) as const;

const risksOf = async (open = deps) => valueOf(await readRisks(open, lastDays(open, 7)));

beforeEach(async () => {
  stage = aStage();
  shop = await aShop();
  ({ deps } = shop);
});

describe("T4", () => {
  it("X30 counts what stands out for each person and opens its refunds", async () => {
    await refundNow(deps, part(500));
    shop.clock.ms += 10 * 3_600_000; // past midnight at the stall
    const night = await refundNow(deps, part(700));
    stage.show(inShop(deps, <InsightsScreen />));
    await seenOn(
      stage,
      zhCn["audit.risk.title"],
      [zhCn["audit.risk.after_hours"], "1 笔"].join(zhCn["word.separator"]),
      `小林：2 笔退款${zhCn["audit.risk.after_hours"]} 1 笔`,
    );
    expect(stage.app.querySelector(`a[href="#/r/${night}"]`)).not.toBeNull();
    expect(stage.app.textContent).not.toContain(zhCn["audit.risk.near_limit"]);
  });

  it("R56 tells the middle time from the open form to the record, and that nothing leaves", async () => {
    await refundNow(deps, part(500));
    const { handling } = await risksOf();
    expect(handling.counted).toBe(1);
    stage.show(inShop(deps, <InsightsScreen />));
    await seenOn(stage, `${handling.median} 秒（1 笔）`, zhCn["audit.handling.note"]);
  });

  it("X30 F66 shows a clerk their own alone, and nobody while locked", async () => {
    await refundNow(deps, part(500));
    await refundNow(asClerk(deps), part(700));
    expect((await risksOf()).count).toBe(2);
    expect((await risksOf(asClerk(deps))).people.map(({ staff }) => staff)).toEqual(["c1"]);
    const locked = { ...deps, staff: () => undefined };
    expect(faultOf(await readRisks(locked, lastDays(deps, 7)))).toEqual({ kind: "locked" });
  });
});
