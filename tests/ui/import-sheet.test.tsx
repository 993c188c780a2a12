// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";

import { listImports } from "../../src/storage/queries.ts";
import { LastImports } from "../../src/ui/screens/recon/last-imports.tsx";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { aRow, found, importOf, refund } from "../support/money-steps.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
beforeEach(() => {
  stage = aStage();
});
afterEach(() => stage.strike());

const openFirst = (): void =>
  void act(() => stage.app.querySelector<HTMLButtonElement>("button.row")?.click());

it("X11 the list of imports shows totals, says what taking back does, and does it", async () => {
  const { deps } = await aShop();
  const { db } = deps.journal;
  valueOf(await importOf(deps, [aRow(deps)]));
  const show = async () =>
    inShop(deps, <LastImports imports={await listImports(db)} />, { staff: deps.staff() });
  stage.show(await show());
  await seenOn(stage, "最近导入", "收款 ¥36.00 · 退款 ¥0.00", "1 行");
  openFirst();
  await seenOn(stage, "同一个文件以后还能再导入", "文件指纹");
  stage.press("收回这次导入");
  await act(async () => undefined);
  await expect.poll(async () => db.statementBlocks.count()).toBe(0);
  stage.show(await show());
  await seenOn(stage, "已收回");
  openFirst();
  await seenOn(stage, "同一个文件可以再导入");
});

it("X11 tells what rests on an import, and leaves it", async () => {
  const { deps } = await aShop();
  const { db } = deps.journal;
  const row = aRow(deps);
  valueOf(await importOf(deps, [row]));
  valueOf(await refund(deps, await found(deps, row.transactionId)));
  stage.show(
    inShop(deps, <LastImports imports={await listImports(db)} />, { staff: deps.staff() }),
  );
  openFirst();
  stage.press("收回这次导入");
  await seenOn(stage, "不能收回", "1 笔收款是按它的行记下的");
  expect(await db.statementBlocks.count()).toBe(1);
});
