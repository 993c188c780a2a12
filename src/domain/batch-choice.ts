import { acquirerNumber } from "./acquirers/number-rule.ts";
import type { AcquirerProfile } from "./acquirers/profile.ts";
import type { BatchRow, SkipReason } from "./batches/batch-row.ts";
import { mainFormat, otherFormats } from "./batches/batch-formats.ts";
import type { ExportFormat } from "./batches/export-format.ts";
import { given } from "./given.ts";
import type { DeviceId } from "./ids.ts";
import type { Calendar, Instant } from "./instant.ts";
import { overRefunded, type Payment } from "./payment.ts";
import { channelDeadline } from "./policy/channel-window.ts";
import { goodsAreSettled } from "./refund/decide-goods.ts";
import { isApprovalPast, latestAttempt, type RefundCase } from "./refund/case.ts";

/** A refund that is ready, with the payment it refunds and the rules of its acquirer. */
export type ReadyRefund = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  readonly profile: AcquirerProfile;
};

/** Why a refund does not leave now. */
export type BlockReason =
  | SkipReason
  | { readonly kind: "training" }
  | { readonly kind: "grade_e" }
  | { readonly kind: "grade_d" }
  | { readonly kind: "goods_awaiting" }
  | { readonly kind: "approval_expired" }
  | { readonly kind: "other_destination" }
  | { readonly kind: "void_at_terminal" }
  | { readonly kind: "window_past" }
  | { readonly kind: "payment_unknown" }
  | { readonly kind: "over_refund" }
  | { readonly kind: "conflict" }
  | { readonly kind: "outside_hours"; readonly from: Instant }
  /** The last refund of its payment left only just now. */
  | { readonly kind: "too_soon"; readonly from: Instant; readonly seconds: number }
  | { readonly kind: "daily_refunds"; readonly most: number }
  /** In whole units of its currency. */
  | { readonly kind: "daily_amount"; readonly most: number }
  /** No day takes it whole. */
  | { readonly kind: "above_daily"; readonly most: number }
  /** A key that this device had before recorded it: only that chain could export it. */
  | { readonly kind: "former_key" };

const passing: ReadonlySet<BlockReason["kind"]> = new Set([
  "outside_hours",
  "too_soon",
  "daily_refunds",
  "daily_amount",
  "same_order",
  "other_acquirer",
  "other_merchant",
  "batch_full",
]);

/** Whether a refund leaves later by itself: with the next file, or at its time. */
export const isPassing = ({ kind }: BlockReason): boolean => passing.has(kind);

/** A format takes so many refunds in one record of the journal (refundlog.schema.json, refs). */
export const mostRefs = 1000;

type Moment = { readonly calendar: Calendar; readonly now: Instant };

const isPastWindow = ({ payment, profile }: ReadyRefund, { calendar, now }: Moment): boolean =>
  payment?.paidAt !== undefined &&
  profile.refundWindowDays !== undefined &&
  now > channelDeadline(payment.paidAt, profile.refundWindowDays, calendar);

/** Where several devices refund a payment, only what it cannot give waits; else nothing of it leaves before a look. */
const excessBlock = ({ conflict }: RefundCase, payment: Payment): BlockReason | undefined => {
  if (conflict) return { kind: "conflict" };
  return !payment.shared && overRefunded(payment).minor > 0 ? { kind: "over_refund" } : undefined;
};

/** What no chain here may ever hand out: another key's refunds, and practice. */
const chainBlock = ({ device, training }: RefundCase, home: DeviceId): BlockReason | undefined => {
  if (device !== home) return { kind: "former_key" };
  return training ? { kind: "training" } : undefined;
};

/**
 * Guards that no format can lift (G2, G4, G5, G7): practice, what is unproven, goods that are still out, money that
 * goes another way, and refunds of a payment that gives more than was paid never leave for an acquirer; grade D only
 * by name of the owner.
 */
export const blockOf = (
  ready: ReadyRefund,
  { gradeD, home, ...moment }: Moment & { readonly gradeD: boolean; readonly home: DeviceId },
): BlockReason | undefined => {
  const { refundCase, payment } = ready;
  const never = chainBlock(refundCase, home);
  if (never !== undefined) return never;
  if (refundCase.destination !== "original") return { kind: "other_destination" };
  if (payment === undefined) return { kind: "payment_unknown" };
  if (refundCase.mode === "void") return { kind: "void_at_terminal" };
  const excess = excessBlock(refundCase, payment);
  if (excess !== undefined) return excess;
  if (!goodsAreSettled(refundCase)) return { kind: "goods_awaiting" };
  if (payment.grade === "E") return { kind: "grade_e" };
  if (payment.grade === "D" && !gradeD) return { kind: "grade_d" };
  if (isApprovalPast(refundCase, moment.now)) return { kind: "approval_expired" };
  return isPastWindow(ready, moment) ? { kind: "window_past" } : undefined;
};

/** Whether a refund goes into files of a format: its main one, or another that its acquirer takes. */
export const goesInto = ({ payment, profile }: ReadyRefund, format: ExportFormat): boolean =>
  mainFormat(profile, payment).id === format.id ||
  otherFormats(profile).some(({ id }) => id === format.id);

/** One row of an upload file. */
export const rowOf = (
  { refundCase, payment, profile }: ReadyRefund,
  texts: { readonly reason: string; readonly channel: string },
): BatchRow => {
  const attempt = latestAttempt(refundCase);
  const asTheyReadIt = acquirerNumber(profile, attempt.refundNo);
  return {
    refundNo: attempt.refundNo,
    acquirer: profile.id,
    channel: texts.channel,
    minor: attempt.amount.minor,
    currency: attempt.amount.currency,
    reason: texts.reason,
    ...given("outTradeNo", payment?.numbers["out_trade_no"]),
    ...given("transactionId", payment?.numbers["transaction_id"]),
    ...given("refNo", payment?.numbers["ref_no"]),
    ...given("voucherNo", payment?.numbers["voucher_no"]),
    ...given("slipBatchNo", payment?.numbers["batch_no"]),
    ...given("serialNo", payment?.numbers["serial_no"]),
    ...given("acquirerNo", asTheyReadIt.ok ? asTheyReadIt.value : undefined),
    ...given("operator", refundCase.requestedBy),
    ...given("merchantNo", payment?.merchantNo),
    ...given("termNo", payment?.terminalNo),
    ...given("paidAt", payment?.paidAt),
    ...given("originalMinor", payment?.amount.minor),
  };
};
