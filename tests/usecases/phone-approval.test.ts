import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CNY } from "../../src/domain/currency.ts";
import { firstOwner, type CaseId } from "../../src/domain/ids.ts";
import { money } from "../../src/domain/money.ts";
import { remaining } from "../../src/domain/payment.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { makeJws } from "../../src/ledger/jws.ts";
import { reopenRefund } from "../../src/usecases/approve-refund.ts";
import {
  batchFile,
  prepareBatch,
  recallBatch,
  reportDelivery,
} from "../../src/usecases/export-batch.ts";
import { refundInstead } from "../../src/usecases/fail-void.ts";
import { takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { readApprovalRequest } from "../../src/usecases/read-approval-request.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { anEvidenceFile, faultOf, valueOf } from "../support/a.ts";
import { anApproverPhone, meetPhone, meetTill } from "../support/approver.ts";
import { aKey } from "../support/crypto.ts";
import { aShop } from "../support/deps.ts";
import { checkFile, options } from "../support/money-steps.ts";
import { as, join, ownerPin } from "../support/people.ts";
import { caseAt, paymentAt, payNow, refundNow } from "../support/refunds.ts";
import { aRoot, rootOf } from "../support/ring.ts";
import {
  aScene,
  answerOf,
  forge,
  no,
  requestOf,
  take,
  type Claims,
} from "../support/approval-scene.ts";

type Scene = Awaited<ReturnType<typeof aScene>>;

/** An approval that ends in ten minutes. */
const endingSoon = (scene: Pick<Scene, "till" | "caseId" | "phone">): Promise<string> =>
  forge(scene, { exp: Math.floor(scene.till.now() / 1000) + 600 });

/** A file that was made and did not leave, with a refund whose approval ends in ten minutes. */
const aBatchThatEnds = async () => {
  const scene = await aScene();
  const { shop, till, caseId } = scene;
  valueOf(await takePhoneApproval(till, caseId, await endingSoon(scene)));
  const { batchId } = valueOf(await prepareBatch(shop.deps, "wechat-batch-txt", options));
  valueOf(await batchFile(shop.deps, batchId));
  return { shop, caseId, batchId };
};

describe("a refund that is approved on a second phone, with no network on either", () => {
  it("X29 the phone shows what the record itself says, signs, and the till takes it once", async () => {
    const { shop, till, phone, caseId } = await aScene();
    const text = await requestOf(till, caseId);
    const attempt = latestAttempt(await caseAt(till, caseId));
    const { facts } = valueOf(await readApprovalRequest(phone.deps, text));
    expect(facts).toMatchObject({
      amount: money(36_000, CNY),
      refundNo: attempt.refundNo,
      type: "full",
      left: [money(36_000, CNY), money(0, CNY)],
      ref: attempt.record,
      till: { label: "T1" },
    });
    const answer = valueOf(await answerOf(phone, text));
    valueOf(await takePhoneApproval(till, caseId, answer));
    const after = await caseAt(till, caseId);
    expect(after).toMatchObject({ money: "ready", approval: "approved" });
    expect(after.history.at(-1)).toMatchObject({
      staff: firstOwner,
      told: { kind: "decided", method: "device", result: "approve" },
    });
    const { file } = valueOf(await prepareBatch(shop.deps, "wechat-batch-txt", options));
    expect(new TextDecoder().decode(file.bytes)).toContain(attempt.refundNo);
  });

  it("refundlog §9 the exported chain verifies with the approver's key in it", async () => {
    const { shop, till, phone, caseId } = await aScene();
    const answer = valueOf(await answerOf(phone, await requestOf(till, caseId)));
    valueOf(await takePhoneApproval(till, caseId, answer));
    expect(await checkFile(shop.deps)).toEqual([]);
    await shop.deps.journal.db.envelopes.delete(`ring:${phone.key.kid}`);
    expect(await checkFile(shop.deps)).toContain("E_APPROVAL");
  });

  it("refundlog §9 an approval that ends lets nothing leave after its end", async () => {
    const scene = await aScene();
    const { shop, till, caseId } = scene;
    valueOf(await takePhoneApproval(till, caseId, await endingSoon(scene)));
    expect((await caseAt(till, caseId)).money).toBe("ready");
    shop.clock.ms += 700_000;
    expect(faultOf(await prepareBatch(shop.deps, "wechat-batch-txt", options))).toMatchObject({
      kind: "nothing_to_export",
      blocked: [{ caseId, reason: { kind: "approval_expired" } }],
    });
    shop.clock.ms -= 700_000;
    valueOf(await prepareBatch(shop.deps, "wechat-batch-txt", options));
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("refundlog §9 X16 a file whose approval ends first does not leave any more, and is taken back", async () => {
    const { shop, batchId, caseId } = await aBatchThatEnds();
    shop.clock.ms += 700_000;
    expect(faultOf(await batchFile(shop.deps, batchId)).kind).toBe("approval_past");
    expect(faultOf(await reportDelivery(shop.deps, batchId, "shared")).kind).toBe("approval_past");
    valueOf(await recallBatch(shop.deps, batchId));
    expect((await caseAt(shop.deps, caseId)).money).toBe("ready");
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("refundlog §9 X16 a file that is being shared when its approval is about to end is told in time", async () => {
    const { shop, batchId } = await aBatchThatEnds();
    shop.clock.ms += 400_000;
    expect(faultOf(await batchFile(shop.deps, batchId)).kind).toBe("approval_past");
    valueOf(await reportDelivery(shop.deps, batchId, "shared"));
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("refundlog §9 X16 a file that left in time is handed out again, and says no more of it", async () => {
    const { shop, batchId } = await aBatchThatEnds();
    valueOf(await reportDelivery(shop.deps, batchId, "shared"));
    shop.clock.ms += 700_000;
    valueOf(await batchFile(shop.deps, batchId));
    valueOf(await reportDelivery(shop.deps, batchId, "saved"));
    expect(await checkFile(shop.deps)).toEqual([]);
    valueOf(await reportUpload(shop.deps, batchId, "商户平台"));
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("refundlog §9 X15 a void whose approval has ended is not followed by a refund", async () => {
    const scene = await aScene();
    const { shop, till } = scene;
    const of = await payNow(shop.deps, { acquirer: "lakala" });
    const caseId = await refundNow(till, { of, type: "void" });
    valueOf(await takePhoneApproval(till, caseId, await endingSoon({ ...scene, caseId })));
    shop.clock.ms += 700_000;
    expect(faultOf(await refundInstead(shop.deps, caseId, "该交易已结算")).kind).toBe(
      "approval_past",
    );
    shop.clock.ms -= 700_000;
    valueOf(await refundInstead(shop.deps, caseId, "该交易已结算"));
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("X29 an end beyond all calendars breaks nothing", async () => {
    const scene = await aScene();
    const answer = await forge(scene, { exp: Number.MAX_SAFE_INTEGER });
    valueOf(await takePhoneApproval(scene.till, scene.caseId, answer));
    expect(await checkFile(scene.shop.deps)).toEqual([]);
  });

  it("M4 a rejection brings its reason, and the money is free again", async () => {
    const { shop, till, phone, caseId } = await aScene();
    const { paymentId } = await caseAt(till, caseId);
    const answer = valueOf(await answerOf(phone, await requestOf(till, caseId), no));
    valueOf(await takePhoneApproval(till, caseId, answer));
    const after = await caseAt(till, caseId);
    expect(after).toMatchObject({ money: "withdrawn", approval: "rejected" });
    expect(after.history.at(-1)?.told).toMatchObject({ result: "reject", reason: "no_proof" });
    if (paymentId === undefined) throw new Error("no payment");
    expect(remaining(await paymentAt(till, paymentId)).minor).toBe(36_000);
    expect(await checkFile(shop.deps)).toEqual([]);
  });

  it("M5 X29 an approval of the time before a rejection does not serve again after it was reopened", async () => {
    const scene = await aScene();
    const { shop, till, phone, caseId } = scene;
    const text = await requestOf(till, caseId);
    const early = valueOf(await answerOf(phone, text));
    const rejection = valueOf(await answerOf(phone, text, no));
    valueOf(await takePhoneApproval(till, caseId, rejection));
    const owner = { approver: firstOwner, pin: ownerPin };
    valueOf(await reopenRefund(till, caseId, { ...owner, evidence: [anEvidenceFile()] }));
    expect((await take(scene, early)).kind).toBe("approval_used");
    const again = valueOf(await answerOf(phone, await requestOf(till, caseId)));
    valueOf(await takePhoneApproval(till, caseId, again));
    expect((await caseAt(shop.deps, caseId)).money).toBe("ready");
    expect(await take(scene, again)).toEqual({ kind: "approval_used" });
  });
});

describe("an answer that decides nothing", () => {
  it("X29 any changed member of the intent is refused, though an approver signed it", async () => {
    const scene = await aScene();
    const { record, hash } = latestAttempt(await caseAt(scene.till, scene.caseId));
    const changed = fc.oneof(
      fc.record({ amt: fc.nat(99_999_999).filter((amt) => amt !== 36_000) }),
      fc.record({ cur: fc.constantFrom("USD", "JPY", "EUR") }),
      fc.record({ dev: fc.constantFrom(hash, "x".repeat(43)) }),
      fc.record({ h: fc.constantFrom(record.device, "x".repeat(43)) }),
      fc.record({ seq: fc.nat(9_999_999).filter((seq) => seq !== record.seq) }),
      fc.record({ k: fc.integer({ min: 1, max: 1000 }) }),
      fc.record({ no: fc.constantFrom("R7K2Q4000000001T", "ABCDEF0000000123") }),
      fc.record({ on: fc.constantFrom("recall", "conflict", "reopen") }),
      fc.record({ v: fc.constantFrom(0, 2) }),
      fc.record({ res: fc.constantFrom("approved", "") }),
      fc.record({ more: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(changed, async (over) => {
        const fault = await take(scene, await forge(scene, over));
        expect(fault.kind).toMatch(/^approval_(?!used|expired|unreadable)/);
      }),
      { numRuns: 60 },
    );
    expect((await caseAt(scene.till, scene.caseId)).money).toBe("pending_approval");
    valueOf(await takePhoneApproval(scene.till, scene.caseId, await forge(scene)));
  });

  it("X29 a changed amount voids the approval: the refund was withdrawn and asked for again", async () => {
    const scene = await aScene();
    const { till, phone, caseId, shop } = scene;
    const paymentId = await payNow(till);
    const first = await refundNow(till, {
      of: paymentId,
      amount: { kind: "partial", amount: money(30_000, CNY) },
    });
    const answer = valueOf(await answerOf(phone, await requestOf(till, first)));
    valueOf(await withdrawRefund(till, first, "mistake"));
    const second = await refundNow(till, {
      of: paymentId,
      amount: { kind: "partial", amount: money(35_000, CNY) },
    });
    const same = await refundNow(till, {
      amount: { kind: "partial", amount: money(30_000, CNY) },
    });
    const kinds = [second, same, caseId].map((id) => take({ till: shop.deps, caseId: id }, answer));
    expect((await Promise.all(kinds)).map(({ kind }) => kind)).toEqual([
      "approval_amount_changed",
      "approval_other_refund",
      "approval_amount_changed",
    ]);
  });

  it("X29 of another till, expired, damaged, or no answer at all", async () => {
    const scene = await aScene();
    const good = await forge(scene);
    const changedByte = good.replace(/.$/, (last) => (last === "A" ? "Q" : "A"));
    const texts = {
      other: await forge(scene, { dev: scene.root.kid }),
      expired: await forge(scene, { exp: Math.floor(scene.till.now() / 1000) - 1 }),
      changedByte,
      cut: good.slice(0, -3),
      request: await requestOf(scene.till, scene.caseId),
      unsigned: await makeJws(
        "refund-approve+jwt",
        { any: 1 },
        { kid: scene.phone.key.kid, sign: (await aKey()).sign },
      ),
    };
    const told = await Promise.all(
      Object.entries(texts).map(async ([name, text]) => [name, (await take(scene, text)).kind]),
    );
    expect(Object.fromEntries(told)).toEqual({
      other: "approval_other_till",
      expired: "approval_expired",
      changedByte: "approval_altered",
      cut: "approval_unreadable",
      request: "approval_unreadable",
      unsigned: "approval_altered",
    });
  });

  it("X29 by a phone that the till does not know asks for its key card, and takes it after that", async () => {
    const scene = await aScene();
    const { till, shop, root, caseId } = scene;
    const text = await requestOf(till, caseId);
    const other = await anApproverPhone(shop.deps, root, { sid: firstOwner });
    await meetTill(other, shop.deps, root);
    const answer = valueOf(await answerOf(other, text));
    expect(await take(scene, answer)).toMatchObject({ kind: "approver_unknown" });
    await meetPhone(shop.deps, other, root);
    valueOf(await takePhoneApproval(till, caseId, answer));
  });

  it("X29 by an approver of another shop", async () => {
    const scene = await aScene();
    const { shop, caseId, till } = scene;
    const foreign = await anApproverPhone(shop.deps, await aRoot(), { sid: firstOwner });
    const answer = await forge({ till, caseId, phone: foreign });
    expect(await take(scene, answer)).toMatchObject({ kind: "approver_unknown" });
  });

  it("X29 above the limit of the certificate: the phone refuses, and so does the till", async () => {
    const scene = await aScene({ sid: firstOwner, max: 35_999, cur: "CNY" });
    const limit = { kind: "above_phone_limit", limit: money(35_999, CNY) };
    const text = await requestOf(scene.till, scene.caseId);
    expect(faultOf(await answerOf(scene.phone, text))).toEqual(limit);
    expect(await take(scene, await forge(scene))).toEqual(limit);
  });

  it("F67 by whoever asked for it, by a clerk, or by nobody known here", async () => {
    const shop = await aShop();
    const [clerk, lead] = [await join(shop.deps), await join(shop.deps, { role: "lead" })];
    const root = await rootOf(shop);
    const caseId = await refundNow(await as(shop.deps, clerk.staff));
    const large = await refundNow(await as(shop.deps, lead.staff), {
      of: await payNow(shop.deps, { amount: money(250_000, CNY) }),
    });
    const judge = async (claims: Claims, about: CaseId) => {
      const phone = await anApproverPhone(shop.deps, root, claims);
      await meetTill(phone, shop.deps, root);
      await meetPhone(shop.deps, phone, root);
      const answer = valueOf(await answerOf(phone, await requestOf(shop.deps, about)));
      return (await take({ till: shop.deps, caseId: about }, answer)).kind;
    };
    expect(await judge({ sid: clerk.staff }, caseId)).toBe("not_entitled");
    expect(await judge({ sid: lead.staff }, large)).toBe("own_request");
    expect(await judge({ sid: "s99" }, caseId)).toBe("approver_not_staff");
    expect(await judge({}, caseId)).toBe("approver_not_staff");
  });
});
