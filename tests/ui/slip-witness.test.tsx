// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";

import type { Staff } from "../../src/domain/staff.ts";
import { findRecord } from "../../src/storage/queries.ts";
import { CheckpointScreen } from "../../src/ui/screens/checkpoint/checkpoint-screen.tsx";
import { SlipScreen } from "../../src/ui/screens/slip/slip-screen.tsx";
import type { Deps } from "../../src/usecases/deps.ts";
import { troubleSeenOfUs } from "../../src/usecases/seen-of-us.ts";
import { valueOf } from "../support/a.ts";
import { fileOf, mergeInto } from "../support/merging.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { twinOf, twoTills } from "../support/two-tills.ts";
import { inShop, seenOn } from "./in-shop.tsx";
import { aStage, type Stage } from "./stage.tsx";

let stage: Stage;
let one: Deps;
let other: Deps;
/** The first till before it signed the slip. */
let earlier: Deps;
let slip: string;

beforeEach(async () => {
  stage = aStage();
  ({ one, other } = await twoTills());
  earlier = await twinOf(one);
  const { attempts } = await caseAt(one, await refundNow(one));
  const [attempt] = attempts;
  slip = (attempt && (await findRecord(one.journal.db, attempt.record)))?.jwt ?? "";
});

const text = (): string => stage.app.textContent;

const seen = (...wanted: readonly string[]) => seenOn(stage, ...wanted);

const show = (deps: Deps, isLocked = false): void => {
  const staff = isLocked ? undefined : ({ name: "小王" } as Staff);
  stage.strike();
  stage.show(
    inShop(deps, <SlipScreen route={{ name: "slip", args: { jwt: slip } }} />, {
      shop: "面馆",
      staff,
    }),
  );
};

const showOwnCode = (deps: Deps): void => {
  stage.strike();
  stage.show(inShop(deps, <CheckpointScreen route={{ name: "checkpoint", args: {} }} />));
};

const witnessed = (deps: Deps) => deps.journal.db.witnessed.toArray();

describe("a slip of another till of the shop", () => {
  it("X36 refundlog §15 is vouched for by that till's certificate, and becomes a witness with one tap", async () => {
    show(other);
    await seen("由本店的 T1 登记");
    await seen("还没有合并到本机");
    stage.press("加入见证");
    await seen("以后不能没有这条记录");
    expect(await witnessed(other)).toMatchObject([{ device: one.device, via: "receipt" }]);
  });

  it("F71 that contradicts what was seen of it is told as two histories", async () => {
    show(other);
    await seen("加入见证");
    stage.press("加入见证");
    await seen("以后不能没有这条记录");
    await refundNow(earlier);
    const { attempts } = await caseAt(earlier, await refundNow(earlier));
    const [attempt] = attempts;
    const [mine] = await witnessed(other);
    const record =
      attempt &&
      (await findRecord(earlier.journal.db, { device: one.device, seq: mine?.seq ?? 0 }));
    slip = record?.kind === "refund" ? record.jwt : "";
    show(other);
    await seen("T1 的记录分叉了");
    expect(text()).toContain("密钥被复制到另一台");
  });
});

describe("a slip of this till that its journal does not hold", () => {
  it("F71 refundlog §6 says that the last records are gone, what it means and what to do; customers see one line", async () => {
    show(earlier);
    await seen("本机的记录被截断");
    for (const words of ["用旧备份", "不要再登记", "吊销本机"]) expect(text()).toContain(words);
    show(earlier, true);
    await seen("末尾被截断");
    expect(text()).not.toContain("吊销本机");
  });
});

describe("what merged records of others say of this till", () => {
  it("F71 refundlog §6 shows that this till's last records are gone", async () => {
    show(other);
    await seen("加入见证");
    stage.press("加入见证");
    await seen("以后不能没有这条记录");
    const file = await fileOf(other);
    for (const deps of [one, earlier]) valueOf(await mergeInto(deps, file));
    showOwnCode(earlier);
    await seen("本机的记录被截断", "不要再登记");
    showOwnCode(one);
    await seen("交接码");
    expect(await troubleSeenOfUs(one)).toBeUndefined();
    expect(text()).not.toContain("被截断");
  });
});
