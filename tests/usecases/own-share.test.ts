import { describe, expect, it } from "vitest";
import { firstOwner, type Hash, type PaymentId } from "../../src/domain/ids.ts";
import { remaining } from "../../src/domain/payment.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { hasOtherTills } from "../../src/usecases/list-devices.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { takeStatusList } from "../../src/usecases/status-lists.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { anEvidenceFile, cny, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { fileOf, mergeInto, sameSale } from "../support/merging.ts";
import { checkFile, refund } from "../support/money-steps.ts";
import { as, join, ownerPin } from "../support/people.ts";
import { caseAt, hearNow, paymentAt, refundNow, submitNow } from "../support/refunds.ts";
import { aRotation } from "../support/rotation.ts";
import { twoTills } from "../support/two-tills.ts";

const order = "4200000123202611220000000042";

const part = (minor: number) => ({ amount: { kind: "partial", amount: cny(minor) } }) as const;

const share = async (deps: Deps, sharePercent: number) =>
  valueOf(await changeSetting(deps, { ...defaultSetting, sharePercent }));

/** Asks for so much of a payment that is known here. */
const ask = async (deps: Deps, of: PaymentId, minor: number | "full") =>
  refund(deps, { payment: await paymentAt(deps, of), rows: [], others: [] }, minor);

describe("本机可退", () => {
  it("X10 two tills with half each that never met refund a payment once, not twice", async () => {
    const { one, other } = await twoTills();
    for (const till of [one, other]) {
      await share(till, 50);
      const of = await sameSale(till, order);
      valueOf(await ask(till, of, "full"));
      expect(faultOf(await ask(till, of, 1))).toEqual({ kind: "over_share", left: cny(0) });
      expect(await checkFile(till)).toEqual([]);
    }
    valueOf(await mergeInto(one, await fileOf(other)));
    const [payment] = await one.journal.db.payments.toArray();
    expect(payment && remaining(await paymentAt(one, payment.paymentId))).toEqual(cny(0));
    for (const { caseId } of await one.journal.db.cases.toArray())
      expect(await caseAt(one, caseId)).toMatchObject({ conflict: false, amount: cny(5_000) });
  });

  it("X10 a till knows that there are others from the moment it knows their keys, until they are revoked", async () => {
    const { one, other, root } = await twoTills();
    expect(await hasOtherTills(one)).toBe(true);
    const h = "h".repeat(43) as Hash;
    const cut = { h, kid: other.device, seq: 0, why: "lost" } as const;
    const list = await makeStatusList(root, { iat: 1, list: [cut] });
    valueOf(await takeStatusList(one, list));
    expect(await hasOtherTills(one)).toBe(false);
    expect(await hasOtherTills((await aShop()).deps)).toBe(false);
  });

  it("X10 the other devices of a home device give nothing, until the owner says otherwise", async () => {
    const { deps } = await aShop();
    await share(deps, 0);
    const of = await sameSale(deps, order);
    expect(faultOf(await ask(deps, of, 1)).kind).toBe("over_share");
    await share(deps, 100);
    valueOf(await ask(deps, of, "full"));
  });

  it("X10 a new key goes on with what the old one left of the share", async () => {
    const shop = await aShop();
    const { deps } = shop;
    await share(deps, 50);
    const of = await sameSale(deps, order);
    const caseId = await refundNow(deps, { of, ...part(3_000) });
    await submitNow(deps);
    await hearNow(deps, caseId, "succeeded");
    valueOf(await tellCustomer(deps, caseId, { via: "share", language: "zh-CN" }));
    const { rotate, reopened } = await aRotation(shop);
    valueOf(await rotate());
    const after = await reopened();
    expect(faultOf(await ask(after, of, 2_001))).toEqual({ kind: "over_share", left: cny(2_000) });
    valueOf(await ask(after, of, 2_000));
  });

  it("X10 a retry and a refund that is opened again are bound by what the share has become", async () => {
    const { deps } = await aShop();
    const of = await sameSale(deps, order);
    const failed = await refundNow(deps, { of, ...part(6_000) });
    await submitNow(deps);
    await hearNow(deps, failed, "failed");
    const clerk = await as(deps, (await join(deps)).staff);
    const rejected = await refundNow(clerk, { of, ...part(4_000), reason: "other", note: "说明" });
    const decision = { result: "reject", reason: "no_proof" } as const;
    const byOwner = { approver: firstOwner, pin: ownerPin };
    valueOf(await approveRefund(deps, rejected, { ...byOwner, decision }));
    await share(deps, 30);
    expect(faultOf(await retryRefund(deps, failed, 1))).toMatchObject({ kind: "over_share" });
    const again = { ...byOwner, evidence: [anEvidenceFile()] };
    expect(faultOf(await reopenRefund(deps, rejected, again)).kind).toBe("over_share");
    await share(deps, 60);
    valueOf(await retryRefund(deps, failed, 1));
  });
});
