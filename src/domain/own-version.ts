import { given } from "./given.ts";
import type { RecordRef } from "./ids.ts";
import type { PaymentEvent } from "./journal-event.ts";
import type { MinorUnits } from "./money.ts";
import type { OutsideRefund, Peer } from "./outside-refund.ts";
import { countedMinor, counts } from "./payment-claim.ts";
import { ownExcess, type Payment } from "./payment.ts";
import { joinOutside, type PaymentVersion } from "./payment-version.ts";

const ownOf = ({ versions, paymentId, home }: Payment): PaymentVersion | undefined =>
  versions.find((one) => one.paymentId === paymentId && one.record.device === home);

/** Whether the own chain says less of a payment than all journals do, so that it would not verify alone. */
const saysLess = (payment: Payment, own: PaymentVersion | undefined): boolean => {
  if (own === undefined) return payment.shared || payment.record.device !== payment.home;
  const isBetter = payment.grade < own.grade || payment.state !== own.state;
  return payment.shared && (ownExcess(payment) > 0 || isBetter);
};

/** A record of another chain that tells of this payment, the same one whichever came first. */
export const peerOf = ({ versions, claims, home }: Payment): RecordRef | undefined => {
  const refunds = claims.map(({ record }) => record);
  const records = [...versions.map(({ record }) => record), ...refunds];
  return records.filter(({ device }) => device !== home).sort((a, b) => b.seq - a.seq)[0];
};

/** Every refund that the own chain did not make, by a number. */
export const refundsElsewhere = ({ claims, versions, home }: Payment): readonly OutsideRefund[] => {
  const made = new Set(claims.flatMap(({ numbers }) => numbers));
  const named = versions
    .flatMap(({ outside }) => outside)
    .filter(({ number }) => !made.has(number));
  const others = claims.filter((claim) => counts(claim) && claim.record.device !== home);
  const theirs = others.map(({ numbers: [number = ""], amount }) => ({
    number,
    minor: amount.minor,
  }));
  return joinOutside([...named, ...theirs]);
};

/** So much must count as refunded outside for the own chain to allow no more than all journals do. */
const externalFor = (payment: Payment): MinorUnits => {
  const elsewhere = countedMinor(payment.claims) - countedMinor(payment.claims, payment.home);
  const paid = payment.own?.paid.minor ?? payment.amount.minor;
  const tooMuch = Math.max(0, paid - payment.amount.minor);
  const known = payment.own?.external ?? 0;
  return Math.max(known, payment.external + elsewhere + tooMuch) as MinorUnits;
};

type Restated = Pick<
  PaymentEvent,
  "key" | "merchantNo" | "terminalNo" | "numbers" | "paidAt" | "lines" | "same"
>;

/** What every version repeats, as far as it is known. */
const restated = (payment: Payment, own: PaymentVersion | undefined): Restated => ({
  ...given("key", payment.key),
  ...given("merchantNo", payment.merchantNo),
  ...given("terminalNo", payment.terminalNo),
  ...given("numbers", Object.keys(payment.numbers).length === 0 ? undefined : payment.numbers),
  ...given("paidAt", payment.paidAt),
  ...given("lines", own?.lines === undefined ? payment.lines : undefined),
  ...given("same", own === undefined && payment.same.length > 0 ? payment.same : undefined),
});

/**
 * The version of a payment that this device's chain needs to say of it what all journals say (refundlog.md §16): refunds of
 * other devices as refunded outside, by their numbers. Undefined while it says so already.
 */
export const ownVersion = (payment: Payment, peer: Peer | undefined): PaymentEvent | undefined => {
  const own = ownOf(payment);
  if (peer === undefined || !saysLess(payment, own)) return undefined;
  const external = externalFor(payment);
  const outside = refundsElsewhere(payment);
  return {
    kind: "payment",
    paymentId: payment.paymentId,
    amount: own?.recordedAmount ?? payment.amount,
    source: "peer",
    state: payment.state,
    acquirer: payment.acquirer,
    channel: payment.channel,
    grade: payment.grade,
    peer,
    ...given("external", external === 0 ? undefined : external),
    ...given("outside", outside.length === 0 ? undefined : outside),
    ...given("replaces", own?.record),
    ...restated(payment, own),
  };
};
