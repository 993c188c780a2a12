import { CNY } from "../../src/domain/currency.ts";
import { ulid, type CaseId, type PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import type { Result } from "../../src/domain/result.ts";
import { approveRefund, reopenRefund } from "../../src/usecases/approve-refund.ts";
import { declineRequest } from "../../src/usecases/decline-request.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { logContact, recordInvoice } from "../../src/usecases/log-contact.ts";
import { recordGoods } from "../../src/usecases/receive-goods.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { prepareLedgerFile, type LedgerScope } from "../../src/usecases/export-ledger.ts";
import { found } from "../support/money-steps.ts";
import { as, join, pin } from "../support/people.ts";
import { aFile, askFor, draftOf } from "../support/rights-cell.ts";

/** Takes the value of a good result. */
export const valueOf = <T, F>(result: Result<T, F>): T => {
  if (!result.ok) throw new Error(`unexpected fault ${JSON.stringify(result.fault)}`);
  return result.value;
};

/** A payment by hand with an order number. */
export const aPaymentOf = async (deps: Deps, minor: number, number: string): Promise<PaymentId> =>
  valueOf(
    await recordPayment(deps, {
      amount: money(minor, CNY),
      channel: "wechat",
      acquirer: "wechatpay",
      state: "paid",
      paidAt: instantFromMs(deps.now() - 3_600_000),
      proof: "slip",
      number: { name: "out_trade_no", text: number },
      goods: "耳环 一对",
    }),
  );

/** A refund of the payment with this number, in full or of so many fen. */
export const aRefundOf = async (
  deps: Deps,
  number: string,
  amount: "full" | number,
): Promise<CaseId> => {
  const lookup = await findPayment(deps, number);
  if (lookup.kind !== "payment") throw new Error(`no payment ${number}`);
  const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
  const draft = newDraft({
    caseId,
    amount: amount === "full" ? { kind: "full" } : { kind: "partial", amount: money(amount, CNY) },
    reason: "faulty",
    note: "扣子掉了",
  });
  valueOf(await recordRefund(deps, lookup.found, draft));
  return caseId;
};

const approve = { decision: { result: "approve" } } as const;
const reject = { decision: { result: "reject", reason: "no_proof", note: "小票看不清" } } as const;

/**
 * A clerk asks for more than they may: a lead says no, opens it again with new evidence and lets it through; the goods
 * come back, an identity was seen, a call is logged, and another request is declined and opened again. Gives the case.
 */
export const aDayOfPeople = async (deps: Deps, number: string): Promise<CaseId> => {
  const clerk = await as(deps, (await join(deps)).staff);
  const { staff: approver } = await join(deps, { name: "小李", role: "lead" });
  const byLead = { approver, pin };
  const target = await found(clerk, number);
  const paper = await aFile(deps, "id", "a picture of a passport");
  const caseId = await askFor(clerk, target, {
    type: "return",
    amount: { kind: "partial", amount: money(20_001, CNY) },
    evidence: [paper, await aFile(deps, "photo", "a picture of earrings")],
    identity: { paper: "passport", last4: "7Q21" },
    note: "扣子掉了",
  });
  valueOf(await approveRefund(clerk, caseId, { ...byLead, ...reject }));
  const evidence = [await aFile(deps, "voucher", "a slip")];
  valueOf(await reopenRefund(clerk, caseId, { ...byLead, evidence, note: "补了小票" }));
  valueOf(await approveRefund(clerk, caseId, { ...byLead, ...approve }));
  const check = { unused: true, complete: true };
  valueOf(await recordGoods(clerk, caseId, { state: "received", check }, "包装完好"));
  const call = { with: "support", via: "phone", ticket: "GD-1", text: "说明天到" } as const;
  valueOf(await logContact(clerk, caseId, call));
  valueOf(await recordInvoice(clerk, caseId, { issued: "yes", no: "26312", red: "not_needed" }));
  await declineAndReopen(clerk, number);
  return caseId;
};

/** A request that is declined, and the refund that it leads to after all. */
const declineAndReopen = async (clerk: Deps, number: string): Promise<void> => {
  const target = await found(clerk, number);
  const { paymentId } = target.payment;
  const { caseId } = draftOf(clerk);
  const draft = { caseId, paymentId, reason: "past_window", offers: ["exchange"] } as const;
  const { records } = valueOf(await declineRequest(clerk, target, draft));
  const [refusal] = records;
  if (refusal === undefined) throw new Error("a refusal is a record");
  await askFor(clerk, await found(clerk, number), {
    amount: { kind: "partial", amount: money(100, CNY) },
    evidence: [await aFile(clerk, "chat", "we agreed on one yuan")],
    reopens: { device: refusal.device, seq: refusal.seq },
  });
};

/** The signed file as the app would hand it out. */
export const ledgerFile = async (deps: Deps, scope: LedgerScope = "all") =>
  valueOf(
    await prepareLedgerFile(deps, {
      scope,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    }),
  );
