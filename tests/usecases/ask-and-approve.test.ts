import { describe, expect, it } from "vitest";

import { CNY } from "../../src/domain/currency.ts";
import { firstOwner, ulid, type CaseId, type StaffId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { newDraft, type RefundDraft } from "../../src/domain/refund/draft.ts";
import { hashBytes } from "../../src/ledger/base64url.ts";
import { saveAttachment } from "../../src/storage/save-attachment.ts";
import { listCases, refusalsOfPayment } from "../../src/storage/queries.ts";
import { approveRefund, listApprovers, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { anEvidenceFile, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { checkFile, options } from "../support/money-steps.ts";
import { as, join, pin } from "../support/people.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";

const owner = { approver: firstOwner, pin: "739182" };
const yes = { result: "approve" } as const;

/** A shop with a clerk at the till and a lead who can be asked. */
const aStaffedShop = async () => {
  const { deps, clock } = await aShop();
  const clerk = await join(deps);
  const lead = await join(deps, { name: "小李", role: "lead" });
  return { deps, clock, clerk, lead, till: await as(deps, clerk.staff) };
};

const textOf = async (deps: Deps): Promise<string> => {
  const batch = await prepareBatch(deps, "wechat-batch-txt", options);
  return batch.ok ? new TextDecoder().decode(batch.value.file.bytes) : batch.fault.kind;
};

const aFile = async (deps: Deps, text = "a new photo"): Promise<EvidenceFile> => {
  const bytes = new TextEncoder().encode(text);
  const sha256 = hashBytes(bytes);
  await saveAttachment(deps.journal.db, sha256, bytes);
  return anEvidenceFile({ sha256, size: bytes.length });
};

const part = (minor: number) => ({ kind: "partial", amount: money(minor, CNY) }) as const;

const ask = async (deps: Deps, over: Partial<RefundDraft> = {}, minor = 36_000) => {
  const paymentId = await payNow(deps, { amount: money(minor, CNY) });
  const payment = await paymentAt(deps, paymentId);
  const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
  const draft = newDraft({ caseId, amount: { kind: "full" }, reason: "overpaid", ...over });
  const saved = await recordRefund(deps, { payment, rows: [], others: [] }, draft);
  return { caseId, paymentId, saved };
};

describe("a refund that somebody else has to allow", () => {
  it("R15 X28 does not leave before it is approved; within the limit it needs nobody", async () => {
    const { deps, till, lead } = await aStaffedShop();
    const above = await refundNow(till);
    expect((await caseAt(deps, above)).money).toBe("pending_approval");
    expect(await textOf(deps)).toBe("nothing_to_export");
    const small = await refundNow(till, {
      amount: part(15_000),
    });
    const smallNo = latestAttempt(await caseAt(deps, small)).refundNo;
    const first = await textOf(deps);
    expect(first).toContain(smallNo);
    const aboveNo = latestAttempt(await caseAt(deps, above)).refundNo;
    expect(first).not.toContain(aboveNo);
    valueOf(await approveRefund(deps, above, { approver: lead.staff, pin, decision: yes }));
    expect(await textOf(deps)).toContain(aboveNo);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R15 a rejected one never leaves, and its money is free again", async () => {
    const { deps, till } = await aStaffedShop();
    const { caseId, paymentId } = await ask(till);
    expect(remaining(await paymentAt(deps, paymentId)).minor).toBe(0);
    const decision = { result: "reject", reason: "no_proof" } as const;
    valueOf(await approveRefund(deps, caseId, { ...owner, decision }));
    expect(remaining(await paymentAt(deps, paymentId)).minor).toBe(36_000);
    expect(await textOf(deps)).toBe("nothing_to_export");
  });

  it("X28 is not allowed by the one who asked, nor by a clerk, nor above a lead's own limit", async () => {
    const { deps, till, clerk, lead } = await aStaffedShop();
    const { caseId } = await ask(till);
    const byClerk = { approver: clerk.staff, pin, decision: yes };
    expect(faultOf(await approveRefund(deps, caseId, byClerk))).toEqual({
      kind: "not_entitled",
      action: "approve",
    });
    const large = await ask(await as(deps, lead.staff), {}, 250_000);
    const byLead = { approver: lead.staff, pin, decision: yes };
    expect(faultOf(await approveRefund(deps, large.caseId, byLead)).kind).toBe("own_request");
    const larger = await ask(till, {}, 250_000);
    expect(faultOf(await approveRefund(deps, larger.caseId, byLead)).kind).toBe("not_entitled");
    expect(
      (await listApprovers(deps, await caseAt(deps, larger.caseId))).map(({ role }) => role),
    ).toEqual(["owner"]);
  });

  it("X28 the approval is signed with the approver's own key over these very terms", async () => {
    const { deps, till, lead } = await aStaffedShop();
    const { caseId } = await ask(till);
    const wrong = { approver: lead.staff, pin: "905172", decision: yes };
    expect(faultOf(await approveRefund(deps, caseId, wrong)).kind).toBe("wrong_pin");
    expect((await caseAt(deps, caseId)).money).toBe("pending_approval");
    valueOf(await approveRefund(deps, caseId, { approver: lead.staff, pin, decision: yes }));
    const entry = (await caseAt(deps, caseId)).history.at(-1);
    expect(entry).toMatchObject({ staff: lead.staff, told: { kind: "decided", method: "pin" } });
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R9 a reason that the shop does not refund for needs words and the owner", async () => {
    const { deps, till, lead } = await aStaffedShop();
    const silent = await ask(till, { reason: "fraud_suspected" });
    expect(faultOf(silent.saved)).toMatchObject({ kind: "note_missing" });
    const told = await ask(till, { reason: "fraud_suspected", note: "两笔来自同一张截图" });
    valueOf(told.saved);
    const refundCase = await caseAt(deps, told.caseId);
    expect(refundCase).toMatchObject({ money: "pending_approval", need: { level: "owner" } });
    const byLead = { approver: lead.staff, pin, decision: yes };
    expect(faultOf(await approveRefund(deps, told.caseId, byLead)).kind).toBe("not_entitled");
    valueOf(await approveRefund(deps, told.caseId, { ...owner, decision: yes }));
  });

  it("R30 another destination than the payer's account is not saved without words and the owner's consent", async () => {
    const { deps, till } = await aStaffedShop();
    for (const destination of ["cash", "store_credit", "other"] as const) {
      const silent = await ask(till, { destination }, 5_000);
      expect(faultOf(silent.saved)).toMatchObject({ kind: "note_missing" });
      const { caseId, saved } = await ask(till, { destination, note: "原卡已注销" }, 5_000);
      valueOf(saved);
      expect(await caseAt(deps, caseId)).toMatchObject({
        money: "pending_approval",
        need: { level: "owner", why: ["destination"] },
      });
    }
    const usual = await ask(till, {}, 5_000);
    expect(await caseAt(deps, usual.caseId)).toMatchObject({
      money: "ready",
      destination: "original",
    });
  });

  it("R38 a demanded photo that is missing stops a clerk until another lets it through; with it nobody is asked", async () => {
    const { deps, clock } = await aShop();
    const { staff } = await join(deps, { limit: money(100_000, CNY).minor });
    const till = await as(deps, staff);
    const bare = await ask(till, { reason: "damaged" }, 60_000);
    expect(await caseAt(deps, bare.caseId)).toMatchObject({
      money: "pending_approval",
      need: { why: ["papers"] },
    });
    expect(await textOf(deps)).toBe("nothing_to_export");
    valueOf(await approveRefund(deps, bare.caseId, { ...owner, decision: yes }));
    expect((await caseAt(deps, bare.caseId)).money).toBe("ready");
    clock.ms += 3_600_000;
    const shown = await ask(till, { reason: "damaged", evidence: [await aFile(deps)] }, 60_000);
    expect((await caseAt(deps, shown.caseId)).money).toBe("ready");
  });

  it("M6 can be withdrawn by the one who asked while it waits", async () => {
    const { deps, till } = await aStaffedShop();
    const { caseId, paymentId } = await ask(till);
    valueOf(await withdrawRefund(till, caseId, "mistake"));
    expect(remaining(await paymentAt(deps, paymentId)).minor).toBe(36_000);
    expect(faultOf(await approveRefund(deps, caseId, { ...owner, decision: yes })).kind).toBe(
      "not_allowed_now",
    );
  });
});

describe("what was refused", () => {
  it("R24 M5 a rejected refund opens once more with new evidence, under its number, and keeps its history", async () => {
    const { deps, till } = await aStaffedShop();
    const { caseId, paymentId } = await ask(till);
    const number = latestAttempt(await caseAt(deps, caseId)).refundNo;
    const no = { result: "reject", reason: "no_proof", note: "没有小票" } as const;
    valueOf(await approveRefund(deps, caseId, { ...owner, decision: no }));
    const bare = await reopenRefund(deps, caseId, { ...owner, evidence: [] });
    expect(faultOf(bare).kind).toBe("evidence_missing");
    const evidence = [await aFile(deps)];
    valueOf(await reopenRefund(deps, caseId, { ...owner, evidence }));
    const opened = await caseAt(deps, caseId);
    expect(latestAttempt(opened)).toMatchObject({ refundNo: number, money: "pending_approval" });
    expect(remaining(await paymentAt(deps, paymentId)).minor).toBe(0);
    valueOf(await approveRefund(deps, caseId, { ...owner, decision: no }));
    const again = await reopenRefund(deps, caseId, {
      ...owner,
      evidence: [await aFile(deps, "b")],
    });
    expect(faultOf(again).kind).toBe("reopened_before");
    expect((await caseAt(deps, caseId)).history.map(({ told }) => told.kind)).toEqual([
      "recorded",
      "decided",
      "contact",
      "decided",
      "decided",
    ]);
    expect(await checkFile(deps)).toEqual([]);
  });

  it("R14 R24 a declined request says why and what instead, and leads once to a refund with new evidence", async () => {
    const { deps } = await aStaffedShop();
    const of = await payNow(deps);
    const payment = await paymentAt(deps, of);
    const found = { payment, rows: [], others: [] };
    const request = { caseId: ulid(deps.now(), deps.random(10)) as CaseId, paymentId: of };
    const offers = ["exchange", "complaint"] as const;
    expect(
      faultOf(await declineRequest(deps, found, { ...request, reason: "", offers })).kind,
    ).toBe("reason_missing");
    valueOf(await declineRequest(deps, found, { ...request, reason: "user_damage", offers }));
    const [refusal] = await refusalsOfPayment(deps.journal.db, of);
    if (refusal === undefined) throw new Error("no refusal");
    expect(refusal).toMatchObject({ reason: "user_damage", offers });
    expect(await listCases(deps.journal.db, {})).toEqual([]);

    const half = part(18_000);
    const bare = await recordRefund(
      deps,
      found,
      newDraft({
        caseId: ulid(deps.now(), deps.random(10)) as CaseId,
        amount: half,
        reason: "damaged",
        reopens: refusal.ref,
      }),
    );
    expect(faultOf(bare)).toMatchObject({ kind: "evidence_missing" });
    const reopens = { amount: half, of, reason: "damaged", reopens: refusal.ref } as const;
    const caseId = await refundNow(deps, { ...reopens, evidence: [await aFile(deps)] });
    const [kept] = await refusalsOfPayment(deps.journal.db, of);
    expect(kept).toEqual({ ...refusal, reopenedAs: caseId });
    await expect(
      refundNow(deps, { ...reopens, evidence: [await aFile(deps, "b")] }),
    ).rejects.toThrow("reopened_before");
    expect(await checkFile(deps)).toEqual([]);
  });
});

describe("a call that goes past the screens", () => {
  it("R41 R37 meets the same rules: balance, window, reason, way back, note", async () => {
    const { deps } = await aShop();
    const of = await payNow(deps);
    const found = { payment: await paymentAt(deps, of), rows: [], others: [] };
    const call = async (over: Partial<RefundDraft>) => {
      const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
      const draft = newDraft({ caseId, amount: { kind: "full" }, reason: "overpaid", ...over });
      return faultOf(await recordRefund(deps, found, draft)).kind;
    };
    expect(await call({ amount: part(36_001) })).toBe("over_remaining");
    expect(await call({ amount: part(0) })).toBe("amount_zero");
    expect(await call({ reason: "" })).toBe("reason_missing");
    expect(await call({ reason: "because" })).toBe("reason_missing");
    expect(await call({ destination: "cash" })).toBe("note_missing");
    expect(await call({ type: "unreferenced" })).toBe("destination_wrong");
    expect(await listCases(deps.journal.db, {})).toEqual([]);
  });

  it("R41 judges the newest state, not the one that the screen still shows", async () => {
    const { deps, clock } = await aShop();
    const paidAt = instantFromMs(clock.ms - 365 * 86_400_000 + 3_600_000);
    const of = await payNow(deps, { paidAt });
    const payment = await paymentAt(deps, of);
    const stale = { payment, rows: [], others: [] };
    const draft = () =>
      newDraft({
        caseId: ulid(deps.now(), deps.random(10)) as CaseId,
        amount: part(30_000),
        reason: "overpaid",
      });
    valueOf(await recordRefund(deps, stale, draft()));
    expect(faultOf(await recordRefund(deps, stale, draft()))).toMatchObject({
      kind: "over_remaining",
      remaining: money(6_000, CNY),
    });
    clock.ms += 7_200_000;
    const rest = { ...draft(), amount: { kind: "full" } as const };
    expect(faultOf(await recordRefund(deps, stale, rest))).toEqual({
      kind: "rule_refused",
      rule: "channel_window",
    });
  });

  it("R41 X28 somebody who was switched off or only reads records nothing", async () => {
    const { deps } = await aStaffedShop();
    const auditor = await join(deps, { name: "查账", role: "auditor" });
    const reader = await ask(deps);
    const payment = await paymentAt(deps, reader.paymentId);
    const draft = newDraft({
      caseId: ulid(deps.now(), deps.random(10)) as CaseId,
      amount: { kind: "full" },
      reason: "overpaid",
    });
    const found = { payment, rows: [], others: [] };
    expect(faultOf(await recordRefund(await as(deps, auditor.staff), found, draft))).toEqual({
      kind: "not_entitled",
      action: "refund",
    });
    const locked: Deps = { ...deps, staff: () => undefined };
    expect(faultOf(await recordRefund(locked, found, draft))).toEqual({ kind: "locked" });
    const nobody = { approver: "s99" as StaffId, pin, decision: yes };
    expect(faultOf(await approveRefund(deps, reader.caseId, nobody)).kind).toBe("person_unknown");
  });
});
