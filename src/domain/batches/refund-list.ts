import { mostSheetRows, type ExportFormat } from "./export-format.ts";

/** Our own list for people and for acquirers without a public template (upload-files.md §3.7). */
export const refundListCsv = {
  id: "refund-list-csv",
  version: 1,
  acquirer: "custom",
  file: {
    kind: "text",
    extension: "csv",
    delimiter: ",",
    encoding: "utf-8",
    bom: true,
    eol: "\r\n",
    finalEol: true,
    forPeople: true,
  },
  head: [],
  columns: [
    { field: "row_no", caption: "序号" },
    { field: "merchant_no", caption: "商户号" },
    { field: "term_no", caption: "终端号" },
    { field: "paid_at", caption: "原交易日期", pattern: "yyyy-MM-dd" },
    { field: "paid_at", caption: "原交易时间", pattern: "HH:mm:ss" },
    { field: "channel", caption: "支付方式" },
    { field: "transaction_id", caption: "交易单号" },
    { field: "out_trade_no", caption: "商户订单号" },
    { field: "ref_no", caption: "参考号" },
    { field: "voucher_no", caption: "凭证号" },
    { field: "slip_batch_no", caption: "批次号" },
    { field: "amount_total", caption: "原金额({unit})", unit: "yuan" },
    { field: "amount", caption: "退款金额({unit})", unit: "yuan" },
    { field: "refund_no", caption: "退款单号", needed: true },
    { field: "reason", caption: "退款原因" },
    { field: "operator_id", caption: "操作员" },
    { field: "note", caption: "备注" },
  ],
  trailer: [["合计", "{count}", "{total}"]],
  maxRows: 10_000,
  name: "refunds_{batch_no}",
  onePerOrder: false,
  verified: {},
} as const satisfies ExportFormat;

/** The same list as a sheet of text cells, for portals and clerks that take no CSV. */
export const refundListXls = {
  ...refundListCsv,
  id: "refund-list-xls",
  file: { kind: "xls", forPeople: true },
  maxRows: mostSheetRows,
} as const satisfies ExportFormat;
