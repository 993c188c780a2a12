import { profileOf } from "./acquirers/index.ts";
import type { BatchRow, SkipReason } from "./batches/batch-row.ts";
import { exportFormats, type ExportFormatId } from "./batches/index.ts";
import { given } from "./given.ts";
import type { Payment } from "./payment.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";

/** A refund that is ready, with the payment it refunds. */
export type ReadyRefund = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
};

/** Why a refund does not leave now. */
export type BlockReason =
  | SkipReason
  | { readonly kind: "training" }
  | { readonly kind: "grade_e" }
  | { readonly kind: "grade_d" }
  | { readonly kind: "payment_unknown" };

/** A format takes so many refunds in one record of the journal (refundlog.schema.json, refs). */
export const mostRefs = 1000;

/** Guards that no format can lift (G4, G7): what is practice or unproven never leaves, D only by name of the owner. */
export const blockOf = (
  { refundCase, payment }: ReadyRefund,
  gradeD: boolean,
): BlockReason | undefined => {
  if (refundCase.training) return { kind: "training" };
  if (payment === undefined) return { kind: "payment_unknown" };
  if (payment.grade === "E") return { kind: "grade_e" };
  return payment.grade === "D" && !gradeD ? { kind: "grade_d" } : undefined;
};

/** The upload file a refund belongs into: its acquirer's own, or the list to type from when its key number is missing. */
export const formatOf = ({ payment }: ReadyRefund): ExportFormatId => {
  if (payment === undefined) return "refund-list-csv";
  const { batchFormat } = profileOf(payment.acquirer);
  const needsOrder = exportFormats[batchFormat].columns.some(
    (column) => column.field === "out_trade_no" && "needed" in column,
  );
  const ownCurrency =
    batchFormat !== "wechat-batch-txt" ||
    payment.amount.currency === exportFormats[batchFormat].currency;
  const hasOrder = !needsOrder || payment.numbers["out_trade_no"] !== undefined;
  return hasOrder && ownCurrency ? batchFormat : "refund-list-csv";
};

/** One row of an upload file. */
export const rowOf = (
  { refundCase, payment }: ReadyRefund,
  texts: { readonly reason: string; readonly channel: string },
): BatchRow => {
  const attempt = latestAttempt(refundCase);
  return {
    refundNo: attempt.refundNo,
    channel: texts.channel,
    minor: attempt.amount.minor,
    currency: attempt.amount.currency,
    reason: texts.reason,
    ...given("outTradeNo", payment?.numbers["out_trade_no"]),
    ...given("transactionId", payment?.numbers["transaction_id"]),
    ...given("refNo", payment?.numbers["ref_no"]),
    ...given("merchantNo", payment?.merchantNo),
    ...given("termNo", payment?.terminalNo),
    ...given("paidAt", payment?.paidAt),
    ...given("originalMinor", payment?.amount.minor),
  };
};
