import { code, trade, unverified } from "./fact.ts";
import { everyFact, type AcquirerProfile } from "./profile.ts";

/** UnionPay QR and 云闪付: several refunds up to the original amount, window by acquirer (payments-cn.md §2.4). */
export const unionpay = {
  id: "unionpay",
  channels: ["unionpay"],
  settlement: "T1",
  d0Refund: "unknown",
  balanceSource: "unknown",
  voids: "yes",
  partials: "many",
  feeRule: "unknown",
  refundNoMax: 40,
  resendIdempotent: false,
  place: "portal",
  batchFormat: "refund-list-csv",
  fields: ["out_trade_no", "transaction_id", "amount", "refund_no"],
  amountUnit: "fen",
  checklist: ["refund_role", "balance"],
  expected: { walletMinutes: 5, bankDays: 3 },
  support: { quote: ["merchant_no", "order_no", "refund_no", "amount", "time"] },
  errors: [],
  ownErrors: [],
  notes: [
    { name: "window_by_acquirer", ...unverified("payments-cn.md §2.1") },
    { name: "letters_and_digits", ...code("hanfengzqh/UnionPayQR, payments-cn.md §1.5") },
  ],
  facts: {
    ...everyFact(unverified("refund-model.md §13")),
    d0Refund: unverified("refund-model.md §4"),
    refundWindowDays: unverified("payments-cn.md §2.1"),
    voids: code("hanfengzqh/UnionPayQR, payments-cn.md §2.4"),
    voidCutoffMinutes: trade("payments-cn.md §2.8"),
    partials: code("hanfengzqh/UnionPayQR, payments-cn.md §2.4"),
    refundNoMax: code("hanfengzqh/UnionPayQR, payments-cn.md §1.5"),
    feeRule: unverified("payments-cn.md §2.1"),
    place: code("upload-files.md §3.3"),
    batchFormat: unverified("upload-files.md §3.3"),
    fields: code("upload-files.md §4"),
    amountUnit: code("upload-files.md §8"),
    expected: unverified("refund-model.md §3.6"),
  },
} as const satisfies AcquirerProfile;
