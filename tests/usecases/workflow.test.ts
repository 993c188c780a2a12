import { describe, expect, it } from "vitest";

import { remaining } from "../../src/domain/payment.ts";
import { oneUnit } from "../../src/domain/quantity.ts";
import { caseState } from "../../src/domain/refund/case-state.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { actAs } from "../../src/usecases/ask-entitled.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import { prepareBatch } from "../../src/usecases/export-batch.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordEvents } from "../../src/usecases/record-event.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { tellCustomer } from "../../src/usecases/tell-customer.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aCrew, blocked, handIn, hear, hearCustomer, sendOff } from "../support/crew.ts";
import { someRows } from "../support/deps.ts";
import { findingsOf, headOf, recordsAfter } from "../support/journal-watch.ts";
import { found, importOf, options } from "../support/money-steps.ts";
import { caseAt, paymentAt } from "../support/refunds.ts";
import { aFile, askFor, draftOf, evenly, fen, paid } from "../support/rights-cell.ts";

const approve = { decision: { result: "approve" } } as const;
const reject = { decision: { result: "reject", reason: "no_proof" } } as const;
const partial = (minor: number) => ({ kind: "partial", amount: fen(minor) }) as const;
const check = { unused: true, complete: true } as const;
const told = { via: "screen", language: "zh-CN" } as const;

describe("a request above the limit", () => {
  it("R14 R15 X28 M1 M3 waits, is approved by another person's PIN, leaves and arrives", async () => {
    const { owner, lead, clerk, byLead } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 20_001));
    expect(faultOf(await prepareBatch(lead, "wechat-batch-txt", options)).kind).toBe(
      "nothing_to_export",
    );
    valueOf(await approveRefund(clerk, caseId, { ...byLead, ...approve }));
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    valueOf(await tellCustomer(clerk, caseId, told));
    expect(await caseAt(owner, caseId)).toMatchObject({
      money: "succeeded",
      approval: "approved",
      notice: "told_result",
      requestedBy: clerk.staff()?.staff,
    });
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R41 M3 another amount after the approval is another request, and the old consent is none for it", async () => {
    const { owner, lead, clerk, byLead } = await aCrew();
    const target = await paid(clerk, 36_000);
    const first = await askFor(clerk, target, { amount: partial(25_000) });
    const before = await headOf(owner);
    valueOf(await approveRefund(clerk, first, { ...byLead, ...approve }));
    const [consent] = await recordsAfter(owner, before.seq);
    valueOf(await withdrawRefund(clerk, first, "mistake"));
    const second = await askFor(clerk, target, { amount: partial(26_000) });
    expect(await caseAt(owner, second)).toMatchObject({ money: "pending_approval" });
    expect((await prepareBatch(lead, "wechat-batch-txt", options)).ok).toBe(false);
    expect(await findingsOf(owner)).toEqual([]);
    if (consent?.event.kind !== "decide") throw new Error("the consent is the only record");
    const { record } = latestAttempt(await caseAt(owner, second));
    const moved = { ...consent.event, refund: record };
    valueOf(
      await recordEvents<never>(lead, async () => ({
        ok: true,
        value: { events: [{ event: moved }] },
      })),
    );
    const { seq } = await headOf(owner);
    expect(await findingsOf(owner)).toEqual([`E_APPROVAL ${seq}`]);
  });

  it("refundlog §9 one consent serves once: a second recall with the proof of the first is found", async () => {
    const { owner, lead, clerk, byOwner } = await aCrew();
    await askFor(clerk, await paid(clerk, 1000));
    const proof = "平台上没有这个批次";
    const before = await headOf(owner);
    valueOf(await recallLeftBatch(clerk, await sendOff(lead), { ...byOwner, proof }));
    const consent = (await recordsAfter(owner, before.seq)).find(
      ({ event }) => event.kind === "decide",
    );
    await sendOff(lead);
    expect(await findingsOf(owner)).toEqual([]);
    if (consent === undefined) throw new Error("a recall needs a consent");
    const { event } = consent;
    valueOf(
      await recordEvents<never>(owner, async () => ({ ok: true, value: { events: [{ event }] } })),
    );
    const { seq } = await headOf(owner);
    expect(await findingsOf(owner)).toEqual([`E_APPROVAL ${seq}`]);
  });

  it("R14 R24 M4 M5 is rejected, frees its money, opens once more with new evidence and never again", async () => {
    const { owner, lead, clerk, byLead, byOwner } = await aCrew();
    const target = await paid(clerk, 20_001);
    const caseId = await askFor(clerk, target);
    valueOf(await approveRefund(clerk, caseId, { ...byLead, ...reject }));
    valueOf(await tellCustomer(clerk, caseId, told));
    const { refundNo } = latestAttempt(await caseAt(owner, caseId));
    const { paymentId } = target.payment;
    expect(remaining(await paymentAt(owner, paymentId)).minor).toBe(20_001);
    expect(faultOf(await reopenRefund(clerk, caseId, { ...byLead, evidence: [] })).kind).toBe(
      "evidence_missing",
    );
    const evidence = [await aFile(owner, "voucher")];
    valueOf(await reopenRefund(clerk, caseId, { ...byLead, evidence }));
    expect(remaining(await paymentAt(owner, paymentId)).minor).toBe(0);
    valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...reject }));
    expect(faultOf(await reopenRefund(clerk, caseId, { ...byOwner, evidence })).kind).toBe(
      "reopened_before",
    );
    const refundCase = await caseAt(owner, caseId);
    expect(refundCase).toMatchObject({ money: "withdrawn", approval: "rejected" });
    expect(latestAttempt(refundCase).refundNo).toBe(refundNo);
    const kinds = refundCase.history.map((entry) => entry.told.kind).join(" ");
    expect(kinds).toBe("recorded decided notice contact decided decided");
    expect((await prepareBatch(lead, "wechat-batch-txt", options)).ok).toBe(false);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R24 a rejected one does not come back for money that went another way meanwhile", async () => {
    const { owner, clerk, byLead } = await aCrew();
    const target = await paid(clerk, 20_001);
    const caseId = await askFor(clerk, target);
    valueOf(await approveRefund(clerk, caseId, { ...byLead, ...reject }));
    await askFor(clerk, target, { amount: partial(2) });
    const evidence = [await aFile(owner, "voucher")];
    expect(faultOf(await reopenRefund(clerk, caseId, { ...byLead, evidence }))).toMatchObject({
      kind: "over_remaining",
      remaining: { minor: 19_999 },
    });
    expect(await findingsOf(owner)).toEqual([]);
  });
});

describe("a request that is declined at the counter", () => {
  it("R14 R24 tells why and what instead, and leads once to a refund with new evidence", async () => {
    const { owner, clerk, lead } = await aCrew();
    const rows = someRows(owner);
    valueOf(await importOf(owner, rows));
    const target = await found(clerk, rows[0]?.transactionId ?? "");
    const { paymentId } = target.payment;
    const { caseId } = draftOf(clerk);
    const before = await headOf(owner);
    const draft = { caseId, paymentId, reason: "past_window", offers: ["exchange"] } as const;
    const twice = [1, 2].map(() => declineRequest(clerk, target, draft));
    for (const one of await Promise.all(twice)) valueOf(one);
    const written = await recordsAfter(owner, before.seq);
    expect(written.map(({ event }) => event.kind)).toEqual(["payment", "decide"]);
    const reopens = written[1]?.ref;
    if (reopens === undefined) throw new Error("the refusal is the second record");
    const again = await found(clerk, rows[0]?.transactionId ?? "");
    const bare = draftOf(clerk, { reopens });
    expect(faultOf(await recordRefund(clerk, again, bare)).kind).toBe("evidence_missing");
    const evidence = [await aFile(owner, "voucher")];
    const opened = await askFor(clerk, again, { reopens, evidence, amount: partial(100) });
    const other = draftOf(clerk, { reopens, evidence, amount: partial(100) });
    expect(faultOf(await recordRefund(clerk, again, other)).kind).toBe("reopened_before");
    await handIn(lead);
    await hear(lead, opened, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });
});

const earrings = [{ name: "耳环", price: fen(3000), quantity: oneUnit }];

describe("a return", () => {
  it("R19 R51 G5 leaves only after its goods are back, each line with its condition", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 3000, { lines: earrings }), {
      type: "return",
    });
    expect(await blocked(lead)).toEqual(["goods_awaiting"]);
    expect(caseState(await caseAt(owner, caseId))).toBe("waiting_goods");
    const { lines = [] } = await caseAt(owner, caseId);
    const back = lines.map((line) => Object.assign({}, line, { condition: "resell" as const }));
    valueOf(await recordGoods(clerk, caseId, { state: "received", check, lines: back }));
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    expect(caseState(await caseAt(owner, caseId))).toBe("done");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R19 X28 is waived in the name of an entitled person, whose PIN a clerk asks for", async () => {
    const { owner, lead, clerk, byLead } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 3000), { type: "return" });
    const waived = { state: "waived" } as const;
    expect(faultOf(await recordGoods(clerk, caseId, waived))).toEqual({
      kind: "not_entitled",
      action: "override",
    });
    const { approver: person, pin } = byLead;
    const acting = valueOf(await actAs(clerk, "override", { person, pin }));
    valueOf(await recordGoods(acting, caseId, waived));
    expect((await caseAt(owner, caseId)).history.at(-1)?.staff).toBe(byLead.approver);
    await handIn(lead);
    await hearCustomer(clerk, caseId);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R19 of lost goods stays here, until they turn up after all", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 3000), { type: "return" });
    valueOf(await recordGoods(clerk, caseId, { state: "lost" }));
    expect(await blocked(lead)).toEqual(["goods_awaiting"]);
    expect(await findingsOf(owner)).toEqual([]);
    valueOf(await recordGoods(clerk, caseId, { state: "received", check }));
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });
});

const returned = [{ index: 1, quantity: oneUnit }];
const dearer = [{ name: "项链", price: fen(4000), quantity: oneUnit }];
const cheaper = [{ name: "发夹", price: fen(1200), quantity: oneUnit }];

describe("an exchange", () => {
  it("R18 R51 of equal goods moves no money, and is over when the new ones are handed over", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 3000, { lines: earrings }), {
      ...evenly,
      exchange: { returned, replacement: earrings },
    });
    valueOf(await recordGoods(clerk, caseId, { state: "received", check }));
    expect(caseState(await caseAt(owner, caseId))).toBe("waiting_goods");
    valueOf(await recordGoods(clerk, caseId, { state: "given" }));
    const refundCase = await caseAt(owner, caseId);
    expect(refundCase).not.toHaveProperty("money");
    expect(caseState(refundCase)).toBe("done");
    expect((await prepareBatch(lead, "wechat-batch-txt", options)).ok).toBe(false);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R18 of cheaper goods refunds exactly the difference, once", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 3000, { lines: earrings }), {
      type: "exchange",
      amount: partial(1800),
      exchange: { returned, replacement: cheaper },
    });
    expect(await blocked(lead)).toEqual(["goods_awaiting"]);
    valueOf(await recordGoods(clerk, caseId, { state: "received", check }));
    valueOf(await recordGoods(clerk, caseId, { state: "given" }));
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    const refundCase = await caseAt(owner, caseId);
    expect(refundCase.attempts).toHaveLength(1);
    expect(caseState(refundCase)).toBe("done");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R18 of dearer goods collects the difference and refunds nothing", async () => {
    const { owner, clerk } = await aCrew();
    const target = await paid(clerk, 3000, { lines: earrings });
    const exchange = { returned, replacement: dearer, due: fen(1000) };
    const caseId = await askFor(clerk, target, { ...evenly, exchange });
    valueOf(await recordGoods(clerk, caseId, { state: "received", check }));
    valueOf(await recordGoods(clerk, caseId, { state: "given" }));
    expect(await caseAt(owner, caseId)).toMatchObject({ due: 1000, replacementGiven: true });
    expect(remaining(await paymentAt(owner, target.payment.paymentId)).minor).toBe(3000);
    expect(await findingsOf(owner)).toEqual([]);
  });
});
