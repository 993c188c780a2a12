// @vitest-environment happy-dom
import type { ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { MergeScreen } from "../../src/ui/screens/merge/merge-screen.tsx";
import { RefundScreen } from "../../src/ui/screens/refund/refund-screen.tsx";
import { TodoScreen } from "../../src/ui/screens/todo/todo-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { cny, valueOf } from "../support/a.ts";
import { fileOf, mergeInto, sameSale, verifyHere } from "../support/merging.ts";
import { as, join } from "../support/people.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { twinOf, twoTills, type TwoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let tills: TwoTills;

beforeEach(async () => {
  stage = aStage();
  tills = await twoTills();
});

const text = (): string => stage.app.textContent;

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const show = (deps: Deps, what: ComponentChildren, shared: readonly File[] = []): void => {
  const abilities = {
    verifyFile: verifyHere,
    takeShared: async () => shared,
    copyText: async () => true,
    markDraftOpen: () => () => undefined,
  };
  stage.strike();
  stage.show(inShop(deps, what, { abilities }));
};

const refundSale = async (deps: Deps, minor: number): Promise<CaseId> =>
  refundNow(deps, {
    of: await sameSale(deps, "ORDER-77"),
    amount: { kind: "partial", amount: cny(minor) },
  });

const asFile = async (deps: Deps): Promise<File> => {
  const { bytes, name } = await fileOf(deps);
  return new File([bytes], name);
};

const detail = (id: CaseId) => <RefundScreen route={{ name: "refund", args: { id } }} />;

describe("C5", () => {
  it("X9 shows whose file it is and what it brings, merges on one tap, and says what waits", async () => {
    const { one, other } = tills;
    await refundSale(one, 7_000);
    await refundSale(other, 6_000);
    show(one, <MergeScreen />, [await asFile(other)]);
    await seen("T2 的记录完整，可以合并");
    expect(text()).toContain("1 笔退款会因为超过收款而等待决定");
    expect(text()).toMatch(/指纹[0-9A-Z]{4} [0-9A-Z]{4}/);
    stage.press("合并");
    await seen("本机和 T2 的退款现在共用一份余额");
    expect(text()).toContain("查看 1 个冲突");
    expect(text()).toContain("1 笔收款在本机记下了那台设备的退款");
  });

  it("F71 refundlog §6 says at once when that till has seen more of this one than is here", async () => {
    const { one, other } = tills;
    const earlier = await twinOf(one);
    await refundSale(one, 7_000);
    valueOf(await mergeInto(other, await fileOf(one)));
    show(earlier, <MergeScreen />, [await asFile(other)]);
    await seen("T2 的记录完整，可以合并");
    stage.press("合并");
    await seen("本机的记录被截断", "不要再登记");
  });

  it("refundlog §17 a changed file is refused in words, and nothing of it is here", async () => {
    const { one, other } = tills;
    await refundSale(other, 6_000);
    const { bytes } = await fileOf(other);
    const changed = bytes.slice();
    changed[3_000] = (changed[3_000] ?? 0) ^ 1;
    const records = await one.journal.db.records.count();
    show(one, <MergeScreen />, [new File([changed], "T2.refundlog")]);
    await seen("文件没有通过验证，未合并");
    expect(await one.journal.db.records.count()).toBe(records);
    show(one, <MergeScreen />, [await asFile(one)]);
    await seen("这是本机自己的文件");
  });
});

const bothWays = async (): Promise<readonly [CaseId, CaseId]> => {
  const { one, other } = tills;
  const [here, there] = [await refundSale(one, 7_000), await refundSale(other, 6_000)];
  valueOf(await mergeInto(one, await fileOf(other)));
  valueOf(await mergeInto(other, await fileOf(one)));
  return [here, there];
};

describe("a conflict on D1", () => {
  it("X9 names both tills, people and grades, which one waits and why, and where it is handled", async () => {
    const { one } = tills;
    const [here, there] = await bothWays();
    show(one, detail(here));
    await seen("这笔收款在两台设备上退超了");
    for (const wanted of ["合计超过收款", "T1", "T2", "本机", "凭证 B", "等待决定", "在 T2 上处理"])
      expect(text()).toContain(wanted);
    expect(text()).not.toContain("继续办理");
    show(one, detail(there));
    await seen("T2 上登记的退款，这里只能看");
    expect(text()).not.toContain("撤回这笔");
    expect(text()).toContain("冲突待核对");
    show(one, <TodoScreen />);
    await seen("冲突待核对");
  });

  it("M23 is decided on its own till: withdrawn because of the other", async () => {
    const { other } = tills;
    const [, there] = await bothWays();
    show(other, detail(there));
    await seen("继续办理");
    stage.press("撤回这笔");
    const sheet = [...document.querySelectorAll("dialog button")].at(-1);
    if (!(sheet instanceof HTMLElement)) throw new Error("no sheet");
    await act(async () => sheet.click());
    await vi.waitFor(async () => expect((await caseAt(other, there)).money).toBe("withdrawn"));
    expect((await caseAt(other, there)).conflict).toBe(false);
  });
});

describe("C5 a customer whom the other device erased", () => {
  it("X41 is erased here when somebody who may says so, on the page of the merge or among the to-dos", async () => {
    const { one, other } = tills;
    const caseId = await refundNow(one, { note: "凉皮太咸" });
    valueOf(await mergeInto(other, await fileOf(one)));
    valueOf(await eraseCustomer(other, { caseId, payer: true, why: "request" }));
    const clerk = await as(one, (await join(one)).staff);
    show(clerk, <MergeScreen />, [await asFile(other)]);
    await seen("T2 的记录完整，可以合并");
    stage.press("合并");
    await seen("另一台设备删除了 1 条记录里的顾客信息，它们是这台登记的");
    stage.press("在这台也删除");
    await seen("需要有权限的人");
    expect((await caseAt(one, caseId)).note).toBe("凉皮太咸");
    show(one, <TodoScreen />);
    await seen("另一台设备删除了 1 条记录里的顾客信息");
    stage.press("在这台也删除");
    await vi.waitFor(() => expect(text()).not.toContain("在这台也删除"));
    expect((await caseAt(one, caseId)).note).toBeUndefined();
  });
});
