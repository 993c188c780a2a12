// @vitest-environment happy-dom
import type { ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { writeRef, type CaseId } from "../../src/domain/ids.ts";
import { RefusalScreen } from "../../src/ui/screens/refusal/refusal-screen.tsx";
import { RefundScreen } from "../../src/ui/screens/refund/refund-screen.tsx";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { fileOf, mergeInto } from "../support/merging.ts";
import { newCaseId } from "../support/money-steps.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import { twoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let deps: Deps;

const text = (): string => stage.app.textContent;

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const showIn = (what: ComponentChildren): void => {
  stage.show(inShop(deps, what));
};

const show = (id: CaseId): void =>
  showIn(<RefundScreen route={{ name: "refund", args: { id } }} />);

const openSheet = async (): Promise<void> => {
  const row = [...stage.app.querySelectorAll("button")].find((button) =>
    button.textContent.includes("删除顾客信息"),
  );
  void act(() => row?.click());
  await seen("会留下");
};

beforeEach(async () => {
  stage = aStage();
  vi.stubGlobal("scrollTo", () => undefined);
  ({ deps } = await aShop());
});

afterEach(() => {
  stage.strike();
  vi.unstubAllGlobals();
});

describe("erasing a customer's data on the page of a refund", () => {
  it("X41 says what goes, what stays and what is out of reach, then that it is erased", async () => {
    const of = await payNow(deps, { payer: "王*芳" });
    const id = await refundNow(deps, { of, note: "凉皮太咸" });
    show(id);
    await seen("凉皮太咸");
    await openSheet();
    await seen("1 条记录", "付款人", "金额、单号", "已经导出或分享出去的文件");
    expect(text()).not.toContain("已按要求删除 ·");
    stage.press("删除，不能恢复");
    await seen("已按要求删除 ·");
    expect(text()).not.toContain("凉皮太咸");
    expect(text()).toContain("签名");
    expect(await caseAt(deps, id)).toMatchObject({ erased: { why: "request" } });
  });

  it("X41 the page of a declined request forgets its words too", async () => {
    const draft = { caseId: newCaseId(deps), reason: "not_ours", offers: [], note: "不是本店买的" };
    const [declined] = valueOf(await declineRequest(deps, undefined, draft)).records;
    if (declined === undefined) throw new Error("no refusal");
    const ref = writeRef(declined);
    showIn(<RefusalScreen route={{ name: "refusal", args: { ref } }} />);
    await seen("不是本店买的");
    await openSheet();
    await seen("删除，不能恢复");
    stage.press("删除，不能恢复");
    await seen("顾客信息已按要求删除");
    expect(text()).not.toContain("不是本店买的");
  });

  it("X41 keeps the payer where that is wished, and says it when nothing is left", async () => {
    const of = await payNow(deps, { payer: "王*芳" });
    const id = await refundNow(deps, { of, note: "凉皮太咸" });
    show(id);
    await seen("凉皮太咸");
    await openSheet();
    await seen("付款人也删除");
    void act(() => stage.app.querySelector<HTMLInputElement>("input[name=payer]")?.click());
    stage.press("删除，不能恢复");
    await seen("已按要求删除 ·");
    expect((await paymentAt(deps, of)).payer).toBe("王*芳");
    valueOf(await eraseCustomer(deps, { caseId: id, payer: true, why: "request" }));
    await openSheet();
    await seen("这台设备上没有这位顾客的信息");
    expect(text()).not.toContain("删除，不能恢复");
  });

  it("X41 erases what another till recorded as well", async () => {
    const { one, other } = await twoTills();
    const id = await refundNow(other, {
      of: await payNow(other, { payer: "王*芳" }),
      note: "凉皮太咸",
    });
    valueOf(await mergeInto(one, await fileOf(other)));
    deps = one;
    show(id);
    await seen("凉皮太咸");
    await openSheet();
    await seen("1 条记录", "付款人", "店里别的设备合并这台的记录时跟着删除");
    stage.press("删除，不能恢复");
    await seen("已按要求删除 ·");
    expect(text()).not.toContain("凉皮太咸");
  });
});
