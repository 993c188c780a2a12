// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { money } from "../../src/domain/money.ts";
import { ExportScreen } from "../../src/ui/screens/export/export-screen.tsx";
import { acknowledgeBatch } from "../../src/usecases/acknowledge-batch.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { payNow, refundNow, submitNow } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
beforeEach(() => {
  stage = aStage();
});
afterEach(() => stage.strike());

describe("the export page", () => {
  it("X17 says what leaves later and until when it waits, apart from what cannot leave, and how far each file got", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps);
    const part = { kind: "partial", amount: money(100, CNY) } as const;
    await refundNow(deps, { of, amount: part });
    await refundNow(deps, { of, amount: part });
    const batchId = await submitNow(deps);
    stage.show(inShop(deps, <ExportScreen />));
    await seenOn(stage, "等一等再导出 1 笔", "隔 60 秒", "已上传");
    expect(stage.app.textContent).not.toContain("不能导出");
    valueOf(await acknowledgeBatch(deps, batchId, "处理中"));
    stage.strike();
    stage = aStage();
    stage.show(inShop(deps, <ExportScreen />));
    await seenOn(stage, "平台已受理");
  });
});
