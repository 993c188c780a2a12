import { mostSheetRows, plainText, type ExportFormat } from "./export-format.ts";

/** Of one public generator each, years old: every layout here is marked unverified (upload-files.md §3.2–§3.4, §8). */
const fromCode = { columns: "code", encoding: "unverified", maxRows: "unverified" } as const;

/** Alipay 批量退款: a control row of three over the rows. */
export const alipayBatchXls = {
  id: "alipay-batch-xls",
  version: 1,
  acquirer: "alipay",
  currency: "CNY",
  file: { kind: "xls" },
  head: [
    ["批次号", "总金额（元）", "总笔数"],
    ["{stamp}", "{total}", "{count}"],
  ],
  columns: [
    { field: "refund_no", caption: "商户退款流水号", needed: true, max: 64 },
    { field: "transaction_id", caption: "支付宝交易号", needed: true, max: 64 },
    { field: "amount", caption: "退款金额", unit: "yuan" },
    { field: "reason", caption: "退款备注", maxBytes: 256 },
  ],
  trailer: [],
  maxRows: mostSheetRows,
  name: "alipay_{batch_no}",
  onePerOrder: true,
  verified: fromCode,
} as const satisfies ExportFormat;

/** UnionPay's portal on a computer: count and total first, one line for each order. */
export const unionpayPcTxt = {
  id: "unionpay-pc-txt",
  version: 1,
  acquirer: "unionpay",
  currency: "CNY",
  file: { ...plainText, delimiter: "|" },
  head: [["{count}", "{total}"]],
  columns: [
    { field: "paid_at", pattern: "yyyyMMdd", needed: true },
    { field: "out_trade_no", needed: true, max: 40, characters: "alphanumeric" },
    { field: "amount", unit: "yuan" },
  ],
  trailer: [],
  mergeBy: "out_trade_no",
  maxRows: 10_000,
  name: "up_{batch_no}",
  onePerOrder: false,
  verified: fromCode,
} as const satisfies ExportFormat;

/** UnionPay's mobile gateway: one merchant, fen, the payment's time, no captions. */
export const unionpayWapXls = {
  id: "unionpay-wap-xls",
  version: 1,
  acquirer: "unionpay",
  currency: "CNY",
  file: { kind: "xls" },
  head: [["{date}", "{seq}", "{count}", "{total_fen}", "", ""]],
  columns: [
    { field: "row_no" },
    { field: "out_trade_no", needed: true, max: 40, characters: "alphanumeric" },
    { field: "paid_at", pattern: "yyyyMMddHHmmss", needed: true },
    { field: "amount", unit: "fen" },
    { field: "blank" },
    { field: "blank" },
  ],
  trailer: [],
  mergeBy: "out_trade_no",
  maxRows: mostSheetRows,
  name: "TH{mer_id}_{date}_{seq}",
  onePerOrder: false,
  verified: { ...fromCode, pattern: "unverified" },
} as const satisfies ExportFormat;

/** Yeepay 易宝; its last caption ends with a space. */
export const yeepayXls = {
  id: "yeepay-xls",
  version: 1,
  acquirer: "custom",
  currency: "CNY",
  file: { kind: "xls" },
  head: [],
  columns: [
    { field: "out_trade_no", caption: "订单号", needed: true, max: 64 },
    {
      field: "paid_at",
      caption: "支付日期(格式：yyyyMMdd、YYYY-MM-DD、YYYY/MM/DD)",
      pattern: "yyyyMMdd",
      needed: true,
    },
    { field: "amount", caption: "退货金额（整数金额 单位：分）", unit: "fen" },
    { field: "refund_no", caption: "退款号(不能重复)", needed: true, max: 64 },
    { field: "blank", caption: "扩展信息（POS物流商户运单号，非必填） " },
  ],
  trailer: [],
  maxRows: mostSheetRows,
  name: "yeepay_{batch_no}",
  onePerOrder: false,
  verified: fromCode,
} as const satisfies ExportFormat;

/** For portals that give a template, 快钱 among them: captions and order are typed in from it. */
export const ownTableXls = {
  id: "own-table-xls",
  version: 1,
  acquirer: "custom",
  file: { kind: "xls" },
  head: [],
  columns: [
    { field: "out_trade_no", caption: "商户订单号", needed: true },
    { field: "paid_at", caption: "原交易日期", pattern: "yyyy-MM-dd" },
    { field: "amount", caption: "退款金额", unit: "yuan" },
    { field: "refund_no", caption: "退款单号", needed: true },
    { field: "reason", caption: "退款原因", maxBytes: 80 },
  ],
  trailer: [],
  maxRows: mostSheetRows,
  name: "batch_{batch_no}",
  onePerOrder: false,
  verified: {},
} as const satisfies ExportFormat;
