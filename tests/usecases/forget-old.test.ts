import { beforeEach, describe, expect, it } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { findAttachment } from "../../src/storage/save-attachment.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { forgetOld, planRetention } from "../../src/usecases/forget-old.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { asClerk, caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import { aPaper, codesOf, leftIn, note, payer } from "../support/told-refund.ts";

let shop: TestShop;
let deps: Deps;
let caseId: CaseId;
let paper: EvidenceFile;
let photo: EvidenceFile;

const leave = async (): Promise<void> => {
  const file = valueOf(await prepareLedgerFile(deps, { scope: "all", ...quiet }));
  await ledgerHandedOut(deps, file);
};

const days = (count: number): void => void (shop.clock.ms += count * 86_400_000);
const plan = async () => valueOf(await planRetention(deps, 12));
const close = async (id: CaseId) => valueOf(await withdrawRefund(deps, id, "mistake"));

beforeEach(async () => {
  shop = await aShop();
  ({ deps } = shop);
  paper = await aPaper(deps);
  photo = { ...(await aPaper(deps, "a photo of goods")), kind: "photo" };
  const of = await payNow(deps, { payer });
  caseId = await refundNow(deps, { of, note, evidence: [paper, photo] });
});

describe("R55 X41 what is old", () => {
  it("is counted before anything goes: refunds, photos and bytes, and what stays", async () => {
    await close(caseId);
    await leave();
    days(300);
    expect(await plan()).toMatchObject({ cases: [], records: 0 });
    days(100);
    expect(await plan()).toMatchObject({
      records: 2,
      photos: 1,
      photoBytes: paper.size,
      keptPhotos: 1,
      keptBytes: photo.size,
      open: 0,
      notOut: 0,
      more: false,
    });
    expect((await plan()).cases.map((one) => one.caseId)).toEqual([caseId]);
  });

  it("stays while the refund is open, or in no file that left this device", async () => {
    await leave();
    days(400);
    expect(await plan()).toMatchObject({ cases: [], open: 1, notOut: 0 });
    shop.clock.ms -= 399 * 86_400_000;
    await close(caseId);
    days(399);
    expect(await plan()).toMatchObject({ cases: [], open: 0, notOut: 1 });
    expect(faultOf(await forgetOld(deps, 12))).toEqual({ kind: "nothing_to_erase" });
  });

  it("goes with a record for each, the photo too, and the chain verifies; the new stays", async () => {
    await close(caseId);
    await leave();
    days(400);
    const young = await refundNow(deps, { note: "别的顾客" });
    valueOf(await forgetOld(deps, 12));
    expect(await caseAt(deps, caseId)).toMatchObject({ erased: { why: "retention" } });
    expect(await leftIn(deps)).toEqual([]);
    expect(await findAttachment(deps.journal.db, paper.sha256)).toBeUndefined();
    expect(await findAttachment(deps.journal.db, photo.sha256)).toBeDefined();
    expect((await caseAt(deps, young)).note).toBe("别的顾客");
    expect((await codesOf(deps)).filter((code) => code.startsWith("E_"))).toEqual([]);
    expect(await plan()).toMatchObject({ cases: [], records: 0 });
  });

  it("keeps who paid while a younger refund of the payment needs it", async () => {
    await close(caseId);
    await leave();
    days(200);
    const { paymentId } = await caseAt(deps, caseId);
    if (paymentId === undefined) throw new Error("a payment");
    await refundNow(deps, { of: paymentId });
    days(200);
    expect(await plan()).toMatchObject({ records: 1 });
    valueOf(await forgetOld(deps, 12));
    expect((await paymentAt(deps, paymentId)).payer).toBe(payer);
  });

  it("goes only by who may erase, and not while locked", async () => {
    valueOf(await planRetention(asClerk(deps), 12));
    expect(faultOf(await forgetOld(asClerk(deps), 12))).toEqual({
      kind: "not_entitled",
      action: "erase",
    });
    const locked = { ...deps, staff: () => undefined };
    expect(faultOf(await planRetention(locked, 12))).toEqual({ kind: "locked" });
  });
});
