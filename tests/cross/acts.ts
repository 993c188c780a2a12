import { CNY } from "../../src/domain/currency.ts";
import { ulid, type CaseId, type PaymentId } from "../../src/domain/ids.ts";
import { instantFromMs } from "../../src/domain/instant.ts";
import { money } from "../../src/domain/money.ts";
import { newDraft } from "../../src/domain/refund/draft.ts";
import type { Result } from "../../src/domain/result.ts";
import type { Deps } from "../../src/usecases/deps.ts";
import { findPayment } from "../../src/usecases/find-payment.ts";
import { recordPayment } from "../../src/usecases/record-payment.ts";
import { recordRefund } from "../../src/usecases/record-refund.ts";
import { prepareLedgerFile, type LedgerScope } from "../../src/usecases/export-ledger.ts";

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

/** The signed file as the app would hand it out. */
export const ledgerFile = async (deps: Deps, scope: LedgerScope = "all") =>
  valueOf(
    await prepareLedgerFile(deps, {
      scope,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    }),
  );
