import type { CaseId } from "../ids.ts";
import type { BusinessDate } from "../instant.ts";
import type { RefundNumber } from "../refund-number.ts";

/** Why a text is taken for this kind; shown to the clerk (payments-cn.md §1.3). */
export type CodeReason =
  | "prefix"
  | "length"
  | "characters"
  | "date"
  | "check_digit"
  | "closed_fields"
  | "crc_fits"
  | "crc_differs"
  | "cut"
  | "collision"
  | "fallback";

/** Texts of this app itself; what they claim is checked by the ledger, never here. */
export type OwnCode =
  | { readonly kind: "own_slip"; readonly text: string }
  | { readonly kind: "own_approval_request"; readonly text: string }
  | { readonly kind: "own_approval"; readonly text: string }
  | { readonly kind: "own_key_card"; readonly text: string }
  /** One-time number of a till that wants to witness this one's checkpoint. */
  | { readonly kind: "own_nonce"; readonly text: string }
  /** What another phone has, its refunded payments as a filter, a part of its records. */
  | { readonly kind: "own_heads" | "own_filter" | "own_transfer"; readonly text: string }
  | { readonly kind: "own_token"; readonly type: string; readonly text: string }
  /** A blank application form: the refund that is made of it takes this number. */
  | { readonly kind: "own_form"; readonly caseId: CaseId }
  /** A ticket or notice about an over-payment. */
  | { readonly kind: "own_claim"; readonly ticket: string }
  | { readonly kind: "own_training_slip"; readonly number: RefundNumber };

export type LinkKind =
  | "wechat_receive_code"
  | "wechat_native_code"
  | "alipay_receive_code"
  | "unionpay_qr"
  | "ums_bill_qr"
  | "upi_pay"
  | "other_url";

/** A merchant's plate, an invoice or a link: it names no payment. */
export type MerchantCode =
  | {
      readonly kind: LinkKind;
      readonly text: string;
      readonly reasons: readonly CodeReason[];
      readonly institution?: string;
      readonly sourcePrefix?: string;
      readonly date?: BusinessDate;
    }
  | {
      readonly kind: "emv_mpm" | "emv_mpm_damaged";
      readonly text: string;
      readonly reasons: readonly CodeReason[];
      readonly fields: readonly EmvField[];
    }
  | {
      readonly kind: "invoice_qr";
      readonly text: string;
      readonly reasons: readonly CodeReason[];
      readonly invoice: Invoice;
    };

/** One top-level data object of an EMV code, in file order. */
export type EmvField = { readonly id: string; readonly value: string };

/** Fields of an invoice code; the amount excludes tax in the types before 31 (payments-cn.md §1.7). */
type Invoice = {
  readonly type: string;
  readonly code: string;
  readonly number: string;
  readonly amount: string;
  readonly date: string;
  readonly checkCode: string;
  readonly crc: string;
};

export type PayerKind =
  | "wechat_pay_code"
  | "alipay_pay_code"
  | "unionpay_pay_code"
  | "ecny_pay_code"
  | "bestpay_pay_code"
  | "suning_pay_code"
  | "emv_cpm";

/** A payer's payment code: by rule it carries nothing of the text (payments-cn.md §1.2). */
export type PayerCode = { readonly kind: PayerKind; readonly reasons: readonly CodeReason[] };

export type NumberKind =
  | "refund_number"
  | "wechat_transaction_id"
  | "wechat_refund_id"
  | "wechat_transfer_no"
  | "alipay_trade_no"
  | "alipay_transfer_no"
  | "ums_order_26"
  | "lakala_trade_no"
  | "unionpay_query_id"
  | "suixingfu_order"
  | "allinpay_order"
  | "ums_order_18"
  | "ums_mer_order"
  | "ean13"
  | "rrn"
  | "merchant_order_no";

/** A number that may name a payment or a refund; a match with a record decides, not its shape. */
export type NumberCode = {
  readonly kind: NumberKind;
  readonly text: string;
  readonly reasons: readonly CodeReason[];
  readonly date?: BusinessDate;
  readonly sourcePrefix?: string;
};

/**
 * What a scan may be. `ask` is a payment code that could also be a dated order number: its numbers stay in memory
 * only until the clerk says that it is one. `payment_code` has no way back to the text.
 */
export type ScannedCode =
  | { readonly kind: "own"; readonly code: OwnCode }
  | { readonly kind: "merchant"; readonly code: MerchantCode }
  | {
      readonly kind: "payment_code";
      readonly shown: string;
      readonly candidates: readonly PayerCode[];
    }
  | {
      readonly kind: "ask";
      readonly shown: string;
      readonly candidates: readonly PayerCode[];
      readonly numbers: readonly NumberCode[];
    }
  | { readonly kind: "number"; readonly text: string; readonly numbers: readonly NumberCode[] }
  | { readonly kind: "unreadable" };
