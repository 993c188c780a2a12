import { code, unverified } from "./fact.ts";
import { everyFact, type AcquirerProfile } from "./profile.ts";

/** 瑞银信: nothing but an old interface is public; voids and refunds are told as UnionPay's (payments-cn.md §2.7). */
export const ruiyinxin = {
  id: "ruiyinxin",
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
  fields: ["ref_no", "paid_at", "voucher_no", "slip_batch_no", "amount"],
  amountUnit: "unknown",
  checklist: ["slip", "supervisor_password", "paper", "same_batch_for_void"],
  expected: { walletMinutes: 5, bankDays: 3 },
  support: {
    quote: ["merchant_no", "term_no", "order_no", "ref_no", "refund_no", "amount", "time"],
  },
  errors: [],
  ownErrors: [],
  notes: [
    { name: "for_business", ...unverified("requirements.md R25") },
    { name: "nothing_public", ...unverified("payments-cn.md §2.7") },
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
    place: code("payments-cn.md §2.7"),
    batchFormat: unverified("upload-files.md §3.6"),
    fields: unverified("upload-files.md §4"),
    checklist: unverified("upload-files.md §7"),
    expected: unverified("refund-model.md §3.6"),
  },
} as const satisfies AcquirerProfile;
