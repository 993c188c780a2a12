// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import { zhCn } from "../../src/i18n/zh-cn.ts";
import { PrivacyScreen } from "../../src/ui/screens/privacy/privacy-screen.tsx";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { asClerk, caseAt, refundNow } from "../support/refunds.ts";
import { aPaper, note } from "../support/told-refund.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;

/** A shop with one closed refund of 200 days ago that left in a signed package. */
const anOldShop = async () => {
  const { deps, clock } = await aShop();
  const caseId = await refundNow(deps, { note, evidence: [await aPaper(deps)] });
  valueOf(await withdrawRefund(deps, caseId, "mistake"));
  await ledgerHandedOut(deps, valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet })));
  clock.ms += 200 * 86_400_000;
  return { deps, caseId };
};

beforeEach(() => {
  stage = aStage();
});

describe("P11", () => {
  it("R55 X41 counts what goes for the months that are chosen, asks, and erases it with records", async () => {
    const { deps, caseId } = await anOldShop();
    stage.show(inShop(deps, <PrivacyScreen />));
    await seenOn(stage, zhCn["audit.keep.nothing"]);
    stage.tap('input[value="6"]');
    await seenOn(stage, "1 笔退款里的顾客信息，1 条记录", "证件照片 1 张");
    stage.press("清理 1 条记录");
    await seenOn(stage, zhCn["audit.keep.sure"], zhCn["erasure.outside"]);
    stage.press(zhCn["audit.keep.confirm"]);
    await seenOn(stage, zhCn["audit.keep.nothing"]);
    expect((await caseAt(deps, caseId)).erased?.why).toBe("retention");
  });

  it("R55 F66 asks for somebody who may where a clerk is at the till", async () => {
    const { deps, caseId } = await anOldShop();
    stage.show(inShop(asClerk(deps), <PrivacyScreen />));
    stage.tap('input[value="6"]');
    await seenOn(stage, "1 笔退款里的顾客信息");
    stage.press("清理 1 条记录", zhCn["audit.keep.confirm"]);
    await seenOn(stage, zhCn["workflow.entitled.text"]);
    expect((await caseAt(deps, caseId)).erased).toBeUndefined();
  });
});
