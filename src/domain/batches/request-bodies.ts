import type { Instant, Zone } from "../instant.ts";
import type { Json, JsonObject } from "../json.ts";
import { money, writeAmount } from "../money.ts";
import { parseTotal } from "../statements/amount-text.ts";
import { writeTime } from "./batch-cell.ts";
import type { BatchRow } from "./batch-row.ts";
import type { RequestApi } from "./export-format.ts";

/** What a body takes besides the refund: the moment of the batch, and the reason as this API takes it. */
export type BodyContext = { readonly at: Instant; readonly zone: Zone; readonly reason: string };

type Given = { readonly [name: string]: Json | undefined };

/** Members without a value are left out, for whoever signs the body to fill. */
const bodyOf = (members: Given): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== "",
    ),
  );

const yuan = (row: BatchRow): string => writeAmount(money(row.minor, row.currency));

/** By its channel's number where that is known, else by the merchant's. */
const unlessKnown = (known: string | undefined, other: string | undefined) =>
  known === undefined ? other : undefined;

const umsCommon = (row: BatchRow, { at, zone, reason }: BodyContext): Given => ({
  requestTimestamp: writeTime(at, "yyyy-MM-dd HH:mm:ss", zone),
  mid: row.merchantNo,
  tid: row.termNo,
  refundOrderId: row.acquirerNo,
  refundAmount: row.minor,
  refundDesc: reason,
});

type WriteBody = (row: BatchRow, context: BodyContext) => Given;

/** One refund as each interface asks for it (payments-cn.md §7); envelopes and signatures are the uploader's. */
const bodies: Readonly<Record<RequestApi, WriteBody>> = {
  wechat_v3: (row, { reason }) => ({
    transaction_id: row.transactionId,
    out_trade_no: unlessKnown(row.transactionId, row.outTradeNo),
    out_refund_no: row.refundNo,
    reason,
    amount: { refund: row.minor, total: row.originalMinor ?? 0, currency: row.currency },
  }),
  alipay_refund: (row, { reason }) => ({
    trade_no: row.transactionId,
    out_trade_no: unlessKnown(row.transactionId, row.outTradeNo),
    refund_amount: yuan(row),
    out_request_no: row.refundNo,
    refund_reason: reason,
    operator_id: row.operator,
    terminal_id: row.termNo,
  }),
  ums_netpay: (row, context) => ({
    ...umsCommon(row, context),
    merOrderId: row.outTradeNo,
    targetOrderId: row.transactionId,
  }),
  ums_bills: (row, context) => ({
    ...umsCommon(row, context),
    instMid: "QRPAYDEFAULT",
    billNo: row.outTradeNo,
    billDate: row.paidAt && writeTime(row.paidAt, "yyyy-MM-dd", context.zone),
  }),
  ums_poslink: (row, { reason }) => ({
    merchantCode: row.merchantNo,
    terminalCode: row.termNo,
    merchantOrderId: row.outTradeNo,
    originalOrderId: row.transactionId,
    refundRequestId: row.refundNo,
    transactionAmount: row.minor,
    refundDesc: reason,
    operatorId: row.operator,
  }),
  lakala_labs: (row, { reason }) => ({
    merchant_no: row.merchantNo,
    term_no: row.termNo,
    out_trade_no: row.refundNo,
    refund_amount: String(row.minor),
    refund_reason: reason,
    origin_trade_no: row.transactionId,
    origin_log_no: unlessKnown(row.transactionId, row.serialNo),
    origin_out_trade_no: unlessKnown(row.transactionId ?? row.serialNo, row.outTradeNo),
  }),
  unionpay_04: (row, { at, zone }) => ({
    txnType: "04",
    merId: row.merchantNo,
    termId: row.termNo,
    orderId: row.refundNo,
    origQryId: row.transactionId,
    txnAmt: String(row.minor),
    txnTime: writeTime(at, "yyyyMMddHHmmss", zone),
    currencyCode: "156",
  }),
};

/** The body of one refund, unsigned. */
export const requestBody = (api: RequestApi, row: BatchRow, context: BodyContext): JsonObject =>
  bodyOf(bodies[api](row, context));

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;

const amounts: Readonly<Record<RequestApi, (body: Json) => Json | undefined>> = {
  wechat_v3: (body) => memberOf(memberOf(body, "amount"), "refund"),
  alipay_refund: (body) => memberOf(body, "refund_amount"),
  ums_netpay: (body) => memberOf(body, "refundAmount"),
  ums_bills: (body) => memberOf(body, "refundAmount"),
  ums_poslink: (body) => memberOf(body, "transactionAmount"),
  lakala_labs: (body) => memberOf(body, "refund_amount"),
  unionpay_04: (body) => memberOf(body, "txnAmt"),
};

/** The amount in a body, read back in minor units of a currency with so many decimals. */
export const amountInBody = (api: RequestApi, body: Json, decimals: number): number | undefined => {
  const amount = amounts[api](body);
  if (typeof amount === "number") return amount;
  return typeof amount === "string"
    ? parseTotal(amount, api === "alipay_refund" ? decimals : 0)
    : undefined;
};
