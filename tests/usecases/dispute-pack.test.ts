import { describe, expect, it } from "vitest";

import type { CaseId } from "../../src/domain/ids.ts";
import type { EvidenceFile } from "../../src/domain/journal-event.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { hashText, toBytes } from "../../src/ledger/base64url.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { saveAttachment } from "../../src/storage/save-attachment.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareDisputePack, readDispute } from "../../src/usecases/dispute-pack.ts";
import { logContact } from "../../src/usecases/log-contact.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { headlineOf } from "../../src/verifier/report.ts";
import { aStaff, faultOf, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { quiet } from "../support/money-steps.ts";
import { asClerk, hearNow, payNow, refundNow, submitNow } from "../support/refunds.ts";
import { aPaper, erase, note, opened, payer, picture, said } from "../support/told-refund.ts";

const aPhoto = async (deps: Deps, text: string): Promise<EvidenceFile> => {
  const sha256 = hashText(text);
  await saveAttachment(deps.journal.db, sha256, toBytes(text));
  return { kind: "photo", sha256, size: toBytes(text).length, type: "image/jpeg" };
};

/** A refund about which a customer quarrels, among those of others, under a policy that has changed since. */
const aQuarrel = async () => {
  const { deps } = await aShop();
  const policy = { ...defaultPolicy, windowDays: 15, text: { zh: "十五天内可退", en: "" } };
  valueOf(await changePolicy(deps, policy));
  await refundNow(deps, { note: "别的顾客", evidence: [await aPhoto(deps, "their photo")] });
  const of = await payNow(deps, { payer });
  const evidence = [await aPhoto(deps, "a photo"), await aPaper(deps)];
  const caseId = await refundNow(deps, { of, note, evidence });
  await submitNow(deps);
  await hearNow(deps, caseId, "succeeded");
  valueOf(await tellCustomer(deps, caseId, { via: "screen", language: "zh-CN" }));
  valueOf(await logContact(deps, caseId, { with: "customer", via: "phone", text: said }));
  valueOf(await changePolicy(deps, { ...policy, text: { zh: "三十天内可退", en: "" } }));
  return { deps, caseId };
};

const packOf = async (deps: Deps, caseId: CaseId, customer: boolean) =>
  valueOf(await prepareDisputePack(deps, { caseId, customer }, quiet)).bytes;

const judged = async (deps: Deps, bytes: Uint8Array<ArrayBuffer>) => {
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const roots = new Map([[thumbprint(root), root]]);
  return valueOf(await verifyRefundlog({ source: bytes, verify: deps.verify, roots }));
};

const textOf = (bytes: Uint8Array): string => opened(Buffer.from(bytes).toString("utf8"));

/** Pictures that the file brings along; what the portal was given is a file of another kind. */
const picturesIn = (text: string): readonly string[] =>
  [...text.matchAll(/"b64":"([\w-]+)","sha256":"[\w-]+","t":"att","type":"image/g)].map(
    ([, one = ""]) => Buffer.from(one, "base64url").toString("utf8"),
  );

describe("a dispute pack", () => {
  it.each([true, false])(
    "R57 verifies from the first record to the last, customer shown: %j",
    async (customer) => {
      const { deps, caseId } = await aQuarrel();
      const report = await judged(deps, await packOf(deps, caseId, customer));
      expect(new Set(report.findings.map(({ code }) => code))).toEqual(new Set(["W_WITHHELD"]));
      expect(headlineOf(report).zh).toBe("有效，有 1 处提醒");
      expect(report.from).toBe(0);
      expect(report.refunds.map(({ money }) => money)).toEqual(["submitted", "succeeded"]);
    },
  );

  it("R57 brings record, timeline, proofs and the policy of that day, and of the customer only what was chosen", async () => {
    const { deps, caseId } = await aQuarrel();
    const lean = textOf(await packOf(deps, caseId, false));
    expect(lean).toContain("十五天内可退");
    expect(lean).toContain(caseId);
    expect(picturesIn(lean)).toEqual(["a photo"]);
    for (const secret of [note, said, payer]) expect(lean).not.toContain(secret);
    const full = textOf(await packOf(deps, caseId, true));
    expect(picturesIn(full)).toEqual(["a photo", picture]);
    for (const word of [note, said]) expect(full).toContain(word);
  });

  it("R57 says nothing of other refunds but their signed core, nor who works here", async () => {
    const { deps, caseId } = await aQuarrel();
    const text = textOf(await packOf(deps, caseId, true));
    for (const other of ["别的顾客", "三十天内可退", '"tot"', '"name":"小林"'])
      expect(text).not.toContain(other);
  });

  it("R57 holds nothing that was erased, and still verifies", async () => {
    const { deps, caseId } = await aQuarrel();
    valueOf(await erase({ deps, caseId, paper: await aPaper(deps) }));
    const bytes = await packOf(deps, caseId, true);
    const report = await judged(deps, bytes);
    expect(report.verdict).toBe("warnings");
    for (const secret of [note, said, picture]) expect(textOf(bytes)).not.toContain(secret);
  });

  it("R57 is found to be changed when one character of it is", async () => {
    const { deps, caseId } = await aQuarrel();
    const bytes = await packOf(deps, caseId, false);
    const at = Buffer.from(bytes).toString("latin1").indexOf('"t":"att"') - 60;
    bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
    expect((await judged(deps, bytes)).verdict).toBe("invalid");
  });

  it("R57 is made by those who may export for an audit", async () => {
    const { deps, caseId } = await aQuarrel();
    const wish = { caseId, customer: false };
    const asked = await prepareDisputePack(asClerk(deps), wish, quiet);
    expect(asked).toMatchObject({ ok: false, fault: { kind: "not_entitled" } });
    expect(faultOf(await readDispute(asClerk(deps), wish.caseId)).kind).toBe("not_entitled");
    expect(valueOf(await readDispute(deps, wish.caseId))?.refundCase.caseId).toBe(wish.caseId);
    const auditor = actingAs(deps, aStaff({ role: "auditor" }));
    expect((await prepareDisputePack(auditor, wish, quiet)).ok).toBe(true);
    const nothing = { caseId: "nothing" as CaseId, customer: false };
    const unknown = await prepareDisputePack(deps, nothing, quiet);
    expect(unknown).toMatchObject({ ok: false, fault: { kind: "case_unknown" } });
  });
});
