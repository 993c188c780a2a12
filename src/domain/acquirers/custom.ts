import type { AcquirerProfile } from "./profile.ts";

/** Any other acquirer: nothing is assumed about its window or limits. */
export const custom = {
  id: "custom",
  channel: "other",
  batchFormat: "refund-list-csv",
  unverified: ["refundWindowDays", "partialLimit"],
} as const satisfies AcquirerProfile;
