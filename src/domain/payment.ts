import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import type { CaseId, PaymentId, RecordRef } from "./ids.ts";
import type {
  EvidenceGrade,
  GoodsLine,
  Numbers,
  PaymentEvent,
  PaymentSource,
  PaymentState,
  Recorded,
} from "./journal-event.ts";
import { money, subtract, sum, zero, type MinorUnits, type Money } from "./money.ts";
import type { Standing } from "./refund/money-track.ts";

/** What one attempt of a refund does to the balance of its payment. */
export type BalanceClaim = {
  readonly caseId: CaseId;
  readonly attempt: number;
  readonly amount: Money;
  readonly standing: Standing;
};

/** A payment as the journal knows it: the latest version of its record and every refund that touches its balance. */
export type Payment = {
  readonly paymentId: PaymentId;
  readonly record: RecordRef;
  readonly recordedAt: Instant;
  readonly training: boolean;
  readonly amount: Money;
  readonly external: MinorUnits;
  readonly source: PaymentSource;
  readonly state: PaymentState;
  readonly grade: EvidenceGrade;
  readonly acquirer: string;
  readonly channel: string;
  /** The number that paymentId is derived from, as its first record named it. */
  readonly key?: { readonly name: string; readonly number: string };
  readonly numbers: Numbers;
  readonly merchantNo?: string;
  readonly terminalNo?: string;
  readonly paidAt?: Instant;
  readonly lines?: readonly GoodsLine[];
  readonly claims: readonly BalanceClaim[];
};

const claimed = (payment: Payment, standing: Standing): Money =>
  sum(
    payment.claims.filter((claim) => claim.standing === standing).map((claim) => claim.amount),
    payment.amount.currency,
  );

/** Money of refunds that are on their way; only evidence frees it, never time. */
export const reserved = (payment: Payment): Money => claimed(payment, "reserves");

/** Money of refunds that arrived. */
export const spent = (payment: Payment): Money => claimed(payment, "spends");

/** What may still be refunded: max(0, paid − reserved − spent − external) (refund-model.md §1). */
export const remaining = (payment: Payment): Money => {
  const left = subtract(subtract(subtract(payment.amount, reserved(payment)), spent(payment)), {
    minor: payment.external,
    currency: payment.amount.currency,
  });
  return left.minor < 0 ? zero(left.currency) : left;
};

/** Refunds of this payment that count, in the order they were made. */
export const countedClaims = (payment: Payment): readonly BalanceClaim[] =>
  payment.claims.filter((claim) => claim.standing !== "frees");

/** The amount of a new version: a statement row wins, otherwise the lowest stands (refundlog.md §5.1). */
const agreedAmount = (known: Payment | undefined, event: PaymentEvent): Money => {
  if (known === undefined || event.source === "import") return event.amount;
  if (known.source === "import") return known.amount;
  return event.amount.minor < known.amount.minor ? event.amount : known.amount;
};

type Facts = Pick<Payment, "merchantNo" | "terminalNo" | "paidAt" | "lines">;

const newFacts = (event: PaymentEvent): Facts => ({
  ...given("merchantNo", event.merchantNo),
  ...given("terminalNo", event.terminalNo),
  ...given("paidAt", event.paidAt),
  ...given("lines", event.lines),
});

const knownFacts = (known: Payment | undefined): Facts =>
  known === undefined
    ? {}
    : {
        ...given("merchantNo", known.merchantNo),
        ...given("terminalNo", known.terminalNo),
        ...given("paidAt", known.paidAt),
        ...given("lines", known.lines),
      };

/** Takes a version of a payment over what was known of it. */
export const takePayment = (
  known: Payment | undefined,
  recorded: Recorded<PaymentEvent>,
): Payment => {
  const { event } = recorded;
  return {
    paymentId: event.paymentId,
    record: recorded.ref,
    recordedAt: known?.recordedAt ?? recorded.at,
    training: recorded.training,
    amount: agreedAmount(known, event),
    external: money(Math.max(known?.external ?? 0, event.external ?? 0), event.amount.currency)
      .minor,
    source: known?.source === "import" ? "import" : event.source,
    state: event.state,
    grade: event.grade,
    acquirer: event.acquirer,
    channel: event.channel,
    ...knownFacts(known),
    ...newFacts(event),
    ...given("key", known === undefined ? event.key : known.key),
    numbers: { ...known?.numbers, ...event.numbers },
    claims: known?.claims ?? [],
  };
};

/** The payment with one claim put in place of its earlier state. */
export const withClaim = (payment: Payment, claim: BalanceClaim): Payment => {
  const same = (other: BalanceClaim): boolean =>
    other.caseId === claim.caseId && other.attempt === claim.attempt;
  const known = payment.claims.some(same);
  const claims = known
    ? payment.claims.map((other) => (same(other) ? claim : other))
    : [...payment.claims, claim];
  return { ...payment, claims };
};
