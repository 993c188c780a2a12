import type { AcquirerProfile } from "./profile.ts";

/** Alipay, direct merchant: the window is a matter of the contract (payments-cn.md §2.1, §2.3). */
export const alipay = {
  id: "alipay",
  channel: "alipay",
  minIntervalSeconds: 3,
  batchFormat: "refund-list-csv",
  unverified: ["refundWindowDays", "partialLimit"],
} as const satisfies AcquirerProfile;
