import { acquirerOf } from "./acquirers/index.ts";
import type { Channel } from "./channels.ts";
import { given } from "./given.ts";
import { isPaymentCode } from "./codes/index.ts";
import { firstInstant, type Instant } from "./instant.ts";
import type { PaymentId } from "./ids.ts";
import type { EvidenceGrade, Numbers, PaymentEvent } from "./journal-event.ts";
import { isZero, maxRecordMinor, type Money } from "./money.ts";
import { cleanText } from "./typed-text.ts";
import { fail, ok, type Result } from "./result.ts";

/** What proves a payment that no statement here shows (refund-model.md §5.1). */
export const proofs = ["slip", "own_sale", "bill_barcode", "screenshot"] as const;
export type Proof = (typeof proofs)[number];

const grades: Readonly<Record<Proof, EvidenceGrade>> = {
  slip: "B",
  own_sale: "C",
  bill_barcode: "D",
  screenshot: "E",
};

export const gradeOf = (proof: Proof): EvidenceGrade => grades[proof];

/** A payment as a person types it in. */
export type ManualPayment = {
  readonly amount: Money;
  readonly channel: Channel;
  readonly paidAt: Instant;
  readonly proof: Proof;
  /** Order number as scanned or typed; its kind says whether it is the channel's or the shop's own. */
  readonly number?: { readonly name: "transaction_id" | "out_trade_no"; readonly text: string };
  readonly goods?: string;
};

export type ManualPaymentFault =
  | { readonly kind: "amount_zero" }
  | { readonly kind: "amount_above_format"; readonly limit: number }
  | { readonly kind: "paid_in_future" }
  | { readonly kind: "bad_time" }
  | { readonly kind: "payment_code" }
  | { readonly kind: "number_characters" }
  | { readonly kind: "goods_too_long" };

const numbersOf = (entry: ManualPayment): Numbers | undefined =>
  entry.number === undefined ? undefined : { [entry.number.name]: entry.number.text };

const checkNumber = ({ number }: ManualPayment, now: Instant): ManualPaymentFault | undefined => {
  if (number === undefined) return undefined;
  if (!/^[!-~]{1,64}$/.test(number.text)) return { kind: "number_characters" };
  return isPaymentCode(number.text, now) ? { kind: "payment_code" } : undefined;
};

const checkEntry = (entry: ManualPayment, now: Instant): ManualPaymentFault | undefined => {
  if (isZero(entry.amount) || entry.amount.minor < 0) return { kind: "amount_zero" };
  if (entry.amount.minor > maxRecordMinor)
    return { kind: "amount_above_format", limit: maxRecordMinor };
  if (entry.paidAt > now) return { kind: "paid_in_future" };
  if (entry.paidAt < firstInstant) return { kind: "bad_time" };
  const number = checkNumber(entry, now);
  if (number !== undefined) return number;
  return (entry.goods ?? "").length > 200 ? { kind: "goods_too_long" } : undefined;
};

/** The record of a payment typed in by hand, or why it cannot be one. */
export const decideManualPayment = (
  entry: ManualPayment,
  now: Instant,
  id: { readonly paymentId: PaymentId; readonly key: PaymentEvent["key"] },
): Result<PaymentEvent, ManualPaymentFault> => {
  const fault = checkEntry(entry, now);
  if (fault !== undefined) return fail(fault);
  const goods = cleanText(entry.goods ?? "");
  return ok({
    kind: "payment",
    paymentId: id.paymentId,
    amount: entry.amount,
    source: entry.proof === "bill_barcode" ? "scan" : "manual",
    state: "paid",
    acquirer: acquirerOf(entry.channel),
    channel: entry.channel,
    grade: gradeOf(entry.proof),
    paidAt: entry.paidAt,
    ...given("key", id.key),
    ...given("numbers", numbersOf(entry)),
    ...given("lines", goods === "" ? undefined : [{ index: 1, quantity: "1", name: goods }]),
  });
};
