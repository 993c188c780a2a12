import type { Channel } from "./channels.ts";
import { given } from "./given.ts";
import { isPaymentCode } from "./codes/index.ts";
import { firstInstant, type Instant } from "./instant.ts";
import { writeFreeLines, type FreeLine, type LineFault } from "./goods-lines.ts";
import type { PaymentId } from "./ids.ts";
import type { EvidenceGrade, GoodsLine, Numbers, PaymentEvent } from "./journal-event.ts";
import { isZero, maxRecordMinor, type Money } from "./money.ts";
import type { Payment } from "./payment.ts";
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

/** How a payment stands as a person tells it; a transfer went to somebody's own collection code (X22). */
export const toldStates = ["paid", "unknown", "unpaid", "transfer"] as const;
export type ToldState = (typeof toldStates)[number];

/** A payment as a person types it in. */
export type ManualPayment = {
  readonly amount: Money;
  readonly channel: Channel;
  /** Whose statement and portal it is in; by default the channel's own. */
  readonly acquirer: string;
  readonly state: ToldState;
  readonly paidAt: Instant;
  readonly proof: Proof;
  /** Order number as scanned or typed; its kind says whether it is the channel's or the shop's own. */
  readonly number?: { readonly name: "transaction_id" | "out_trade_no"; readonly text: string };
  readonly goods?: string;
  /** Goods with their prices, for refunds by item; they take the place of `goods`. */
  readonly lines?: readonly FreeLine[];
};

export type ManualPaymentFault =
  | LineFault
  | { readonly kind: "amount_zero" }
  | { readonly kind: "amount_above_format"; readonly limit: number }
  | { readonly kind: "paid_in_future" }
  | { readonly kind: "bad_time" }
  | { readonly kind: "payment_code" }
  | { readonly kind: "number_characters" }
  | { readonly kind: "goods_too_long" };

const numbersOf = (entry: ManualPayment): Numbers | undefined =>
  entry.number === undefined ? undefined : { [entry.number.name]: entry.number.text };

const linesOf = ({
  goods = "",
  lines = [],
}: ManualPayment): Result<readonly GoodsLine[] | undefined, LineFault> => {
  if (lines.length > 0) return writeFreeLines(lines);
  const name = cleanText(goods);
  return ok(name === "" ? undefined : [{ index: 1, quantity: "1", name }]);
};

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
  const lines = linesOf(entry);
  if (!lines.ok) return lines;
  return ok({
    kind: "payment",
    paymentId: id.paymentId,
    amount: entry.amount,
    source: entry.proof === "bill_barcode" ? "scan" : "manual",
    state: entry.state,
    acquirer: entry.acquirer,
    channel: entry.channel,
    grade: gradeOf(entry.proof),
    paidAt: entry.paidAt,
    ...given("key", id.key),
    ...given("numbers", numbersOf(entry)),
    ...given("lines", lines.value),
  });
};

/** What the own chain has said so far is refunded elsewhere. */
const externalOf = ({ own, external }: Payment): PaymentEvent["external"] => {
  const said = own?.external ?? external;
  return said === 0 ? undefined : said;
};

/** A payment whose fate was unknown, or told as unpaid, after somebody looked it up (G1). */
export const decideLookedUp = (
  payment: Payment,
  state: "paid" | "unpaid",
): Result<PaymentEvent, { readonly kind: "not_unknown" }> => {
  const { paymentId, recordedAmount: amount, source, acquirer, channel, grade, record } = payment;
  const open = payment.state === "unknown" || (payment.state === "unpaid" && state === "paid");
  if (!open) return fail({ kind: "not_unknown" });
  return ok({
    kind: "payment",
    paymentId,
    amount,
    source,
    state,
    acquirer,
    channel,
    grade,
    replaces: record,
    ...given("key", payment.key),
    ...given("numbers", Object.keys(payment.numbers).length === 0 ? undefined : payment.numbers),
    ...given("paidAt", payment.paidAt),
    ...given("lines", payment.lines),
    ...given("external", externalOf(payment)),
  });
};
