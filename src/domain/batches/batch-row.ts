import type { Currency } from "../currency.ts";
import type { Instant } from "../instant.ts";
import type { MinorUnits } from "../money.ts";
import type { RefundNumber } from "../refund-number.ts";

/** One refund that is ready to leave, with what its payment is known by. */
export type BatchRow = {
  readonly refundNo: RefundNumber;
  /** The same with what the acquirer wants in front of it; absent while that is not known. */
  readonly acquirerNo?: string;
  /** Id of the profile it goes to. */
  readonly acquirer: string;
  readonly outTradeNo?: string;
  readonly transactionId?: string;
  readonly refNo?: string;
  readonly voucherNo?: string;
  readonly slipBatchNo?: string;
  readonly serialNo?: string;
  readonly merchantNo?: string;
  readonly termNo?: string;
  readonly paidAt?: Instant;
  /** In the words of the file, 微信支付. */
  readonly channel: string;
  readonly originalMinor?: MinorUnits;
  readonly minor: MinorUnits;
  readonly currency: Currency;
  readonly reason: string;
  readonly operator?: string;
  readonly note?: string;
};

/** Why a refund is not in this file; those after `twice_in_batch` go into the next one. */
export type SkipReason =
  | { readonly kind: "key_missing"; readonly field: string }
  | { readonly kind: "prefix_missing" }
  | { readonly kind: "paid_at_missing" }
  | { readonly kind: "total_missing" }
  | { readonly kind: "number_too_long"; readonly field: string; readonly max: number }
  | { readonly kind: "number_characters"; readonly field: string }
  | { readonly kind: "amount_not_positive" }
  | { readonly kind: "amount_above_original" }
  | { readonly kind: "other_currency"; readonly currency: Currency }
  | { readonly kind: "twice_in_batch" }
  | { readonly kind: "other_acquirer" }
  | { readonly kind: "other_merchant" }
  | { readonly kind: "same_order" }
  | { readonly kind: "batch_full"; readonly maxRows: number };

export type SkippedRow = { readonly row: BatchRow; readonly reason: SkipReason };

/** One line of a file: a refund, or all refunds of one order where the file has no place for their numbers. */
export type FileRow = BatchRow & { readonly refunds: readonly RefundNumber[] };
