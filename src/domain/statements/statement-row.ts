import type { Channel } from "../channels.ts";
import type { Currency } from "../currency.ts";
import type { BusinessDate, Instant } from "../instant.ts";
import type { StatementMapping } from "./mapping.ts";

/**
 * What a row says happened; `revoked` is a payment taken back whole, which is money returned but no refund of ours.
 * `income` and `expense` are movements of a fund bill: they prove no payment, so nothing can be refunded by them.
 */
export type StatementRowKind = "payment" | "refund" | "revoked" | "income" | "expense";

/** One line of a statement, as it is kept in blocks: compact, plain JSON; amounts are minor units of `currency`. */
export type StatementRow = {
  readonly line: number;
  readonly kind: StatementRowKind;
  /** Id of a profile; where a person named the columns, one of the owner's own too. */
  readonly acquirer: string;
  readonly channel: Channel;
  readonly merchantNo: string;
  readonly termNo?: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  /** The merchant's refund number, ours if we made the refund. */
  readonly refundNo?: string;
  readonly channelRefundNo?: string;
  /** The movement's own number in a fund bill; such a row says that money moved. */
  readonly flowNo?: string;
  /** Order amount of a payment, asked amount of a refund; never negative. */
  readonly minor: number;
  /** Fee that was taken for a payment, or came back with a refund. */
  readonly fee?: number;
  /** What the payer gave after coupons, where it differs. */
  readonly payerMinor?: number;
  readonly currency: Currency;
  /** Paid, or for a refund accepted by the channel: not arrived. */
  readonly at: Instant;
  /** The channel's own word at the time of the file; never updated later. */
  readonly status: string;
  readonly name?: string;
  /** Digest of the raw line's text. */
  readonly digest: string;
};

/** A row before the digest of its line is known. */
export type ReadRow = Omit<StatementRow, "digest">;

export type LayoutName =
  | "wechat_all"
  | "wechat_success"
  | "wechat_refund"
  | "wechat_all_legacy"
  | "wechat_success_legacy"
  | "wechat_refund_legacy"
  | "wechat_fund"
  | "alipay_trade"
  | "alipay_fund"
  | "unionpay_zm"
  /** Of any other acquirer, its columns named by a person. */
  | "mapped";

/** Whether a file lists movements of money instead of payments. */
export const isFundBill = (layout: string): boolean => layout.endsWith("_fund");

export type ProblemReason =
  | "cells"
  | "bad_time"
  | "bad_amount"
  | "unknown_currency"
  | "unknown_type"
  | "number_missing"
  | "negative_amount"
  | "not_done"
  | "after_summary";

/** A line that was not read as a row. */
export type StatementProblem = { readonly line: number; readonly reason: ProblemReason };

/** Oddities that do not stop the import but must be told. */
export type StatementNote =
  | "fullwidth_colon"
  | "positive_refund"
  | "replaced_characters"
  | "repaired_commas"
  | "last_line_open";

/** One number of the file's own summary beside what the rows say; sums in hundredths, as the file writes them. */
export type StatementTotal = {
  readonly name: string;
  readonly declared: number | undefined;
  readonly read: number;
};

type Tally = { readonly count: number; readonly minor: number };

export type CurrencySums = {
  readonly currency: Currency;
  readonly payments: Tally;
  readonly refunds: Tally;
  readonly revoked: Tally;
  readonly income: Tally;
  readonly expense: Tally;
};

/** What was read, whether or not it may be imported. */
export type StatementSummary = {
  readonly layout: LayoutName;
  readonly acquirer: StatementRow["acquirer"];
  readonly encoding: "utf-8" | "gb18030" | "xlsx";
  readonly firstDay: BusinessDate | undefined;
  readonly lastDay: BusinessDate | undefined;
  readonly rows: number;
  readonly sums: readonly CurrencySums[];
  /** What a person looks at to see whether the file was understood. */
  readonly firstRows: readonly ReadRow[];
  readonly totals: readonly StatementTotal[];
  readonly problems: readonly StatementProblem[];
  readonly problemCount: number;
  readonly notes: readonly StatementNote[];
  /** Where a person named the columns: how, and the first lines to name them again. */
  readonly mapped?: { readonly mapping: StatementMapping; readonly lines: readonly string[] };
};

/** Why what lies in an archive or a spreadsheet was not reached. */
export type PackedReason = "encrypted" | "damaged" | "files" | "unsupported" | "xls";

/**
 * Why nothing may be imported. After one of these the rows already handed out must be dropped (X12);
 * `no_summary` alone may be allowed by a person.
 */
export type StatementFault =
  /** `lines`: the first of the file, for a person who knows what its columns are. */
  | { readonly kind: "not_a_statement"; readonly lines: readonly string[] }
  /** `files`: how many of an archive may be a statement, where it is not one. */
  | { readonly kind: "packed_file"; readonly reason: PackedReason; readonly files: number }
  | { readonly kind: "payer_bill" }
  | { readonly kind: "no_bill_that_day" }
  | {
      readonly kind: "header_unknown";
      readonly missing: readonly string[];
      readonly lines: readonly string[];
    }
  | { readonly kind: "too_large"; readonly unit: "bytes" | "rows"; readonly most: number }
  | {
      readonly kind: "ids_damaged";
      readonly column: string;
      readonly line: number;
      readonly summary: StatementSummary;
    }
  | { readonly kind: "cut"; readonly summary: StatementSummary }
  | { readonly kind: "totals_differ"; readonly summary: StatementSummary }
  | { readonly kind: "no_summary"; readonly summary: StatementSummary };
