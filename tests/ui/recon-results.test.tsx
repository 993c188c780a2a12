// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ReconResults } from "../../src/ui/screens/recon/recon-results.tsx";
import { CNY } from "../../src/domain/currency.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import type { OutFile } from "../../src/usecases/deps.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { fail } from "../../src/domain/result.ts";
import { importStatement } from "../../src/usecases/import-statement.ts";
import { valueOf } from "../support/a.ts";
import { compareHere } from "../support/compare-here.ts";
import { aShop } from "../support/deps.ts";
import { aRow, importOf, jobOf, options } from "../support/money-steps.ts";
import { rowOf, uploaded } from "../support/refund-rows.ts";
import { caseAt, payNow, paymentAt, refundNow } from "../support/refunds.ts";
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

const abilities = { compareStatements: compareHere };

const never = async () => fail({ kind: "aborted" } as const);

const openFirst = (head: string): void => void act(() => rowsUnder(head)[0]?.click());

describe("the results of the comparison", () => {
  it("X24 lists classes with counts and sums, shows both sides, and settles with a note", async () => {
    const { deps, one, other } = await uploaded();
    const rows = [await rowOf(deps, one, { minor: 1 }), await rowOf(deps, other)];
    valueOf(await importOf(deps, rows, "refunds"));
    stage.show(inShop(deps, <ReconResults />, { staff: deps.staff(), abilities }));
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

  it("X24 gives a row to one of two refunds by hand, and writes everything into a table", async () => {
    const { deps } = await aShop();
    const alipay = { acquirer: "alipay", channel: "alipay" } as const;
    const paymentId = await payNow(deps, alipay);
    const amount = { kind: "partial", amount: money(1000, CNY) } as const;
    const cases = [await refundNow(deps, { of: paymentId, amount })];
    cases.push(await refundNow(deps, { of: paymentId, amount }));
    const list = valueOf(await prepareBatch(deps, "refund-list-csv", options));
    valueOf(await reportDelivery(deps, list.batchId, "saved"));
    valueOf(await reportUpload(deps, list.batchId, "商户平台"));
    const { numbers } = await paymentAt(deps, paymentId);
    const at = instantFromMs(deps.now() - 1000);
    const outTradeNo = numbers["out_trade_no"] ?? "";
    const row = { ...alipay, kind: "refund", refundNo: "PORTAL3", status: "退款" } as const;
    valueOf(await importOf(deps, [aRow(deps, { ...row, outTradeNo, minor: 1000, at })], "one"));
    const saved: OutFile[] = [];
    const save = async (file: OutFile) => (saved.push(file), "saved" as const);
    stage.show(
      inShop(deps, <ReconResults />, { staff: deps.staff(), abilities: { ...abilities, save } }),
    );
    await seenOn(stage, "平台有我无 · 1 笔 · ¥10.00", "待确认 · 2 笔");
    openFirst("平台有我无");
    await seenOn(stage, "这一行也可能是下面某笔退款");
    const choices = [...stage.app.querySelectorAll("button")].filter(({ textContent }) =>
      textContent.startsWith("是 "),
    );
    expect(choices).toHaveLength(2);
    void act(() => choices[0]?.click());
    await seenOn(stage, "已对上 · 1 笔", "待确认 · 1 笔");
    stage.press("保存差异表（CSV）");
    await seenOn(stage, "差异表已保存");
    const [file] = saved;
    expect(new TextDecoder().decode(file?.bytes)).toContain('"已对上","",');
    expect(file?.name).toMatch(/\.csv$/);
  });

  it("X11 X24 counts a refund of the portal, and compares again when asked", async () => {
    const { deps, one } = await uploaded(["full"]);
    const portal = { refundNo: "PORTAL1", channelRefundNo: "5098", minor: 500 };
    valueOf(await importOf(deps, [await rowOf(deps, one, portal)], "refunds"));
    stage.show(inShop(deps, <ReconResults />, { staff: deps.staff(), abilities }));
    await seenOn(stage, "平台有我无 · 1 笔 · ¥5.00", "待确认 · 1 笔");
    openFirst("平台有我无");
    await seenOn(stage, "记为店外退款");
    expect(stage.app.querySelector("textarea")).toBeNull();
    stage.press("记为店外退款");
    await seenOn(stage, "没有需要人看的差异", "已处理");
    stage.press("重新核对");
    await vi.waitFor(() => expect(stage.spoken("status")).toContain("按账单记下"), {
      timeout: 10_000,
    });
  });

  it("X24 records all that the rows prove when asked, though each record is news to compare", async () => {
    const { deps, one, other } = await uploaded();
    const rows = [await rowOf(deps, one), await rowOf(deps, other)];
    valueOf(await importStatement(deps, { ...jobOf(rows, "refunds"), compare: never }));
    stage.show(inShop(deps, <ReconResults />, { staff: deps.staff(), abilities }));
    await seenOn(stage, "2 笔需要人看");
    stage.press("重新核对");
    await seenOn(stage, "没有需要人看的差异", "已对上 · 2 笔");
    await vi.waitFor(() => expect(stage.spoken("status")).toContain("按账单记下 2 条结果"));
  });
});
