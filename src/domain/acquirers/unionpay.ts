import type { AcquirerProfile } from "./profile.ts";

/** UnionPay QR and 云闪付: several refunds up to the original amount, window by acquirer (payments-cn.md §2.4). */
export const unionpay = {
  id: "unionpay",
  channel: "unionpay",
  batchFormat: "refund-list-csv",
  unverified: ["refundWindowDays", "partialLimit"],
} as const satisfies AcquirerProfile;
