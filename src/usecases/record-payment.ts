import { base32, type PaymentId } from "../domain/ids.ts";
import type { PaymentEvent } from "../domain/journal-event.ts";
import {
  decideLookedUp,
  decideManualPayment,
  type ManualPayment,
  type ManualPaymentFault,
} from "../domain/manual-payment.ts";
import { findCardNumbers } from "../domain/pan-guard.ts";
import { paymentKey } from "../domain/payment-key.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { saleOf } from "../ledger/sale-key.ts";
import { getPayment } from "../storage/queries.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { whoMay, type Deps, type LockedFault } from "./deps.ts";
import { findPayment } from "./find-payment.ts";
import { cutText } from "../domain/typed-text.ts";
import type { Saved } from "../storage/append-record.ts";
import { planOf, recordEvents, type RecordFault } from "./record-event.ts";

export type RecordPaymentFault =
  | ManualPaymentFault
  | LockedFault
  | NotEntitled
  | RecordFault
  | { readonly kind: "payment_known"; readonly paymentId: PaymentId }
  | { readonly kind: "card_number_in_text" };

const longestPayer = 64;

const textsOf = ({ goods, number, payer, lines = [] }: PaymentToRecord): readonly string[] => [
  goods ?? "",
  number?.text ?? "",
  payer ?? "",
  ...lines.map(({ name }) => name),
];

const keyOf = (entry: ManualPayment): PaymentEvent["key"] =>
  entry.number === undefined
    ? undefined
    : paymentKey({ [entry.number.name]: entry.number.text }, undefined);

const idOf = (deps: Deps, entry: ManualPayment, key: PaymentEvent["key"]): PaymentId =>
  key === undefined ? (base32(deps.random(10)) as PaymentId) : saleOf(entry.acquirer, key);

type Known = { readonly kind: "payment_known"; readonly paymentId: PaymentId };

/** The payment that is here under this number or this id; asked again on the newest state. */
const findKnown = async (
  deps: Deps,
  entry: ManualPayment,
  paymentId: PaymentId,
): Promise<Known | undefined> => {
  if ((await getPayment(deps.journal.db, paymentId)) !== undefined)
    return { kind: "payment_known", paymentId };
  const found = entry.number && (await findPayment(deps, entry.number.text));
  if (found?.kind === "payment")
    return { kind: "payment_known", paymentId: found.found.payment.paymentId };
  const [first] = found?.kind === "several" ? found.found : [];
  return first && { kind: "payment_known", paymentId: first.payment.paymentId };
};

/** A payment as typed, with what is told of the payer, which can be erased. */
export type PaymentToRecord = ManualPayment & { readonly payer?: string };

/** Records a payment by hand, for stalls without a statement; a number that is known here already is refused. */
export const recordPayment = async (
  deps: Deps,
  entry: PaymentToRecord,
): Promise<Result<PaymentId, RecordPaymentFault>> => {
  const staff = whoMay(deps, "record_payment");
  if (!staff.ok) return staff;
  if (findCardNumbers(textsOf(entry).join(" ")).length > 0)
    return fail({ kind: "card_number_in_text" });
  const key = keyOf(entry);
  const paymentId = idOf(deps, entry, key);
  const saved = await recordEvents<ManualPaymentFault | Known>(deps, async ({ now }) => {
    const known = await findKnown(deps, entry, paymentId);
    if (known !== undefined) return fail(known);
    const event = decideManualPayment(entry, now, { paymentId, key });
    if (!event.ok) return event;
    const payer = cutText(entry.payer ?? "", longestPayer);
    const personal = payer === "" ? {} : { personal: { payer } };
    return ok({ events: [{ event: event.value, ...personal }] });
  });
  return saved.ok ? ok(paymentId) : saved;
};

export type LookedUpFault =
  | LockedFault
  | NotEntitled
  | RecordFault
  | { readonly kind: "not_unknown" };

/** Records what became of a payment whose fate was unknown, after it was looked up at the acquirer. */
export const recordLookedUp = async (
  deps: Deps,
  paymentId: PaymentId,
  state: "paid" | "unpaid",
): Promise<Result<Saved, LookedUpFault>> => {
  const staff = whoMay(deps, "record_payment");
  if (!staff.ok) return staff;
  return recordEvents<{ readonly kind: "not_unknown" }>(deps, async () => {
    const payment = await getPayment(deps.journal.db, paymentId);
    if (payment === undefined) return fail({ kind: "not_unknown" });
    const event = decideLookedUp(payment, state);
    return event.ok ? planOf(event.value) : event;
  });
};
