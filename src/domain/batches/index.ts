import type { ExportFormat } from "./export-format.ts";
import {
  alipayBatchXls,
  ownTableXls,
  unionpayPcTxt,
  unionpayWapXls,
  yeepayXls,
} from "./portal-files.ts";
import { refundListCsv, refundListXls } from "./refund-list.ts";
import {
  alipayRefundJson,
  lakalaJson,
  umsBillsJson,
  umsNetpayJson,
  umsPoslinkJson,
  unionpay04Json,
  wechatV3Json,
} from "./request-formats.ts";
import { wechatBatchCsv, wechatBatchTxt } from "./wechat-batch.ts";

/** Every upload file this version writes. */
export const exportFormats = {
  "wechat-batch-txt": wechatBatchTxt,
  "wechat-batch-csv": wechatBatchCsv,
  "alipay-batch-xls": alipayBatchXls,
  "unionpay-pc-txt": unionpayPcTxt,
  "unionpay-wap-xls": unionpayWapXls,
  "yeepay-xls": yeepayXls,
  "own-table-xls": ownTableXls,
  "refund-list-csv": refundListCsv,
  "refund-list-xls": refundListXls,
  "wechat-v3-json": wechatV3Json,
  "alipay-refund-json": alipayRefundJson,
  "ums-netpay-json": umsNetpayJson,
  "ums-bills-json": umsBillsJson,
  "ums-poslink-json": umsPoslinkJson,
  "lakala-json": lakalaJson,
  "unionpay-04-json": unionpay04Json,
} as const satisfies { readonly [id: string]: ExportFormat };

export type ExportFormatId = keyof typeof exportFormats;
