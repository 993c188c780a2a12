import { describe, expect, it } from "vitest";

import { caseState } from "../../src/domain/refund/case-state.ts";
import { verifyRefundlog } from "../../src/ledger/verify.ts";
import { thumbprint } from "../../src/ledger/keys.ts";
import { findEnrolment } from "../../src/storage/envelopes.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareLedgerFile } from "../../src/usecases/export-ledger.ts";
import { logContact, recordInvoice, type ContactDraft } from "../../src/usecases/log-contact.ts";
import { recordCopiesSent } from "../../src/usecases/merchant-copy.ts";
import { aCaseId, aHash, aStaff, valueOf } from "../support/a.ts";
import { aShop } from "../support/deps.ts";
import { caseAt, hearNow, refundNow, submitNow } from "../support/refunds.ts";

const aCall: ContactDraft = { with: "support", via: "phone" };

const arrived = async () => {
  const { deps } = await aShop();
  const caseId = await refundNow(deps);
  await submitNow(deps);
  await hearNow(deps, caseId, "succeeded");
  return { deps, caseId };
};

const codesOfFile = async (deps: Deps): Promise<readonly string[]> => {
  const made = await prepareLedgerFile(deps, {
    scope: "all",
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const root = (await findEnrolment(deps.journal.db))?.root;
  if (root === undefined) throw new Error("no root");
  const report = valueOf(
    await verifyRefundlog({
      source: valueOf(made).file.bytes,
      verify: deps.verify,
      roots: new Map([[thumbprint(root), root]]),
    }),
  );
  return report.findings.map(({ code }) => code);
};

describe("the contact log", () => {
  it("R11 a logged contact with its ticket stands in the case's history, with who and when", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const text = "客服说 3 天内处理";
    valueOf(await logContact(deps, caseId, { ...aCall, ticket: " ＧＤ-2026 1122 ", text }));
    const entry = (await caseAt(deps, caseId)).history.at(-1);
    expect(entry).toMatchObject({
      staff: "s1",
      text,
      told: { kind: "contact", with: "support", via: "phone", ticket: "GD-20261122" },
    });
    expect(entry?.at).toMatch(/^2026-11-22T06:/);
  });

  it("R48 what was said lies in the removable part, files too when they show a person", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const evidence = [
      { kind: "chat", sha256: aHash(1), size: 10, type: "image/webp" },
      { kind: "id", sha256: aHash(2), size: 10, type: "image/webp" },
    ] as const;
    const saved = valueOf(await logContact(deps, caseId, { ...aCall, text: "顾客姓林", evidence }));
    const disclosed = (saved.records[0]?.disclosures ?? []).map((disclosure) =>
      Buffer.from(disclosure, "base64url").toString(),
    );
    const removable = disclosed.filter((part) => part.includes('"cust"'));
    expect(removable).toHaveLength(1);
    for (const part of disclosed) {
      const own = removable.includes(part);
      expect([part.includes("林"), part.includes(aHash(2))]).toEqual([own, own]);
    }
    expect(disclosed.join()).toContain(aHash(1));
    expect((await caseAt(deps, caseId)).evidence).toHaveLength(2);
  });

  it.each([
    [{ ticket: "工单七号" }, "number_characters"],
    [{ ticket: "4111 1111 1111 1111" }, "card_number_in_text"],
    [{ text: "卡号 6222 0212 3456 7890 123 4111111111111111" }, "card_number_in_text"],
    [{ ticket: "134567890123456789" }, "payment_code"],
    [{ next: "morgen" }, "bad_time"],
    [{ next: "2026-11-22T10:00" }, "next_contact_past"],
    [{ next: "2062-11-22T10:00" }, "bad_time"],
  ])("R55 X27 refuses %j and records nothing", async (typed, kind) => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    expect(await logContact(deps, caseId, { ...aCall, ...typed })).toMatchObject({
      fault: { kind },
    });
    expect((await caseAt(deps, caseId)).history).toHaveLength(1);
  });

  it("is open to whoever works here, and to no auditor", async () => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    const auditor = actingAs(deps, aStaff({ role: "auditor" }));
    const refused = { fault: { kind: "not_entitled", action: "log_contact" } };
    expect(await logContact(auditor, caseId, aCall)).toMatchObject(refused);
    expect(await recordInvoice(auditor, caseId, { issued: "no" })).toMatchObject(refused);
    const clerk = actingAs(deps, aStaff({ role: "clerk" }));
    expect(await logContact(clerk, caseId, aCall)).toMatchObject({ ok: true });
    expect(await logContact({ ...deps, staff: () => undefined }, caseId, aCall)).toMatchObject({
      fault: { kind: "locked" },
    });
    expect(await logContact(deps, aCaseId(9), aCall)).toMatchObject({
      fault: { kind: "case_unknown" },
    });
  });
});

describe("the invoice of a refund", () => {
  it("X42 a case with an issued invoice stays open until its red invoice is decided", async () => {
    const { deps, caseId } = await arrived();
    const state = async () => caseState(await caseAt(deps, caseId));
    expect(await state()).toBe("done");
    const no = "26312000000012345678";
    valueOf(await recordInvoice(deps, caseId, { issued: "yes", no }));
    expect(await state()).toBe("open");
    valueOf(await recordInvoice(deps, caseId, { issued: "yes", no, red: "needed" }));
    expect(await state()).toBe("open");
    const done = { issued: "yes", no, red: "done", at: "2026-11-22" } as const;
    expect(await recordInvoice(deps, caseId, done)).toMatchObject({
      fault: { kind: "number_length" },
    });
    expect(await state()).toBe("open");
    const red_no = "31012611220000000001";
    valueOf(await recordInvoice(deps, caseId, { ...done, red_no }));
    expect(await state()).toBe("done");
    expect((await caseAt(deps, caseId)).invoice).toEqual({ ...done, red_no });
  });

  it("X42 is also decided by saying that no red invoice is needed, or that there was none", async () => {
    const { deps, caseId } = await arrived();
    valueOf(await recordInvoice(deps, caseId, { issued: "yes", red: "not_needed" }));
    expect(caseState(await caseAt(deps, caseId))).toBe("done");
    valueOf(await recordInvoice(deps, caseId, { issued: "yes" }));
    expect(caseState(await caseAt(deps, caseId))).toBe("open");
    valueOf(await recordInvoice(deps, caseId, { issued: "no", no: "ignored", red: "needed" }));
    expect(caseState(await caseAt(deps, caseId))).toBe("done");
    expect((await caseAt(deps, caseId)).invoice).toEqual({ issued: "no" });
    expect((await caseAt(deps, caseId)).history.at(-1)).toMatchObject({
      told: { kind: "contact", tags: ["invoice"] },
    });
  });

  it.each([
    [{ no: "发票一号" }, "number_characters"],
    [{ no: "1".repeat(65) }, "number_characters"],
    [{ no: "4111111111111111" }, "card_number_in_text"],
    [{ red: "done", red_no: "A1", at: "2026-02-30" }, "bad_date"],
    [{ red: "done", red_no: "A1", at: "2026-11-23" }, "evidence_in_future"],
  ] as const)("refuses %j", async (typed, kind) => {
    const { deps } = await aShop();
    const caseId = await refundNow(deps);
    expect(await recordInvoice(deps, caseId, { issued: "yes", ...typed })).toMatchObject({
      fault: { kind },
    });
  });
});

describe("the file of all this", () => {
  it("X42 R11 R42 verifies with contacts, invoices and merchant copies in it", async () => {
    const { deps, caseId } = await arrived();
    valueOf(await logContact(deps, caseId, { ...aCall, ticket: "T-1", text: "已催" }));
    const facts = { issued: "yes", no: "1", red: "done", red_no: "2", at: "2026-11-22" } as const;
    valueOf(await recordInvoice(deps, caseId, facts));
    valueOf(
      await recordCopiesSent(deps, [caseId], { via: "email", language: "zh-CN", text: "信" }),
    );
    expect((await codesOfFile(deps)).filter((code) => code.startsWith("E_"))).toEqual([]);
  });
});
