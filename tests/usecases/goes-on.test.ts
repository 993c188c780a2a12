import { beforeEach, describe, expect, it } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { verifyTogether } from "../../src/ledger/verify-together.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { readBooks, rebuild } from "../../src/storage/rebuild.ts";
import type { Deps, OutFile } from "../../src/usecases/deps.ts";
import { prepareLastFile } from "../../src/usecases/last-file.ts";
import { listTasks } from "../../src/usecases/list-tasks.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { readCase } from "../../src/usecases/read-case.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { fileOf } from "../support/merging.ts";
import { quiet } from "../support/money-steps.ts";
import { caseAt, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { aRotation, keysOf } from "../support/rotation.ts";
import { twoTills } from "../support/two-tills.ts";

let shop: TestShop;
let deps: Deps;
let waiting: CaseId;

beforeEach(async () => {
  shop = await aShop();
  waiting = await refundNow(shop.deps, { of: await payNow(shop.deps) });
  await submitNow(shop.deps);
  const rotation = await aRotation(shop);
  valueOf(await rotation.rotate());
  deps = await rotation.reopened();
});

const tasks = async () => {
  const { groups } = await listTasks(deps, instantFromMs(deps.now() + 90 * 86_400_000));
  return groups.filter(({ kind }) => kind !== "merchant_copy").map(({ kind }) => kind);
};

const verified = async ({ bytes }: Pick<OutFile, "bytes">) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  const roots = new Map(root === undefined ? [] : [[thumbprint(root), root]]);
  return valueOf(await verifyRefundlog({ source: bytes, verify: deps.verify, roots, pins: [] }));
};

const lastFile = async (): Promise<OutFile> => {
  const { device, sign } = shop.deps;
  const openKey = keysOf({ kid: device, sign });
  return valueOf(await prepareLastFile(deps, { device, openKey }, quiet));
};

describe("X45 a refund that waits at the acquirer while the key is changed", () => {
  it("R5 R46 stays on the list, late when it is late", async () => {
    expect(await tasks()).toEqual(["overdue"]);
    expect(await caseAt(deps, waiting)).toMatchObject({ elsewhere: false, money: "submitted" });
    expect(await readCase(deps, waiting, "x")).toMatchObject({ isFormer: true });
  });

  it("R6 R42 arrives and is told under the new key, and both chains verify alone and together", async () => {
    await hearNow(deps, waiting, "succeeded");
    expect(await tasks()).toEqual(["tell"]);
    valueOf(await tellCustomer(deps, waiting, { via: "share", language: "zh-CN" }));
    valueOf(await logContact(deps, waiting, { with: "customer", via: "phone", text: "收到了" }));
    expect(await caseAt(deps, waiting)).toMatchObject({
      money: "succeeded",
      notice: "told_result",
    });
    expect(await tasks()).toEqual([]);
    const own = await verified(await fileOf(deps));
    expect(own.findings).toEqual([]);
    expect(verifyTogether([own, await verified(await lastFile())])).toEqual([]);
    const books = await readBooks(deps.journal.db);
    valueOf(await rebuild(deps.journal.db, deps.device));
    expect(await readBooks(deps.journal.db)).toEqual(books);
  });

  it("refundlog §16 takes no command of another chain than its own", async () => {
    expect(faultOf(await withdrawRefund(deps, waiting, "customer"))).toMatchObject({
      kind: "not_allowed_now",
    });
    await hearNow(deps, waiting, "failed");
    expect((await caseAt(deps, waiting)).money).toBe("failed");
  });
});

describe("a refund of another till that is at work", () => {
  it("R6 takes no result, notice or goods from here", async () => {
    const { one, other } = await twoTills();
    const caseId = await refundNow(other, { type: "return", of: await payNow(other) });
    const { fileOf: give, mergeInto } = await import("../support/merging.ts");
    valueOf(await mergeInto(one, await give(other)));
    const at = instantFromMs(one.now());
    const report = { result: "succeeded", by: "cust", at, evidence: [] } as const;
    const refused = { kind: "other_device" };
    expect(faultOf(await recordResult(one, caseId, report))).toEqual(refused);
    const told = { via: "share", language: "zh-CN" } as const;
    expect(faultOf(await tellCustomer(one, caseId, told))).toEqual(refused);
    const goods = await recordGoods(one, caseId, { state: "waived" });
    expect(faultOf(goods)).toEqual(refused);
  });
});
