import { describe, expect, it } from "vitest";
import { CNY } from "../../src/domain/currency.ts";
import { firstOwner } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { limitOfCertificate } from "../../src/ledger/enrol.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import { listKnownDevices } from "../../src/usecases/list-devices.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile } from "../support/money-steps.ts";
import { join, pin } from "../support/people.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { certify, rootOf } from "../support/ring.ts";
import { aRotation } from "../support/rotation.ts";
import { aSecondTill } from "../support/second-till.ts";

/** A till that refunds up to ¥100.00 alone, with its owner at it. */
const aBoundTill = async () => {
  const shop = await aShop();
  const { deps: till } = await aSecondTill(shop, "T2", money(10_000, CNY));
  return { shop, till };
};

const part = (minor: number) =>
  ({ amount: { kind: "partial", amount: money(minor, CNY) } }) as const;

describe("a till whose certificate has a limit", () => {
  it("refundlog §8 §5.1 refunds up to it alone; above it even the owner waits for somebody else", async () => {
    const { till } = await aBoundTill();
    expect((await caseAt(till, await refundNow(till, part(10_000)))).money).toBe("ready");
    const caseId = await refundNow(till, part(10_001));
    expect(await caseAt(till, caseId)).toMatchObject({
      money: "pending_approval",
      need: { by: "other", why: ["device_limit"], level: "lead" },
    });
    const decision = { result: "approve" } as const;
    const own = { approver: firstOwner, pin: "604817", decision };
    expect(faultOf(await approveRefund(till, caseId, own)).kind).toBe("own_request");
    const lead = await join(till, { role: "lead", name: "小李" });
    valueOf(await approveRefund(till, caseId, { approver: lead.staff, pin, decision }));
    expect((await caseAt(till, caseId)).money).toBe("ready");
    expect(await checkFile(till)).toEqual([]);
  });

  it("refundlog §5.1 a till that forgets its limit is found by everybody who verifies its file", async () => {
    const { shop, till } = await aBoundTill();
    const forgetful = { ...till, certificate: shop.deps.certificate };
    expect((await caseAt(till, await refundNow(forgetful))).money).toBe("ready");
    expect(await checkFile(till)).toContain("E_APPROVAL_POLICY");
  });

  it("refundlog §8 a new key for the till keeps the limit", async () => {
    const shop = await aShop();
    const { device: kid, jwk } = shop.deps;
    const claims = { role: "device", pre: "R7K2Q4", cur: "CNY", max: 10_000 } as const;
    const { certificate } = await certify(await rootOf(shop), { kid, jwk }, claims);
    const { rotate, reopened } = await aRotation(shop);
    valueOf(await rotate({}, { ...shop.deps, certificate }));
    expect(limitOfCertificate((await reopened()).certificate)).toEqual(money(10_000, CNY));
  });

  it("P10 its limit stands with the till, on the owner's device and on its own; the owner's has none", async () => {
    const { shop, till } = await aBoundTill();
    const limits = async (deps: typeof till) =>
      (await listKnownDevices(deps)).map(({ label, limit }) => [label, limit?.minor]);
    expect(await limits(shop.deps)).toEqual([
      ["T1", undefined],
      ["T2", 10_000],
    ]);
    expect(await limits(till)).toEqual([["T2", 10_000]]);
    expect((await caseAt(shop.deps, await refundNow(shop.deps))).money).toBe("ready");
  });
});
