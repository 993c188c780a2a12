import { describe, expect, it } from "vitest";

import type { CaseId, PaymentId } from "../../src/domain/ids.ts";
import { remaining } from "../../src/domain/payment.ts";
import { attentionOf, caseState } from "../../src/domain/refund/case-state.ts";
import { latestAttempt } from "../../src/domain/refund/case.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { approveRefund } from "../../src/usecases/approve-refund.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, recallBatch } from "../../src/usecases/export-batch.ts";
import { refundInstead } from "../../src/usecases/fail-void.ts";
import { recallLeftBatch } from "../../src/usecases/recall-left-batch.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { recordLookedUp } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { resendRefund, retractResult } from "../../src/usecases/record-result.ts";
import { retryRefund } from "../../src/usecases/retry-refund.ts";
import { withdrawRefund } from "../../src/usecases/withdraw-refund.ts";
import { faultOf, valueOf } from "../support/a.ts";
import { aCrew, blocked, handIn, hear, hearCustomer, sendOff } from "../support/crew.ts";
import { findingsOf } from "../support/journal-watch.ts";
import { options } from "../support/money-steps.ts";
import { caseAt, paymentAt, payNow } from "../support/refunds.ts";
import { aFile, askFor, draftOf, fen, paid } from "../support/rights-cell.ts";

const approve = { decision: { result: "approve" } } as const;
const partial = (minor: number) => ({ kind: "partial", amount: fen(minor) }) as const;

const numbersOf = async (deps: Deps, caseId: CaseId): Promise<readonly string[]> =>
  (await caseAt(deps, caseId)).attempts.map(({ refundNo }) => refundNo);

const leftOf = async (deps: Deps, paymentId: PaymentId): Promise<number> =>
  remaining(await paymentAt(deps, paymentId)).minor;

const flagsOf = async (deps: Deps, caseId: CaseId) => {
  const refundCase = await caseAt(deps, caseId);
  const { paymentId } = refundCase;
  const payment = paymentId && (await paymentAt(deps, paymentId));
  return attentionOf(refundCase, payment, instantFromMs(deps.now()));
};

describe("a void", () => {
  it("X15 M17 is done at the terminal, proven by its slip, and never in a file", async () => {
    const { owner, lead, clerk } = await aCrew();
    const target = await paid(clerk, 3000, { acquirer: "lakala" });
    const caseId = await askFor(clerk, target, { type: "void" });
    expect(await blocked(lead)).toEqual(["void_at_terminal"]);
    const evidence = [await aFile(owner, "slip")];
    await hear(lead, caseId, "succeeded", { by: "slip", reference: "000123", evidence });
    expect(await leftOf(owner, target.payment.paymentId)).toBe(0);
    expect(caseState(await caseAt(owner, caseId))).toBe("done");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X15 X4 that the terminal refuses goes on as a refund with a number of its own", async () => {
    const { owner, lead, clerk } = await aCrew();
    const target = await paid(clerk, 3000, { acquirer: "lakala" });
    const caseId = await askFor(clerk, target, { type: "void" });
    expect(faultOf(await refundInstead(lead, caseId, " ")).kind).toBe("evidence_missing");
    const both = [1, 2].map(() => refundInstead(lead, caseId, "该交易已结算"));
    expect((await Promise.all(both)).filter(({ ok }) => ok).length).toBeGreaterThan(0);
    const refundCase = await caseAt(owner, caseId);
    expect(refundCase.attempts.map(({ mode, money }) => [mode, money])).toEqual([
      ["void", "failed"],
      ["referenced", "ready"],
    ]);
    expect(new Set(await numbersOf(owner, caseId)).size).toBe(2);
    await handIn(lead, "refund-list-csv");
    await hear(lead, caseId, "succeeded");
    expect(await leftOf(owner, target.payment.paymentId)).toBe(0);
    expect(await findingsOf(owner)).toEqual([]);
  });
});

describe("money that goes another way", () => {
  it("X31 R30 without a payment waits for the owner, is paid out in cash, and is in no file", async () => {
    const { owner, lead, clerk, byLead, byOwner } = await aCrew();
    const caseId = await askFor(clerk, undefined, {
      type: "unreferenced",
      amount: partial(1500),
      destination: "cash",
      reason: "goodwill",
      note: "等了一小时",
      evidence: [await aFile(owner, "form")],
    });
    expect(faultOf(await approveRefund(clerk, caseId, { ...byLead, ...approve })).kind).toBe(
      "not_entitled",
    );
    valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...approve }));
    expect(caseState(await caseAt(owner, caseId))).toBe("waiting_customer");
    expect(await blocked(lead)).toEqual(["other_destination"]);
    await hearCustomer(clerk, caseId);
    expect(await caseAt(owner, caseId)).toMatchObject({ money: "succeeded", mode: "unreferenced" });
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X22 a transfer is sent back by hand and recorded", async () => {
    const { owner, clerk, byOwner } = await aCrew();
    const target = await paid(clerk, 1500, { state: "transfer" });
    expect(faultOf(await recordRefund(clerk, target, draftOf(clerk)))).toMatchObject({
      kind: "gate_closed",
      gate: { kind: "transfer" },
    });
    const caseId = await askFor(clerk, target, { destination: "other", note: "转回原账户" });
    valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...approve }));
    await hearCustomer(clerk, caseId);
    expect(await leftOf(owner, target.payment.paymentId)).toBe(0);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("R1 X5 a payment of unknown fate is looked up before anything goes back", async () => {
    const { owner, lead, clerk } = await aCrew();
    const number = { name: "out_trade_no", text: "UNKNOWN-1" } as const;
    const paymentId = await payNow(clerk, { state: "unknown", number });
    const unpaid = await payNow(clerk, { state: "unknown" });
    const asked = async () => ({
      payment: await paymentAt(owner, paymentId),
      rows: [],
      others: [],
    });
    expect(faultOf(await recordRefund(clerk, await asked(), draftOf(clerk)))).toMatchObject({
      gate: { kind: "query_first" },
    });
    valueOf(await recordLookedUp(clerk, paymentId, "paid"));
    valueOf(await recordLookedUp(clerk, unpaid, "unpaid"));
    expect(faultOf(await recordLookedUp(clerk, paymentId, "unpaid")).kind).toBe("not_unknown");
    const caseId = await askFor(clerk, await asked(), { amount: partial(900) });
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    expect(await leftOf(owner, unpaid)).toBe(36_000);
    expect(await findingsOf(owner)).toEqual([]);
  });
});

/** A refund of ¥10.00 whose first attempt failed and that was asked for again. */
const retried = async () => {
  const crew = await aCrew();
  const { lead, clerk } = crew;
  const target = await paid(clerk, 1000);
  const caseId = await askFor(clerk, target);
  await handIn(lead);
  await hear(lead, caseId, "failed", { answer: "USER_ACCOUNT_ABNORMAL" });
  const both = [1, 2].map(() => retryRefund(lead, caseId, 1));
  for (const one of await Promise.all(both)) valueOf(one);
  return { ...crew, caseId, paymentId: target.payment.paymentId };
};

describe("a refusal by the acquirer", () => {
  it("X4 M21 that is final leads to one second attempt with a new number, which arrives", async () => {
    const { owner, lead, caseId, paymentId } = await retried();
    expect(new Set(await numbersOf(owner, caseId)).size).toBe(2);
    expect(await leftOf(owner, paymentId)).toBe(0);
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    expect((await caseAt(owner, caseId)).attempts.map(({ money }) => money)).toEqual([
      "failed",
      "succeeded",
    ]);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X7 that was none takes the second attempt back while that has not left", async () => {
    const { owner, lead, caseId, paymentId } = await retried();
    await hear(lead, caseId, "succeeded", { attempt: 1, reference: "LATE1" });
    expect((await caseAt(owner, caseId)).attempts.map(({ money }) => money)).toEqual([
      "succeeded",
      "withdrawn",
    ]);
    expect(await leftOf(owner, paymentId)).toBe(0);
    expect(await flagsOf(owner, caseId)).toEqual(["late_success"]);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X7 that was none after the second has left is flagged by the app and by the verifier", async () => {
    const { owner, lead, caseId } = await retried();
    await handIn(lead);
    expect(await findingsOf(owner)).toEqual([]);
    await hear(lead, caseId, "succeeded", { attempt: 1, reference: "LATE1" });
    expect(await flagsOf(owner, caseId)).toEqual(["over_refund", "late_success"]);
    const [finding, ...more] = await findingsOf(owner);
    expect([finding?.split(" ")[0], more]).toEqual(["F_SALE_OVERREFUND", []]);
  });

  it("M21 X28 leaves the consent and the goods as they were: the same terms need neither twice", async () => {
    const { owner, lead, clerk, byLead } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 20_001), { type: "return" });
    valueOf(await approveRefund(clerk, caseId, { ...byLead, ...approve }));
    const check = { unused: true, complete: true };
    valueOf(await recordGoods(clerk, caseId, { state: "received", check }));
    await handIn(lead);
    await hear(lead, caseId, "closed");
    valueOf(await retryRefund(lead, caseId, 1));
    expect(await caseAt(owner, caseId)).toMatchObject({
      money: "ready",
      approval: "approved",
      goods: "received",
    });
    await handIn(lead);
    await hear(lead, caseId, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("M21 X28 of an approved void needs consent anew: a refund is something else", async () => {
    const { owner, lead, clerk, byLead, byOwner } = await aCrew();
    const target = await paid(clerk, 200_001, { acquirer: "lakala" });
    const caseId = await askFor(clerk, target, { type: "void" });
    valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...approve }));
    valueOf(await refundInstead(lead, caseId, "该交易已结算"));
    expect((await caseAt(owner, caseId)).money).toBe("pending_approval");
    expect(faultOf(await approveRefund(clerk, caseId, { ...byLead, ...approve })).kind).toBe(
      "own_request",
    );
    valueOf(await approveRefund(clerk, caseId, { ...byOwner, ...approve }));
    await handIn(lead, "refund-list-csv");
    await hear(lead, caseId, "succeeded");
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("X4 M13 that can be cured is handed in again under the same number", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 1000));
    await handIn(lead);
    const numbers = await numbersOf(owner, caseId);
    await hear(lead, caseId, "needs_action", { answer: "NOT_ENOUGH" });
    expect(faultOf(await retryRefund(lead, caseId, 1)).kind).toBe("not_allowed_now");
    valueOf(await resendRefund(lead, caseId, "已充值"));
    await hear(lead, caseId, "unknown", { answer: "SYSTEM_ERROR" });
    valueOf(await resendRefund(lead, caseId));
    await hear(lead, caseId, "succeeded");
    expect(await numbersOf(owner, caseId)).toEqual(numbers);
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("M24 that somebody misread is taken back, and the money is reserved again", async () => {
    const { owner, lead, clerk } = await aCrew();
    const target = await paid(clerk, 1000);
    const caseId = await askFor(clerk, target);
    await handIn(lead);
    await hear(lead, caseId, "closed");
    expect(await leftOf(owner, target.payment.paymentId)).toBe(1000);
    const step = latestAttempt(await caseAt(owner, caseId)).steps.at(-1);
    if (step === undefined) throw new Error("a result is a step");
    expect(faultOf(await retractResult(lead, caseId, step.ref, " ")).kind).toBe("note_missing");
    valueOf(await retractResult(lead, caseId, step.ref, "看错了单号"));
    expect(await leftOf(owner, target.payment.paymentId)).toBe(0);
    expect((await caseAt(owner, caseId)).money).toBe("submitted");
    expect(faultOf(await retractResult(lead, caseId, step.ref, "再一次")).kind).toBe(
      "not_allowed_now",
    );
    await hear(lead, caseId, "succeeded");
    await hear(lead, caseId, "reversed", { reference: "BOUNCE1" });
    expect(await leftOf(owner, target.payment.paymentId)).toBe(1000);
    expect(await findingsOf(owner)).toEqual([]);
  });
});

describe("an upload file that must come back", () => {
  it("M9 is taken back freely while it never left", async () => {
    const { owner, lead, clerk } = await aCrew();
    const caseId = await askFor(clerk, await paid(clerk, 1000));
    const { batchId } = valueOf(await prepareBatch(lead, "wechat-batch-txt", options));
    valueOf(await recallBatch(lead, batchId));
    valueOf(await withdrawRefund(clerk, caseId, "customer"));
    expect(await findingsOf(owner)).toEqual([]);
  });

  it("M9 X28 that left is taken back only with another person's PIN and a word on how it is known", async () => {
    const { owner, lead, clerk, byLead, byOwner } = await aCrew();
    const one = await askFor(clerk, await paid(clerk, 1000));
    const other = await askFor(clerk, await paid(clerk, 2000));
    const batchId = await sendOff(lead);
    const proof = "平台上没有这个批次";
    expect(faultOf(await recallBatch(lead, batchId)).kind).toBe("not_allowed_now");
    expect(faultOf(await recallLeftBatch(clerk, batchId, { ...byLead, proof })).kind).toBe(
      "own_request",
    );
    expect(faultOf(await recallLeftBatch(clerk, batchId, { ...byOwner, proof: " " })).kind).toBe(
      "evidence_missing",
    );
    valueOf(await recallLeftBatch(clerk, batchId, { ...byOwner, proof }));
    valueOf(await withdrawRefund(clerk, one, "customer"));
    await handIn(lead);
    await hear(lead, other, "succeeded");
    expect((await caseAt(owner, one)).money).toBe("withdrawn");
    expect(await findingsOf(owner)).toEqual([]);
  });
});
