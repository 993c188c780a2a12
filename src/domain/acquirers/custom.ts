import { unverified } from "./fact.ts";
import { everyFact, type AcquirerProfile } from "./profile.ts";

/** Any other acquirer: nothing is assumed about its window or limits. */
export const custom = {
  id: "custom",
  channels: ["other"],
  settlement: "unknown",
  d0Refund: "unknown",
  balanceSource: "unknown",
  voids: "unknown",
  partials: "unknown",
  feeRule: "unknown",
  refundNoMax: 28,
  resendIdempotent: false,
  place: "portal",
  batchFormat: "refund-list-csv",
  fields: ["merchant_no", "out_trade_no", "refund_no", "amount", "reason"],
  amountUnit: "unknown",
  checklist: ["refund_role", "balance"],
  expected: { walletMinutes: 5, bankDays: 3 },
  support: { quote: ["merchant_no", "order_no", "refund_no", "amount", "time"] },
  errors: [],
  ownErrors: [],
  notes: [
    { name: "instant_no_refund", ...unverified("refund-model.md §4") },
    { name: "net_takings_of_today", ...unverified("refund-model.md §4") },
    { name: "one_part_only", ...unverified("refund-model.md §4") },
  ],
  facts: everyFact(unverified("refund-model.md §13")),
} as const satisfies AcquirerProfile;
