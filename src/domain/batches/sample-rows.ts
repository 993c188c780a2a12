import { CNY } from "../currency.ts";
import type { Instant } from "../instant.ts";
import { money } from "../money.ts";
import type { RefundNumber } from "../refund-number.ts";
import type { BatchRow } from "./batch-row.ts";

const numbers = ["R7K2Q4000000001T", "R7K2Q4000000002R", "R7K2Q4000000003P"] as const;

/** Three made-up refunds, to look at a layout before there are real ones. */
export const sampleRows = (acquirer: string): readonly BatchRow[] =>
  numbers.map((refundNo, at) => ({
    refundNo: refundNo as RefundNumber,
    acquirerNo: refundNo,
    acquirer,
    outTradeNo: `A2026112200000${at + 1}`,
    transactionId: `420000234520261122000000000${at + 1}`,
    refNo: `15005163609${at + 1}`,
    voucherNo: `00012${at + 1}`,
    slipBatchNo: "000017",
    serialNo: `6620261122${at + 1}`,
    merchantNo: "1900000109",
    termNo: "T0000001",
    paidAt: "2026-11-22T06:02:00Z" as Instant,
    channel: "微信支付",
    originalMinor: money(6600, CNY).minor,
    minor: money(1250 * (at + 1), CNY).minor,
    currency: CNY,
    reason: "质量问题",
    operator: "s1",
  }));
