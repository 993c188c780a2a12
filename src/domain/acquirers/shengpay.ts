import { code, unverified } from "./fact.ts";
import { everyFact, type AcquirerProfile } from "./profile.ts";

/** 盛付通: amounts in yuan; its refund fields are not public (payments-cn.md §2.7). */
export const shengpay = {
  id: "shengpay",
  channels: [],
  settlement: "unknown",
  d0Refund: "unknown",
  balanceSource: "unknown",
  voids: "yes",
  partials: "many",
  feeRule: "unknown",
  refundNoMax: 28,
  resendIdempotent: false,
  place: "terminal",
  batchFormat: "refund-list-csv",
  fields: ["out_trade_no", "amount"],
  amountUnit: "yuan",
  checklist: ["slip", "supervisor_password", "paper", "same_batch_for_void"],
  expected: { walletMinutes: 5, bankDays: 3 },
  support: {
    quote: ["merchant_no", "term_no", "order_no", "ref_no", "refund_no", "amount", "time"],
  },
  errors: [],
  ownErrors: [],
  notes: [
    { name: "failed_again_alone", ...code("upload-files.md §4") },
    { name: "instant_no_refund", ...unverified("refund-model.md §4") },
  ],
  facts: {
    ...everyFact(unverified("refund-model.md §13")),
    d0Refund: unverified("refund-model.md §4"),
    refundWindowDays: unverified("payments-cn.md §2.1"),
    voids: unverified("refund-model.md §4"),
    voidCutoffMinutes: unverified("refund-model.md §4"),
    partials: unverified("refund-model.md §4"),
    feeRule: unverified("payments-cn.md §2.1"),
    place: unverified("upload-files.md §4"),
    batchFormat: unverified("upload-files.md §3.6"),
    fields: code("upload-files.md §4"),
    amountUnit: code("pifeifei/php-shengpay-sdk, payments-cn.md §2.7"),
    checklist: unverified("upload-files.md §7"),
    expected: unverified("refund-model.md §3.6"),
  },
} as const satisfies AcquirerProfile;
