// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { ReconResults } from "../../src/ui/screens/recon/recon-results.tsx";
import { valueOf } from "../support/a.ts";
import { importOf } from "../support/money-steps.ts";
import { rowOf, uploaded } from "../support/refund-rows.ts";
import { caseAt } from "../support/refunds.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
beforeEach(() => {
  stage = aStage();
});
afterEach(() => stage.strike());

const rowsUnder = (head: string): readonly HTMLButtonElement[] => {
  const folds = [...stage.app.querySelectorAll("details")];
  const fold = folds.find(({ textContent }) => textContent.includes(head));
  return [...(fold?.querySelectorAll<HTMLButtonElement>("button.row") ?? [])];
};

const openFirst = (head: string): void => void act(() => rowsUnder(head)[0]?.click());

describe("the results of the comparison", () => {
  it("X24 lists classes with counts and sums, shows both sides, and settles with a note", async () => {
    const { deps, one, other } = await uploaded();
    const rows = [await rowOf(deps, one, { minor: 1 }), await rowOf(deps, other)];
    valueOf(await importOf(deps, rows, "refunds"));
    stage.show(inShop(deps, <ReconResults />, { staff: deps.staff() }));
    await seenOn(stage, "1 笔需要人看", "金额不符 · 1 笔 · ¥36.00", "已对上 · 1 笔");
    const [first] = stage.app.querySelectorAll("details");
    expect(first?.textContent).toContain("金额不符");

    openFirst("金额不符");
    await seenOn(stage, "左边是我的记录", "¥0.01", "看这笔退款");
    expect(stage.app.querySelector(".diff-differs")?.textContent).toContain("¥36.00");
    const note = stage.app.querySelector("textarea");
    if (note === null) throw new Error("no note");
    stage.press("已处理");
    await seenOn(stage, "请写清原因");
    note.value = "问过平台";
    stage.press("已处理");
    await seenOn(stage, "没有需要人看的差异");
    expect((await caseAt(deps, one)).history.at(-1)?.text).toBe("问过平台");
  });

  it("X11 X24 counts a refund of the portal, and compares again when asked", async () => {
    const { deps, one } = await uploaded(["full"]);
    const portal = { refundNo: "PORTAL1", channelRefundNo: "5098", minor: 500 };
    valueOf(await importOf(deps, [await rowOf(deps, one, portal)], "refunds"));
    stage.show(inShop(deps, <ReconResults />, { staff: deps.staff() }));
    await seenOn(stage, "平台有我无 · 1 笔 · ¥5.00", "待确认 · 1 笔");
    openFirst("平台有我无");
    await seenOn(stage, "记为店外退款");
    expect(stage.app.querySelector("textarea")).toBeNull();
    stage.press("记为店外退款");
    await seenOn(stage, "没有需要人看的差异", "已处理");
    stage.press("重新核对");
    await act(async () => undefined);
    expect(stage.app.textContent).toContain("重新核对");
  });
});
