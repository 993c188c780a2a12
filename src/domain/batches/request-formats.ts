import type { ExportColumn, ExportFormat, RequestApi } from "./export-format.ts";

/** Every interface takes one amount and one reason; the columns say what a refund must bring and how long it may be. */
const requestFormat = <const Id extends string>(
  id: Id,
  api: RequestApi,
  format: Pick<ExportFormat, "acquirer" | "columns" | "oneOf" | "onePerOrder">,
) =>
  ({
    id,
    version: 1,
    currency: "CNY",
    file: { kind: "json", api },
    head: [],
    trailer: [],
    maxRows: 1000,
    name: `${api}_{batch_no}`,
    verified: { columns: "doc" },
    ...format,
  }) as const satisfies ExportFormat;

const paymentNumbers = [
  { field: "transaction_id", max: 64 },
  { field: "out_trade_no", max: 64 },
] as const satisfies readonly ExportColumn[];

const oneNumber = ["transaction_id", "out_trade_no"] as const;

/** WeChat Pay v3 `/v3/refund/domestic/refunds` (payments-cn.md §2.2). */
export const wechatV3Json = requestFormat("wechat-v3-json", "wechat_v3", {
  acquirer: "wechatpay",
  oneOf: oneNumber,
  columns: [
    { field: "transaction_id", max: 32 },
    { field: "out_trade_no", max: 32, characters: "order_number" },
    { field: "refund_no", needed: true, max: 64, characters: "order_number" },
    { field: "amount", unit: "fen" },
    { field: "amount_total", unit: "fen", needed: true },
    { field: "reason", maxBytes: 80 },
  ],
  onePerOrder: true,
});

/** `alipay.trade.refund`, its biz_content (payments-cn.md §2.3). */
export const alipayRefundJson = requestFormat("alipay-refund-json", "alipay_refund", {
  acquirer: "alipay",
  oneOf: oneNumber,
  columns: [
    ...paymentNumbers,
    { field: "refund_no", needed: true, max: 64 },
    { field: "amount", unit: "yuan" },
    { field: "reason", maxBytes: 256 },
  ],
  onePerOrder: true,
});

const umsFormat = <const Id extends string>(
  id: Id,
  api: RequestApi,
  columns: readonly ExportColumn[],
) =>
  requestFormat(id, api, {
    acquirer: "chinaums",
    columns: [...columns, { field: "amount", unit: "fen" }, { field: "reason", maxBytes: 255 }],
    onePerOrder: false,
  });

/** ChinaUMS, three families of interfaces (payments-cn.md §2.5). */
export const umsNetpayJson = umsFormat("ums-netpay-json", "ums_netpay", [
  { field: "out_trade_no", needed: true, max: 32 },
  { field: "acquirer_no", needed: true, max: 32, characters: "alphanumeric" },
]);

export const umsBillsJson = umsFormat("ums-bills-json", "ums_bills", [
  { field: "out_trade_no", needed: true, max: 32 },
  { field: "paid_at", needed: true },
  { field: "acquirer_no", needed: true, max: 32, characters: "alphanumeric" },
]);

export const umsPoslinkJson = umsFormat("ums-poslink-json", "ums_poslink", [
  { field: "transaction_id", needed: true, max: 26 },
  { field: "merchant_no", needed: true, max: 15 },
  { field: "term_no", needed: true, max: 8 },
  { field: "refund_no", needed: true, max: 49 },
]);

/** Lakala labs: who uploads it adds `location_info.request_ip` (payments-cn.md §7). */
export const lakalaJson = requestFormat("lakala-json", "lakala_labs", {
  acquirer: "lakala",
  oneOf: ["transaction_id", "serial_no", "out_trade_no"],
  columns: [
    ...paymentNumbers,
    { field: "merchant_no", needed: true },
    { field: "term_no", needed: true },
    { field: "refund_no", needed: true },
    { field: "amount", unit: "fen" },
    { field: "reason", maxBytes: 255 },
  ],
  onePerOrder: false,
});

/** UnionPay 退货, transaction type 04 (payments-cn.md §2.4). */
export const unionpay04Json = requestFormat("unionpay-04-json", "unionpay_04", {
  acquirer: "unionpay",
  columns: [
    { field: "transaction_id", needed: true, max: 21, characters: "alphanumeric" },
    { field: "merchant_no", needed: true, max: 15 },
    { field: "refund_no", needed: true, max: 40, characters: "alphanumeric" },
    { field: "amount", unit: "fen" },
  ],
  onePerOrder: false,
});
