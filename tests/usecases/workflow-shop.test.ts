import { describe, expect, it } from "vitest";

import { custom } from "../../src/domain/acquirers/custom.ts";
import { wechatpay } from "../../src/domain/acquirers/wechatpay.ts";
import { defaultPolicy } from "../../src/domain/policy/shop-policy.ts";
import { caseState } from "../../src/domain/refund/case-state.ts";
import type { RefundEvent } from "../../src/domain/journal-event.ts";
import { currentPolicy } from "../../src/storage/queries.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import { changePolicy } from "../../src/usecases/change-policy.ts";
import { changeProfile } from "../../src/usecases/change-profile.ts";
import { changeStaff, disableStaff, resetStaffPin } from "../../src/usecases/change-staff.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { logContact, recordInvoice } from "../../src/usecases/log-contact.ts";
import { sendMerchantCopies } from "../../src/usecases/merchant-copy.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { faultOf, units, valueOf } from "../support/a.ts";
import { aCrew, handIn, hear, hearCustomer, type Crew } from "../support/crew.ts";
import { aShop, someRows } from "../support/deps.ts";
import { findingsOf, headOf, recordsAfter } from "../support/journal-watch.ts";
import { found, importOf, options } from "../support/money-steps.ts";
import { anEntry, as, pin } from "../support/people.ts";
import { caseAt, setMail } from "../support/refunds.ts";
import { aFile, askFor, draftOf, fen, paid } from "../support/rights-cell.ts";

const approve = { decision: { result: "approve" } } as const;

const letter = { language: "zh-CN", subject: () => "退款", text: () => "退款登记" };

/** The newest refund record. */
const refundIn = async (deps: Deps): Promise<RefundEvent> => {
  const events = (await recordsAfter(deps, 0)).map(({ event }) => event);
  const event = [...events].reverse().find((one) => one.kind === "refund");
  if (event === undefined) throw new Error("no refund was recorded");
  return event;
};

describe("what is said and kept around a refund", () => {
  it("R11 R42 R48 R50 X42 the log, the invoice, both confirmations, and only then the end", async () => {
    const { owner, lead, clerk } = await aCrew();
    await setMail(owner, "shop@example.com");
    const caseId = await askFor(clerk, await paid(clerk, 1000));
    valueOf(await tellCustomer(clerk, caseId, { via: "print", language: "zh-CN" }));
    valueOf(await tellCustomer(clerk, caseId, { via: "print", language: "en" }));
    const sent = { caseIds: [caseId], texts: letter };
    valueOf(await sendMerchantCopies(clerk, async () => "cancelled", sent));
    expect((await caseAt(owner, caseId)).merchantTold).toBe(false);
    valueOf(await sendMerchantCopies(clerk, async () => "shared", sent));
    await handIn(lead);
    const call = { with: "acquirer", via: "phone", ticket: "GD-1", text: "说明天到" } as const;
    valueOf(await logContact(clerk, caseId, call));
    valueOf(await recordInvoice(clerk, caseId, { issued: "yes", no: "26312", red: "needed" }));
    await hear(lead, caseId, "succeeded");
    expect(caseState(await caseAt(owner, caseId))).toBe("open");
    const red = { issued: "yes", no: "26312", red: "done", red_no: "31012" } as const;
    valueOf(await recordInvoice(clerk, caseId, red));
    valueOf(await tellCustomer(clerk, caseId, { via: "qr", language: "zh-CN" }));
    const refundCase = await caseAt(owner, caseId);
    expect(refundCase).toMatchObject({ copies: 2, merchantTold: true, notice: "told_result" });
    expect(caseState(refundCase)).toBe("done");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R33 R20 X41 an identity that was seen and a photo of it lie in the removable part alone", async () => {
    const { owner, lead, clerk } = await aCrew();
    const paper = await aFile(owner, "id", "a picture of a passport");
    const photo = await aFile(owner, "photo", "a picture of earrings");
    const before = await headOf(owner);
    const caseId = await askFor(clerk, await paid(clerk, 1000), {
      evidence: [photo, paper],
      identity: { paper: "passport", last4: "7Q21" },
      note: "顾客姓林",
    });
    expect(await caseAt(owner, caseId)).toMatchObject({
      identity: "passport",
      evidence: [photo, paper],
    });
    const stored = (await owner.journal.db.records.toArray()).filter(({ seq }) => seq > before.seq);
    const parts = stored.flatMap(({ disclosures }) =>
      disclosures.map((part) => Buffer.from(part, "base64url").toString()),
    );
    const personal = parts.filter((part) => part.includes('"cust"'));
    for (const secret of ["7Q21", "林", paper.sha256])
      for (const part of parts)
        expect([secret, part.includes(secret)]).toEqual([
          secret,
          personal.includes(part) && part.includes(secret),
        ]);
    expect(personal.join()).toContain("7Q21");
    expect(personal.join()).toContain(paper.sha256);
    await handIn(lead);
    await hearCustomer(clerk, caseId);
    expect(await findingsOf(owner)).toEqual([]);
  });
});

/** A refund that is ready, of a payment that no statement shows. */
const provenBy = async ({ clerk, byOwner }: Crew, proof: "bill_barcode" | "screenshot") => {
  const caseId = await askFor(clerk, await paid(clerk, 1000, { proof }));
  valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...approve }));
  return caseId;
};

describe("how well a payment is proven", () => {
  it("R34 X26 of grade E it never leaves, whoever asks", async () => {
    const crew = await aCrew();
    const caseId = await provenBy(crew, "screenshot");
    const unproven = { ...options, gradeD: true };
    for (const format of ["wechat-batch-txt", "refund-list-csv"] as const)
      expect((await prepareBatch(crew.owner, format, unproven)).ok).toBe(false);
    expect((await caseAt(crew.owner, caseId)).money).toBe("ready");
    expect(await findingsOf(crew.owner)).toEqual([]);
  });

  it("R34 X26 of grade D it leaves by the owner alone, who is named with it", async () => {
    const crew = await aCrew();
    const caseId = await provenBy(crew, "bill_barcode");
    const unproven = { ...options, gradeD: true };
    expect((await prepareBatch(crew.owner, "wechat-batch-txt", options)).ok).toBe(false);
    expect(faultOf(await prepareBatch(crew.lead, "wechat-batch-txt", unproven)).kind).toBe(
      "not_entitled",
    );
    const before = await headOf(crew.owner);
    valueOf(await prepareBatch(crew.owner, "wechat-batch-txt", unproven));
    const [exported] = await recordsAfter(crew.owner, before.seq);
    expect(exported?.staff).toBe(crew.byOwner.approver);
    expect((await caseAt(crew.owner, caseId)).money).toBe("exported");
    expect(await findingsOf(crew.owner)).toEqual([]);
  });

  it("R34 X26 of grade D it leaves by anybody who may, once a statement shows it", async () => {
    const { owner, lead, clerk, byLead } = await aCrew();
    const rows = someRows(owner).filter(({ acquirer }) => acquirer === "wechatpay");
    const [row] = rows;
    if (row === undefined) throw new Error("no row");
    const number = { name: "out_trade_no", text: row.outTradeNo } as const;
    const target = await paid(clerk, row.minor, { proof: "bill_barcode", number });
    const caseId = await askFor(clerk, target);
    valueOf(await approveRefund(clerk, caseId, { ...byLead, ...approve }));
    expect((await prepareBatch(lead, "wechat-batch-txt", options)).ok).toBe(false);
    valueOf(await importOf(clerk, rows));
    await handIn(lead);
    expect((await found(clerk, row.outTradeNo)).payment).toMatchObject({ grade: "A" });
    await hear(lead, caseId, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });
});

describe("what the owner changes", () => {
  it("R10 R31 X28 a new policy judges what comes after it, and the record says which", async () => {
    const { owner, clerk, byLead } = await aCrew();
    const earlier = await askFor(clerk, await paid(clerk, 6000));
    const clerkLimit = { ...defaultPolicy.limits.clerk, amount: 5000 };
    const limits = { ...defaultPolicy.limits, clerk: clerkLimit };
    valueOf(await changePolicy(owner, { ...defaultPolicy, limits }));
    const till = await as(owner, clerk.staff()?.staff ?? byLead.approver);
    const later = await askFor(till, await paid(clerk, 6000));
    expect((await caseAt(owner, earlier)).money).toBe("ready");
    expect((await caseAt(owner, later)).money).toBe("pending_approval");
    const { record, hash } = await currentPolicy(owner.journal.db, "policy");
    expect((await refundIn(owner)).policy).toEqual({ record, hash });
    valueOf(await approveRefund(clerk, later, { ...byLead, ...approve }));
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R7 R25 X17 an edited acquirer judges what comes after it, and the record says by which", async () => {
    const { owner, clerk } = await aCrew();
    const target = await paid(clerk, 3000);
    await askFor(clerk, target, { amount: { kind: "partial", amount: fen(1000) } });
    expect(await refundIn(owner)).not.toHaveProperty("profile");
    valueOf(await changeProfile(owner, { ...wechatpay, partials: "once" }));
    const draft = draftOf(clerk, { amount: { kind: "partial", amount: fen(500) } });
    expect(faultOf(await recordRefund(clerk, target, draft))).toEqual({
      kind: "rule_refused",
      rule: "partial_count",
    });
    await askFor(clerk, await paid(clerk, 3000));
    const { hash } = await currentPolicy(owner.journal.db, "profile:wechatpay");
    expect((await refundIn(owner)).profile).toBe(hash);
    valueOf(await changeProfile(owner, { ...custom, voids: "yes" }));
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X28 F63 F69 people come, rise, get a new PIN and go, and what they did stays good", async () => {
    const { owner, lead, clerk, byLead, byOwner } = await aCrew();
    const first = await askFor(clerk, await paid(clerk, 20_001));
    valueOf(await approveRefund(clerk, first, { ...byLead, ...approve }));
    valueOf(await resetStaffPin(owner, byLead.approver, { pin: "604817", again: "604817" }));
    const second = await askFor(clerk, await paid(clerk, 20_002));
    expect(faultOf(await approveRefund(clerk, second, { ...byLead, ...approve })).kind).toBe(
      "wrong_pin",
    );
    valueOf(await approveRefund(clerk, second, { ...byLead, ...approve, pin: "604817" }));
    const clerkId = clerk.staff()?.staff ?? byLead.approver;
    valueOf(await changeStaff(owner, clerkId, anEntry({ role: "lead", limit: units(50_000) })));
    const risen = await as(owner, clerkId);
    const third = await askFor(lead, await paid(owner, 200_001));
    const byRisen = { approver: clerkId, pin };
    expect(faultOf(await approveRefund(risen, third, { ...byRisen, ...approve })).kind).toBe(
      "not_entitled",
    );
    valueOf(await approveRefund(risen, third, { ...byOwner, ...approve }));
    valueOf(await disableStaff(owner, byLead.approver));
    expect(faultOf(await recordRefund(lead, await paid(owner, 100), draftOf(owner))).kind).toBe(
      "locked",
    );
    await handIn(risen);
    for (const caseId of [first, second, third]) await hear(risen, caseId, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });
});

const day = 86_400_000;

describe("a clock that is wrong", () => {
  it.each([
    ["two days before the key was made", -2 * day],
    ["more than ten years later", 3651 * day],
  ])("X39 records nothing, as nobody could verify it: %s", async (_, wrong) => {
    const { deps: shop } = await aShop();
    let jump = 0;
    const deps: Deps = { ...shop, now: () => shop.now() + jump };
    const target = await paid(deps, 1000);
    const before = await headOf(deps);
    jump = wrong;
    expect(faultOf(await recordRefund(deps, target, draftOf(deps))).kind).toBe("clock_unusable");
    expect(await headOf(deps)).toEqual(before);
    jump = -day + 60_000;
    await askFor(deps, target, { destination: "cash", note: "停电后" });
    jump = 0;
    const codes = (await findingsOf(deps)).map((finding) => finding.split(" ")[0]);
    expect(codes).toEqual(["W_CLOCK_BACK", "W_CLOCK_JUMP", "W_CLOCK_JUMP"]);
  });
});

describe("practice", () => {
  it("X40 runs the same way, marked, and leaves for nobody", async () => {
    const { deps } = await aShop({ training: true });
    const caseId = await askFor(deps, await paid(deps, 1000));
    valueOf(await tellCustomer(deps, caseId, { via: "screen", language: "zh-CN" }));
    expect((await prepareBatch(deps, "wechat-batch-txt", options)).ok).toBe(false);
    await hearCustomer(deps, caseId);
    for (const { training, event } of await recordsAfter(deps, 3))
      expect([event.kind, training]).toEqual([event.kind, event.kind !== "export"]);
    expect(await findingsOf(deps)).toEqual([]);
  });
});
