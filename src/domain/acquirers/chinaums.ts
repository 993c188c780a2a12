import { code, trade, unverified } from "./fact.ts";
import { everyFact, type AcquirerProfile } from "./profile.ts";

/** 银联商务, cleared by UnionPay: its own source number stands in front of every refund number (payments-cn.md §2.5). */
export const chinaums = {
  id: "chinaums",
  channels: [],
  settlement: "unknown",
  d0Refund: "unknown",
  balanceSource: "unknown",
  voids: "yes",
  partials: "unknown",
  feeRule: "unknown",
  refundNoMax: 32,
  refundNoPrefixLength: 4,
  resendIdempotent: false,
  place: "terminal",
  batchFormat: "refund-list-csv",
  fields: ["transaction_id", "out_trade_no", "amount", "refund_no", "channel"],
  amountUnit: "fen",
  checklist: ["slip", "supervisor_password", "paper", "same_batch_for_void"],
  expected: { walletMinutes: 5, bankDays: 3 },
  support: {
    quote: ["merchant_no", "term_no", "order_no", "ref_no", "refund_no", "amount", "time"],
  },
  errors: [
    {
      codes: ["MC_210001"],
      meaning: "timed_out",
      state: "unknown",
      actions: ["query"],
      verified: true,
    },
  ],
  ownErrors: [],
  notes: [
    { name: "cleared_by_unionpay", ...unverified("requirements.md R25") },
    { name: "licence_and_account", ...unverified("requirements.md R25") },
    { name: "source_prefix", ...code("maczh/chinaums, payments-cn.md §1.5") },
    { name: "scan_the_bill", ...code("maczh/chinaums, payments-cn.md §2.5") },
    { name: "instant_no_refund", ...unverified("refund-model.md §4") },
  ],
  facts: {
    ...everyFact(unverified("refund-model.md §13")),
    d0Refund: unverified("refund-model.md §4"),
    refundWindowDays: unverified("payments-cn.md §2.1"),
    voids: code("maczh/chinaums, payments-cn.md §2.5"),
    voidCutoffMinutes: trade("payments-cn.md §2.8"),
    refundNoMax: code("maczh/chinaums, payments-cn.md §1.5"),
    partials: unverified("payments-cn.md §2.1"),
    feeRule: unverified("payments-cn.md §2.1"),
    place: code("upload-files.md §4"),
    batchFormat: unverified("upload-files.md §3.6"),
    fields: code("upload-files.md §4"),
    amountUnit: code("upload-files.md §8"),
    checklist: unverified("upload-files.md §7"),
    expected: unverified("refund-model.md §3.6"),
  },
} as const satisfies AcquirerProfile;
