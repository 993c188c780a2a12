import { acquirerOf } from "../../../domain/acquirers/index.ts";
import { findChannel, type Channel } from "../../../domain/channels.ts";
import { parseCode } from "../../../domain/codes/index.ts";
import type { NumberKind } from "../../../domain/codes/scanned-code.ts";
import { parseWallClock, type BusinessDate, type Calendar } from "../../../domain/instant.ts";
import type { ManualPayment, Proof, ToldState } from "../../../domain/manual-payment.ts";
import { isZero, type Money } from "../../../domain/money.ts";
import { fail, ok, type Result } from "../../../domain/result.ts";
import type { PaymentToRecord } from "../../../usecases/record-payment.ts";
import { freeLinesOf, type FreeRow } from "../new-refund/refund-entry.ts";

/** What the screen holds besides the typed amount; texts as they stand in their fields. */
export type PaymentEntry = {
  readonly amount: Money;
  readonly channel: string | undefined;
  readonly proof: Proof;
  readonly state: ToldState;
  /** Empty for the channel's own. */
  readonly acquirer: string;
  readonly number: string;
  readonly goods: string;
  readonly payer: string;
  readonly rows: readonly FreeRow[];
  /** `2026-11-22T14:02`, as the browser's own field writes it. */
  readonly time: string;
};

export type PaymentEntryFault =
  | { readonly kind: "amount_zero" }
  | { readonly kind: "channel_missing" }
  | { readonly kind: "bad_time" }
  | { readonly kind: "payment_code" }
  | { readonly kind: "bad_quantity" };

/** Numbers that a channel gives out itself; everything else is the shop's own order number. */
const channelNumbers: Readonly<Partial<Record<NumberKind, Channel>>> = {
  wechat_transaction_id: "wechat",
  alipay_trade_no: "alipay",
  unionpay_query_id: "unionpay",
  wechat_transfer_no: "wechat",
  alipay_transfer_no: "alipay",
};

const transferNumbers: ReadonlySet<NumberKind | undefined> = new Set([
  "wechat_transfer_no",
  "alipay_transfer_no",
] as const);

const kindOf = (text: string, today: BusinessDate): NumberKind | undefined => {
  const code = parseCode(text, today);
  return code.kind === "number" || code.kind === "ask" ? code.numbers[0]?.kind : undefined;
};

/** The channel that a number can only come from. */
export const channelOf = (text: string, today: BusinessDate): Channel | undefined => {
  const kind = kindOf(text, today);
  return kind === undefined ? undefined : channelNumbers[kind];
};

/** How the payment of a number stands: money sent to somebody's own code is no payment to a merchant (X22). */
export const stateOf = (text: string, today: BusinessDate): ToldState =>
  transferNumbers.has(kindOf(text, today)) ? "transfer" : "paid";

const numberOf = (
  text: string,
  today: BusinessDate,
): Result<ManualPayment["number"], PaymentEntryFault> => {
  if (text === "") return ok(undefined);
  if (parseCode(text, today).kind === "payment_code") return fail({ kind: "payment_code" });
  const name = channelOf(text, today) === undefined ? "out_trade_no" : "transaction_id";
  return ok({ name, text });
};

/** Rows that somebody began to fill in. */
const filledRows = ({ rows }: PaymentEntry): readonly FreeRow[] =>
  rows.filter(({ name, price }) => name.trim() !== "" || price.trim() !== "");

/** The entry as the use case takes it; whether it can be recorded is decided there. */
export const paymentOf = (
  entry: PaymentEntry,
  today: BusinessDate,
  { zone }: Calendar,
): Result<PaymentToRecord, PaymentEntryFault> => {
  const { amount, proof, goods, payer, state } = entry;
  if (isZero(amount)) return fail({ kind: "amount_zero" });
  const channel = findChannel(entry.channel ?? "");
  if (channel === undefined) return fail({ kind: "channel_missing" });
  const number = numberOf(entry.number.trim(), today);
  if (!number.ok) return number;
  const paidAt = parseWallClock(entry.time.replace("T", " "), zone);
  if (!paidAt.ok) return paidAt;
  const rows = filledRows(entry);
  const lines = freeLinesOf(rows, amount);
  if (lines.length !== rows.length) return fail({ kind: "bad_quantity" });
  return ok({
    amount,
    channel,
    acquirer: entry.acquirer === "" ? acquirerOf(channel) : entry.acquirer,
    state,
    paidAt: paidAt.value,
    proof,
    ...(number.value === undefined ? {} : { number: number.value }),
    ...(goods.trim() === "" ? {} : { goods }),
    ...(payer.trim() === "" ? {} : { payer }),
    ...(lines.length === 0 ? {} : { lines }),
  });
};
