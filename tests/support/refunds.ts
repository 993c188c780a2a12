import { CNY } from "../../src/domain/currency.ts";
import { ulid, type CaseId, type PaymentId, type StaffId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import type { Payment } from "../../src/domain/payment.ts";
import { newDraft, type RefundDraft } from "../../src/domain/refund/draft.ts";
import type { RefundCase } from "../../src/domain/refund/case.ts";
import { defaultSetting } from "../../src/domain/shop-setting.ts";
import { getCase, getPayment } from "../../src/storage/queries.ts";
import { changeSetting } from "../../src/usecases/change-setting.ts";
import { actingAs, type Deps } from "../../src/usecases/deps.ts";
import { prepareBatch, reportDelivery } from "../../src/usecases/export-batch.ts";
import { recordPayment, type PaymentToRecord } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { recordResult } from "../../src/usecases/record-result.ts";
import { reportUpload } from "../../src/usecases/report-upload.ts";
import type { BatchId } from "../../src/domain/ids.ts";
import { aStaff, valueOf } from "./a.ts";

let orders = 0;

/** A WeChat payment of ¥360.00, a minute ago, proven by the slip, with an order number of its own. */
export const payNow = async (deps: Deps, over: Partial<PaymentToRecord> = {}): Promise<PaymentId> =>
  valueOf(
    await recordPayment(deps, {
      amount: money(36_000, CNY),
      channel: "wechat",
      acquirer: "wechatpay",
      state: "paid",
      paidAt: instantFromMs(deps.now() - 60_000),
      proof: "slip",
      number: { name: "out_trade_no", text: `ORDER-${String(++orders).padStart(6, "0")}` },
      ...over,
    }),
  );

export const paymentAt = async (deps: Deps, paymentId: PaymentId): Promise<Payment> => {
  const payment = await getPayment(deps.journal.db, paymentId);
  if (payment === undefined) throw new Error("no such payment");
  return payment;
};

/** Records a refund of a payment, of a new one unless it is named; gives its case. */
export const refundNow = async (
  deps: Deps,
  over: Partial<RefundDraft> & { readonly of?: PaymentId } = {},
): Promise<CaseId> => {
  const { of, ...draft } = over;
  const caseId = ulid(deps.now(), deps.random(10)) as CaseId;
  const payment = await paymentAt(deps, of ?? (await payNow(deps)));
  const asked = newDraft({ caseId, amount: { kind: "full" }, reason: "overpaid", ...draft });
  valueOf(await recordRefund(deps, { payment, rows: [], others: [] }, asked));
  return caseId;
};

export const caseAt = async (deps: Deps, caseId: CaseId): Promise<RefundCase> => {
  const refundCase = await getCase(deps.journal.db, caseId);
  if (refundCase === undefined) throw new Error("no such case");
  return refundCase;
};

const options = {
  gradeD: false,
  texts: { reason: (code: string) => code, channel: (code: string) => code },
};

/** Puts everything that is ready into a file and says that it left. */
export const exportNow = async (deps: Deps): Promise<BatchId> => {
  const { batchId } = valueOf(await prepareBatch(deps, "wechat-batch-txt", options));
  valueOf(await reportDelivery(deps, batchId, "saved"));
  return batchId;
};

/** Exports and reports the upload. */
export const submitNow = async (deps: Deps): Promise<BatchId> => {
  const batchId = await exportNow(deps);
  valueOf(await reportUpload(deps, batchId, "商户平台"));
  return batchId;
};

/** What the acquirer's portal shows of a refund. */
export const hearNow = async (
  deps: Deps,
  caseId: CaseId,
  result: "succeeded" | "unknown" | "abnormal" | "needs_action" | "processing" | "failed",
): Promise<void> => {
  const at = instantFromMs(deps.now());
  const reference = "50302203182026112200000001";
  const report = { result, by: "portal", at, reference, evidence: [] } as const;
  valueOf(await recordResult(deps, caseId, report));
};

/** A clerk at the till, whose own limit is ¥200.00. */
export const asClerk = (deps: Deps): Deps =>
  actingAs(deps, aStaff({ staff: "c1" as StaffId, name: "小王", role: "clerk" }));

/** Sets the address that merchant copies go to. */
export const setMail = async (deps: Deps, mail: string): Promise<void> =>
  void valueOf(await changeSetting(deps, { ...defaultSetting, mail }));
