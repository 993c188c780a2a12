import type { AcquirerProfile } from "./profile.ts";

/** WeChat Pay, direct merchant: payments-cn.md §2.1, §2.2; upload-files.md §3.1. */
export const wechatpay = {
  id: "wechatpay",
  channel: "wechat",
  refundWindowDays: 365,
  partialLimit: 50,
  minIntervalSeconds: 60,
  batchFormat: "wechat-batch-txt",
  unverified: ["batchFormat"],
} as const satisfies AcquirerProfile;
