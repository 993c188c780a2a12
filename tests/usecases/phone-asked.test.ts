import { describe, expect, it } from "vitest";
import { firstOwner, type Hash } from "../../src/domain/ids.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import type { JsonObject } from "../../src/ledger/canonical.ts";
import { makeJws, type Signer } from "../../src/ledger/jws.ts";
import { writeRefundAck } from "../../src/ledger/refundack.ts";
import { makeStatusList } from "../../src/ledger/status-list.ts";
import { saveApprover, saveRingKey } from "../../src/storage/ring.ts";
import { tokensOfKind } from "../../src/storage/tokens.ts";
import { answerApprovalRequest } from "../../src/usecases/answer-approval.ts";
import { takePhoneApproval } from "../../src/usecases/phone-approval.ts";
import { readApprovalRequest } from "../../src/usecases/read-approval-request.ts";
import { revokeKey } from "../../src/usecases/revoke-key.ts";
import { takeRevocations } from "../../src/usecases/status-lists.ts";
import { faultOf, valueOf } from "../support/a.ts";
import {
  anApproverPhone,
  meetPhone,
  meetTill,
  phonePin,
  type TestPhone,
} from "../support/approver.ts";
import { aKey } from "../support/crypto.ts";
import { aShop } from "../support/deps.ts";
import { ownerPin } from "../support/people.ts";
import { caseAt } from "../support/refunds.ts";
import { certify } from "../support/ring.ts";
import { aScene, answerOf, requestOf, take, yes } from "../support/approval-scene.ts";

describe("a phone that is lost", () => {
  it("X45 its approvals are refused as soon as the till has the list that revokes it", async () => {
    const scene = await aScene();
    const { shop, till, phone, caseId } = scene;
    const answer = valueOf(await answerOf(phone, await requestOf(till, caseId)));
    const entry = { kid: phone.key.kid, seq: -1, why: "lost", recoveryCode: shop.recoveryCode };
    valueOf(await revokeKey(shop.deps, entry as Parameters<typeof revokeKey>[1]));
    expect(await take(scene, answer)).toEqual({ kind: "approver_revoked" });
  });

  it("X45 a phone approves nothing of a till after the cut that it knows of", async () => {
    const { shop, till, root, phone, caseId } = await aScene();
    const text = await requestOf(till, caseId);
    const { seq } = latestAttempt(await caseAt(till, caseId)).record;
    const cut = { h: "h".repeat(43), kid: till.device, seq: seq - 1, why: "stolen" };
    const list = { iat: Math.floor(till.now() / 1000), list: [cut], v: 1 };
    const token = await makeJws("refund-status+jwt", list, root);
    expect((await readApprovalRequest(phone.deps, text)).ok).toBe(true);
    expect(valueOf(await takeRevocations(phone.deps, token))).toEqual([cut]);
    expect(faultOf(await readApprovalRequest(phone.deps, text))).toEqual({ kind: "till_revoked" });
    expect((await caseAt(shop.deps, caseId)).money).toBe("pending_approval");
  });
});

const emptyListOf = (signer: Signer) => makeStatusList(signer, { iat: 1, list: [] });

describe("lists of revoked keys on an approver's phone", () => {
  it("X45 are taken as a file, and of an office that the shop's root vouches for", async () => {
    const { till, root, phone, caseId } = await aScene();
    const text = await requestOf(till, caseId);
    const office = await aKey();
    const { db } = phone.deps.journal;
    const trust = { roots: new Map([[root.kid, root.jwk]]), verify: phone.deps.verify };
    valueOf(await saveRingKey(db, await certify(root, office, { role: "office" }), trust));
    const h = "h".repeat(43) as Hash;
    const cut = { h, kid: till.device, seq: 0, why: "stolen" } as const;
    const statuses = [
      await emptyListOf(root),
      await makeStatusList(office, { iat: 2, list: [cut] }),
    ];
    const file = writeRefundAck({ acks: [], statuses });
    expect(valueOf(await takeRevocations(phone.deps, file))).toEqual([cut]);
    expect(faultOf(await readApprovalRequest(phone.deps, text))).toEqual({ kind: "till_revoked" });
  });

  it("X45 are refused of a stranger, of a till, changed, and where nobody approves", async () => {
    const { shop, phone } = await aScene();
    const { db } = phone.deps.journal;
    const told = async (text: string, deps = phone.deps) =>
      faultOf(await takeRevocations(deps, text)).kind;
    expect(await told(await emptyListOf(await aKey()))).toBe("status_of_another");
    const till = { kid: shop.deps.device, sign: shop.deps.sign };
    expect(await told(await emptyListOf(till))).toBe("status_of_another");
    expect(await told("hello")).toBe("status_unreadable");
    expect(await told("", { ...phone.deps, journal: shop.deps.journal })).toBe("not_an_approver");
    expect(await tokensOfKind(db, "status")).toEqual([]);
  });
});

describe("a phone that is asked", () => {
  it("refundlog §9 keeps what it was shown, and refuses another record with that number", async () => {
    const { till, phone, caseId, shop } = await aScene();
    const text = await requestOf(till, caseId);
    valueOf(await answerOf(phone, text));
    const { record, hash } = latestAttempt(await caseAt(till, caseId));
    expect(await tokensOfKind(phone.deps.journal.db, "slip", record.device)).toMatchObject([
      { seq: record.seq, head: hash },
    ]);
    valueOf(await readApprovalRequest(phone.deps, text));
    const [, payload = ""] = text.slice(5).split("~")[0]?.split(".") ?? [];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as JsonObject;
    const signer = { kid: shop.deps.device, sign: shop.deps.sign };
    const twin = await makeJws("refund+sd-jwt", { ...claims, amt: 1 }, signer);
    const other = `RLA1:${twin}~refund~0`;
    expect(faultOf(await answerOf(phone, other))).toEqual({
      kind: "chain_forked",
      label: "T1",
      seq: record.seq,
    });
  });

  it("refundlog §9 that is a till as well asks for the approver's PIN and writes down what it saw", async () => {
    const scene = await aScene();
    const { till, root, caseId } = scene;
    const text = await requestOf(till, caseId);
    const other = await aShop();
    const key = await aKey();
    const certified = await certify(root, key, { role: "approver", sid: firstOwner });
    const { db } = other.deps.journal;
    const { envelope: lock } = await other.deps.secretKeys.wrapNew(phonePin);
    const kept = { ...certified, root: root.jwk, lock, shop: "小林饰品摊" };
    valueOf(await saveApprover(db, kept, other.deps.verify));
    const phone: TestPhone = {
      key,
      deps: { ...other.deps, openKey: async () => key.sign },
    };
    await meetTill(phone, scene.shop.deps, root);
    await meetPhone(scene.shop.deps, phone, root);
    const entry = { till: other.deps, decision: yes } as const;
    const wrong = { ...entry, pin: ownerPin };
    expect(faultOf(await answerApprovalRequest(phone.deps, text, wrong)).kind).toBe("wrong_pin");
    const right = { ...entry, pin: phonePin };
    const answer = valueOf(await answerApprovalRequest(phone.deps, text, right));
    const { record, hash } = latestAttempt(await caseAt(till, caseId));
    expect(await db.witnessed.toArray()).toMatchObject([
      { device: record.device, seq: record.seq, head: hash },
    ]);
    valueOf(await takePhoneApproval(till, caseId, answer));
  });

  it("X29 signs nothing for a device that is not of its shop, nor for a record that was changed", async () => {
    const { till, phone, root, caseId, shop } = await aScene();
    const text = await requestOf(till, caseId);
    const stranger = await anApproverPhone(shop.deps, root, { sid: firstOwner });
    expect(faultOf(await readApprovalRequest(stranger.deps, text))).toMatchObject({
      kind: "till_unknown",
    });
    const [header = "", payload = "", signature = ""] = text.slice(5).split(/[.~]/);
    const cheaper = Buffer.from(payload, "base64url").toString().replace("36000", "36001");
    const changed = `RLA1:${header}.${Buffer.from(cheaper).toString("base64url")}.${signature}~refund~0`;
    expect(faultOf(await answerOf(phone, changed))).toEqual({ kind: "request_altered" });
    for (const wrong of ["RLA1:", text.slice(0, -2), `${text}0`.replace("~0", "~00"), "12345"])
      expect(faultOf(await readApprovalRequest(phone.deps, wrong)).kind).toBe("request_unreadable");
  });

  it("F57 asks for its PIN, counts the try first, and waits after five wrong ones", async () => {
    const { till, phone, caseId } = await aScene();
    const text = await requestOf(till, caseId);
    const kinds: string[] = [];
    for (const pin of ["111222", "111222", "111222", "111222", "111222", phonePin])
      kinds.push(faultOf(await answerOf(phone, text, yes, pin)).kind);
    expect(kinds.slice(0, 5)).toEqual(Array(5).fill("wrong_pin"));
    expect(kinds[5]).toBe("wait");
  });

  it("M4 rejects only with a reason that needs no words", async () => {
    const { till, phone, caseId } = await aScene();
    const text = await requestOf(till, caseId);
    for (const reason of ["", "other", "because"]) {
      const decision = { result: "reject", reason } as const;
      const entry = { pin: phonePin, till: undefined, decision };
      expect(faultOf(await answerApprovalRequest(phone.deps, text, entry)).kind).toBe(
        "reason_missing",
      );
    }
  });
});
