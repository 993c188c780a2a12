import { plainText, type ExportFormat } from "./export-format.ts";

/** WeChat Pay 申请批量退款: no header row, commas only, named by 商户订单号 (upload-files.md §3.1). */
export const wechatBatchTxt = {
  id: "wechat-batch-txt",
  version: 1,
  acquirer: "wechatpay",
  currency: "CNY",
  file: plainText,
  head: [],
  columns: [
    { field: "out_trade_no", needed: true, max: 32, characters: "order_number" },
    { field: "amount", unit: "yuan" },
    { field: "reason", maxBytes: 80 },
    { field: "refund_no", needed: true, max: 64, characters: "order_number" },
  ],
  trailer: [],
  maxRows: 10_000,
  name: "wx_{batch_no}",
  onePerOrder: true,
  verified: {
    columns: "unverified",
    encoding: "unverified",
    eol: "unverified",
    delimiter: "page",
    header: "page",
    maxRows: "page",
  },
} as const satisfies ExportFormat;

/** The same as CSV; whether it wants a header row nobody has confirmed, so it has none. */
export const wechatBatchCsv = {
  ...wechatBatchTxt,
  id: "wechat-batch-csv",
  file: { ...wechatBatchTxt.file, extension: "csv" },
  verified: { ...wechatBatchTxt.verified, header: "unverified" },
} as const satisfies ExportFormat;
