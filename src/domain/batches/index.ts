import type { ExportFormat } from "./export-format.ts";
import { refundListCsv } from "./refund-list-csv.ts";
import { wechatBatchTxt } from "./wechat-batch-txt.ts";

/** Every upload file this version writes. */
export const exportFormats = {
  "wechat-batch-txt": wechatBatchTxt,
  "refund-list-csv": refundListCsv,
} as const satisfies { readonly [id: string]: ExportFormat };

export type ExportFormatId = keyof typeof exportFormats;
