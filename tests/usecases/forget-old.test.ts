import { beforeEach, describe, expect, it } from "vitest";

import type { OverpayClaim } from "../../src/domain/claim.ts";
import type { CaseId, PaymentId } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { saveBackupNote } from "../../src/storage/backup-note.ts";
import type { RetentionMonths } from "../../src/domain/retention.ts";
import { findAttachment } from "../../src/storage/save-attachment.ts";
import { openRecord } from "../../src/storage/stored-record.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { ledgerHandedOut, prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { forgetOld, planRetention } from "../../src/usecases/forget-old.ts";
import { raiseGrades } from "../../src/usecases/raise-grades.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { cny, faultOf, valueOf } from "../support/a.ts";
import { aShop, type TestShop } from "../support/deps.ts";
import { aRow, importOf, newCaseId, quiet } from "../support/money-steps.ts";
import {
  asClerk,
  caseAt,
  hearNow,
  paymentAt,
  payNow,
  refundNow,
  submitNow,
} from "../support/refunds.ts";
import { aRotation } from "../support/rotation.ts";
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
const part = (of: PaymentId) => ({ of, amount: { kind: "partial", amount: cny(100) } }) as const;
const numberOf = (name: "out_trade_no" | "transaction_id", text: string) => ({ name, text });
const decline = async (count: number): Promise<void> => {
  const asked = { reason: "other", offers: [], note: "顾客" } as const;
  for (let at = 0; at < count; at++)
    valueOf(await declineRequest(deps, undefined, { caseId: newCaseId(deps), ...asked }));
};
const plan = async (months: RetentionMonths = 12) => valueOf(await planRetention(deps, months));
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

  it("keeps who paid while any refund of the payment is not closed", async () => {
    const of = await payNow(deps, { payer });
    const [one, two] = [await refundNow(deps, part(of)), await refundNow(deps, part(of))];
    await close(one);
    await leave();
    days(400);
    expect(await plan()).toMatchObject({ cases: [], records: 0 });
    expect(faultOf(await forgetOld(deps, 12))).toEqual({ kind: "nothing_to_erase" });
    expect((await paymentAt(deps, of)).payer).toBe(payer);
    days(-400);
    await close(two);
    await leave();
    days(400);
    expect((await plan()).cases.map((found) => found.caseId)).toEqual([one, two]);
    valueOf(await forgetOld(deps, 12));
    expect((await paymentAt(deps, of)).payer).toBeUndefined();
  });

  it("keeps who paid while the payment has a young refund under its other number", async () => {
    const row = aRow(deps);
    const paid = { amount: cny(row.minor), paidAt: row.at, payer };
    const of = await payNow(deps, { ...paid, number: numberOf("out_trade_no", row.outTradeNo) });
    const other = await payNow(deps, {
      ...paid,
      number: numberOf("transaction_id", row.transactionId),
    });
    await close(await refundNow(deps, part(of)));
    valueOf(await importOf(deps, [row]));
    await raiseGrades(deps, [await paymentAt(deps, of), await paymentAt(deps, other)]);
    await leave();
    days(200);
    expect(await plan(3)).toMatchObject({ records: 2 });
    await refundNow(deps, part(other));
    expect(await plan(3)).toMatchObject({ cases: [], records: 0 });
  });

  it("keeps who paid while a version of the payment is in no file, or an over-payment of it is open", async () => {
    const of = await payNow(deps, { payer });
    await close(await refundNow(deps, part(of)));
    await leave();
    days(400);
    expect(await plan()).toMatchObject({ records: 1 });
    const { claims, payments } = deps.journal.db;
    const stored = await payments.get(of);
    const payment = await paymentAt(deps, of);
    const versions = payment.versions.map((one) => ({
      ...one,
      record: { ...one.record, seq: one.record.seq + 1_000 },
    }));
    if (stored === undefined) throw new Error("a payment");
    await payments.put({ ...stored, payment: { ...payment, versions } });
    expect(await plan()).toMatchObject({ cases: [], records: 0 });
    await payments.put(stored);
    const claim = { paymentId: of, state: "found" } as OverpayClaim;
    await claims.put({ paymentId: of, open: 1, foundAt: payment.recordedAt, claim });
    expect(await plan()).toMatchObject({ cases: [], records: 0 });
  });

  it("goes of a batch's record once, and only when each of its refunds is closed", async () => {
    const ids: CaseId[] = [];
    for (let count = 0; count < 3; count++) ids.push(await refundNow(deps));
    await close(caseId);
    await submitNow(deps);
    const [first, ...others] = ids;
    if (first === undefined) throw new Error("a refund");
    for (const id of others) await hearNow(deps, id, "succeeded");
    await hearNow(deps, first, "abnormal");
    await leave();
    days(400);
    const withOpen = await plan();
    expect(withOpen).toMatchObject({ open: 1 });
    expect(withOpen.cases.map((one) => one.caseId)).toEqual([caseId]);
    days(-400);
    await hearNow(deps, first, "succeeded");
    await leave();
    days(400);
    const before = (await deps.journal.db.heads.get(deps.device))?.seq ?? 0;
    const { records } = await plan();
    valueOf(await forgetOld(deps, 12));
    const erasures = await deps.journal.db.records.where("kind").equals("erase").toArray();
    const about = erasures
      .filter(({ seq }) => seq > before)
      .map((record) => openRecord(record)?.payload["ref"]);
    expect(about.length).toBe(records);
    expect(new Set(about.map((one) => JSON.stringify(one))).size).toBe(records);
  });

  it("stays under a former key until a backup holds its chain", async () => {
    await close(caseId);
    const rotation = await aRotation(shop);
    valueOf(await rotation.rotate());
    deps = await rotation.reopened();
    days(400);
    expect(await plan()).toMatchObject({ cases: [], notOut: 1 });
    const seq = (await deps.journal.db.heads.get(deps.device))?.seq ?? 0;
    const { device } = deps;
    await saveBackupNote(deps.journal.db, { at: deps.now(), device, seq, records: 1, bytes: 1 });
    expect(await plan()).toMatchObject({ records: 2, notOut: 0 });
  });

  it("goes at most a hundred at once, and says when there are more declined requests", async () => {
    await decline(100);
    await leave();
    days(400);
    expect(await plan()).toMatchObject({ refusals: 100, more: false });
    days(-400);
    await decline(1);
    await leave();
    days(400);
    expect(await plan()).toMatchObject({ refusals: 100, more: true });
  });
});
