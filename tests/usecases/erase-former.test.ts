import { describe, expect, it } from "vitest";

import { fail } from "../../src/domain/result.ts";
import { checkAtStart } from "../../src/storage/start-up.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { eraseCustomer } from "../../src/usecases/erase-customer.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { copyOf } from "../support/dying-copy.ts";
import { hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { aRotation } from "../support/rotation.ts";
import { codesOf, leftIn, note, payer } from "../support/told-refund.ts";

/** A refund that is through, with words of its customer, on a device whose key is replaced after it. */
const aFormerRefund = async () => {
  const shop = await aShop();
  const { deps } = shop;
  const caseId = await refundNow(deps, { of: await payNow(deps, { payer }), note });
  await submitNow(deps);
  await hearNow(deps, caseId, "succeeded");
  valueOf(await tellCustomer(deps, caseId, { via: "share", language: "zh-CN" }));
  const rotation = await aRotation(shop);
  valueOf(await rotation.rotate());
  return { caseId, former: deps, reopened: rotation.reopened };
};

/** No room for a new file of this kind. */
const refusePeers = (deps: Deps): (() => void) => {
  const copy = copyOf(deps);
  const { append } = copy;
  const refusing: typeof append = async (name, ...rest) =>
    name.startsWith("peer-") ? fail({ kind: "quota" }) : append(name, ...rest);
  Object.assign(copy, { append: refusing });
  return () => void Object.assign(copy, { append });
};

const namesIn = (deps: Deps): readonly string[] => [...copyOf(deps).files.keys()].toSorted();

describe("a customer of the key before this one (X41, X45)", () => {
  it("X41 is erased by the new chain, which says so in its own file", async () => {
    const { caseId, reopened } = await aFormerRefund();
    const deps = await reopened();
    valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
    expect(await leftIn(deps)).toEqual([]);
    expect(await codesOf(deps)).toEqual([]);
  });

  it("X41 is gone from the old key's own copy too, where that could not become another's at once", async () => {
    const { caseId, former, reopened } = await aFormerRefund();
    const allow = refusePeers(former);
    const deps = await reopened();
    const saved = valueOf(await eraseCustomer(deps, { caseId, payer: true, why: "request" }));
    expect(saved).toMatchObject({ copies: 1, because: "quota" });
    expect(await leftIn(deps)).toEqual([note, payer]);
    allow();
    expect(await checkAtStart(deps.journal)).toMatchObject({ kind: "ready", copies: 2 });
    expect(await leftIn(deps)).toEqual([]);
    const { copyName } = deps.journal;
    const names = [copyName(deps.device), `peer-${copyName(former.device)}`];
    expect(namesIn(deps)).toEqual(names.toSorted());
  });
});
