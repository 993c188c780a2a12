import { describe, expect, it } from "vitest";
import { firstOwner, type BatchId, type CaseId } from "../../src/domain/ids.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { getBatch } from "../../src/storage/queries.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch } from "../../src/usecases/export-batch.ts";
import { requestPhoneApproval, takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { recallProgress } from "../../src/usecases/phone-decision.ts";
import { anEvidenceFile, faultOf, valueOf } from "../support/a.ts";
import { answerOf, aScene, no, requestOf, take } from "../support/approval-scene.ts";
import { anApproverPhone, meetPhone, meetTill, type TestPhone } from "../support/approver.ts";
import { sendOff } from "../support/crew.ts";
import { aShop } from "../support/deps.ts";
import { checkFile, options } from "../support/money-steps.ts";
import { as, join } from "../support/people.ts";
import { caseAt, refundNow } from "../support/refunds.ts";
import { rootOf } from "../support/ring.ts";

const proof = "平台批次列表里没有这个文件";
const ground = { proof, evidence: [] };

/** A lead sent off a file of so many refunds; the owner holds a phone that approves. */
const aFileOut = async (count = 1) => {
  const shop = await aShop();
  const lead = await as(shop.deps, (await join(shop.deps, { role: "lead", name: "小李" })).staff);
  const root = await rootOf(shop);
  const phone = await anApproverPhone(shop.deps, root, { sid: firstOwner });
  await meetTill(phone, shop.deps, root);
  await meetPhone(shop.deps, phone, root);
  const cases: CaseId[] = [];
  for (let n = 0; n < count; n++) cases.push(await refundNow(shop.deps));
  const batchId = await sendOff(lead);
  return { shop, lead, phone, cases, batchId };
};

const stateOf = async ({ journal }: Deps, batchId: BatchId) =>
  (await getBatch(journal.db, batchId))?.state;

const allow = async (till: Deps, phone: TestPhone, caseId: CaseId) =>
  valueOf(await answerOf(phone, await requestOf(till, caseId)));

describe("a file that left is taken back with a second phone", () => {
  it("M9 refundlog §9 its one refund is allowed by the phone, and waits for the next file", async () => {
    const { shop, lead, phone, cases, batchId } = await aFileOut();
    const [caseId = "" as CaseId] = cases;
    const text = await requestOf(lead, caseId);
    expect(text).toMatch(/~recall~0$/);
    expect(faultOf(await recallBatch(lead, batchId)).kind).toBe("not_allowed_now");
    const answer = valueOf(await answerOf(phone, text));
    expect(faultOf(await takePhoneApproval(lead, caseId, answer)).kind).toBe("evidence_missing");
    valueOf(await takePhoneApproval(lead, caseId, answer, ground));
    expect((await caseAt(lead, caseId)).money).toBe("ready");
    expect(await stateOf(lead, batchId)).toBe("recalled");
    expect(await checkFile(shop.deps)).toEqual([]);
    valueOf(await prepareBatch(lead, "wechat-batch-txt", options));
    expect(faultOf(await takePhoneApproval(lead, caseId, answer, ground)).kind).toBe(
      "approval_used",
    );
  });

  it("M9 of several refunds each is allowed once; the word on how it is known stands with the first", async () => {
    const { shop, lead, phone, cases, batchId } = await aFileOut(2);
    const [first = "" as CaseId, second = "" as CaseId] = cases;
    const answer = await allow(lead, phone, first);
    expect(faultOf(await takePhoneApproval(lead, second, answer, ground)).kind).toBe(
      "approval_other_refund",
    );
    valueOf(await takePhoneApproval(lead, first, answer, ground));
    expect(await stateOf(lead, batchId)).toBe("created");
    expect(await recallProgress(lead, await caseAt(lead, first))).toMatchObject({
      allowed: 1,
      next: second,
    });
    valueOf(await takePhoneApproval(lead, second, await allow(lead, phone, second)));
    for (const caseId of cases) expect((await caseAt(lead, caseId)).money).toBe("ready");
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("M9 the phone of whoever exported allows nothing, and a clerk at the till takes nothing back", async () => {
    const { shop, lead, phone, cases } = await aFileOut();
    const [caseId = "" as CaseId] = cases;
    const clerk = await as(shop.deps, (await join(shop.deps)).staff);
    const answer = await allow(clerk, phone, caseId);
    expect(faultOf(await takePhoneApproval(clerk, caseId, answer, ground))).toEqual({
      kind: "not_entitled",
      action: "recall",
    });
    const root = await rootOf(shop);
    const own = await anApproverPhone(shop.deps, root, { sid: lead.staff()?.staff });
    await meetTill(own, shop.deps, root);
    await meetPhone(shop.deps, own, root);
    const selfMade = await allow(lead, own, caseId);
    expect(faultOf(await takePhoneApproval(lead, caseId, selfMade, ground)).kind).toBe(
      "own_request",
    );
    expect((await caseAt(lead, caseId)).money).toBe("exported");
  });

  it("M9 a no is written down with its reason and leaves the file where it is", async () => {
    const { shop, lead, phone, cases, batchId } = await aFileOut();
    const [caseId = "" as CaseId] = cases;
    const answer = valueOf(await answerOf(phone, await requestOf(lead, caseId), no));
    valueOf(await takePhoneApproval(lead, caseId, answer, ground));
    const after = await caseAt(lead, caseId);
    expect(after).toMatchObject({ money: "exported", attempts: [{ recallApproved: false }] });
    expect(after.history.at(-1)).toMatchObject({
      told: { kind: "decided", about: "recall", result: "reject", reason: "no_proof" },
    });
    expect(await stateOf(lead, batchId)).toBe("created");
    expect(await requestOf(lead, caseId)).toMatch(/~recall~1$/);
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("M9 a file that never left needs nobody: the till asks no phone", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
    const asked = await requestPhoneApproval(deps, await caseAt(deps, caseId));
    expect(faultOf(asked)).toEqual({ kind: "not_allowed_now", state: "exported" });
  });
});

describe("a rejected refund is opened again with a second phone", () => {
  const papers = { proof: "", evidence: [anEvidenceFile()] };

  it("M5 refundlog §9 once, with new evidence; it then waits for approval", async () => {
    const scene = await aScene();
    const { shop, till, phone, caseId } = scene;
    const rejected = valueOf(await answerOf(phone, await requestOf(till, caseId), no));
    valueOf(await takePhoneApproval(till, caseId, rejected));
    const text = await requestOf(till, caseId);
    expect(text).toMatch(/~reopen~1$/);
    const answer = valueOf(await answerOf(phone, text));
    expect((await take(scene, answer)).kind).toBe("evidence_missing");
    valueOf(await takePhoneApproval(till, caseId, answer, papers));
    const after = await caseAt(till, caseId);
    expect(after).toMatchObject({ money: "pending_approval", approval: "pending" });
    expect(latestAttempt(after).reopened).toBe(true);
    expect(after.evidence).toHaveLength(1);
    expect((await take(scene, answer)).kind).toBe("approval_used");
    valueOf(await takePhoneApproval(till, caseId, await allow(till, phone, caseId)));
    expect((await caseAt(till, caseId)).money).toBe("ready");
    // of the paper only its hash is known here
    expect(await checkFile(shop.deps)).toEqual(["E_ATT_MISSING"]);
  });

  it("M5 a no leaves it rejected, and it may still be asked once more", async () => {
    const { shop, till, phone, caseId } = await aScene();
    for (let n = 0; n < 2; n++) {
      const answer = valueOf(await answerOf(phone, await requestOf(till, caseId), no));
      valueOf(await takePhoneApproval(till, caseId, answer, papers));
    }
    expect(await caseAt(till, caseId)).toMatchObject({ money: "withdrawn", approval: "rejected" });
    expect(await requestOf(till, caseId)).toMatch(/~reopen~2$/);
    expect(await checkFile(shop.deps)).toEqual([]);
  });
});
