import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import type { CaseId, DeviceId, PaymentId, RecordRef } from "./ids.ts";
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
  /** The goods it refunds, where they are told. */
  readonly lines?: readonly GoodsLine[];
};

/** A payment as the journal knows it: the latest version of its record and every refund that touches its balance. */
export type Payment = {
  readonly paymentId: PaymentId;
  readonly record: RecordRef;
  readonly recordedAt: Instant;
  readonly training: boolean;
  readonly amount: Money;
  /** What the latest record itself says was paid; what is refundable goes by `amount`. */
  readonly recordedAmount: Money;
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
  /** Masked name or account of the payer, as a person or a statement told it. */
  readonly payer?: string;
  /** Other payment ids that turned out to be this payment: their refunds count here too. */
  readonly same: readonly PaymentId[];
  /** Refunds of this payment under whichever of its ids. */
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

/** Refunds that are on their way. */
export const openClaims = (payment: Payment): readonly BalanceClaim[] =>
  payment.claims.filter((claim) => claim.standing === "reserves");

type Facts = Pick<Payment, "merchantNo" | "terminalNo" | "paidAt" | "lines" | "payer">;

/** Every id that is known to be this payment's too. */
const sameAfter = (known: Payment | undefined, event: PaymentEvent): readonly PaymentId[] => [
  ...new Set([...(known?.same ?? []), ...(event.same ?? [])]),
];

const newFacts = ({ event, personal }: Recorded<PaymentEvent>): Facts => ({
  ...given("merchantNo", event.merchantNo),
  ...given("terminalNo", event.terminalNo),
  ...given("paidAt", event.paidAt),
  ...given("lines", event.lines),
  ...given("payer", personal?.payer),
});

const knownFacts = (known: Payment | undefined): Facts =>
  known === undefined
    ? {}
    : {
        ...given("merchantNo", known.merchantNo),
        ...given("terminalNo", known.terminalNo),
        ...given("paidAt", known.paidAt),
        ...given("lines", known.lines),
        ...given("payer", known.payer),
      };

const highest = (one: MinorUnits | undefined, other: MinorUnits | undefined): MinorUnits => {
  const [a, b] = [one ?? (0 as MinorUnits), other ?? (0 as MinorUnits)];
  return a > b ? a : b;
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
    recordedAmount: event.amount,
    external: highest(known?.external, event.external),
    source: known?.source === "import" ? "import" : event.source,
    state: event.state,
    grade: event.grade,
    acquirer: event.acquirer,
    channel: event.channel,
    ...knownFacts(known),
    ...newFacts(recorded),
    ...given("key", known === undefined ? event.key : known.key),
    numbers: { ...known?.numbers, ...event.numbers },
    same: sameAfter(known, event),
    claims: known?.claims ?? [],
  };
};

/** What several payments that turned out to be one were worth: what a statement says, otherwise the lowest. */
const agreedOf = (payments: readonly Payment[]): Money => {
  const told = payments.find(({ source }) => source === "import");
  const lowest = [...payments].sort((one, other) => one.amount.minor - other.amount.minor)[0];
  const agreed = told ?? lowest;
  if (agreed === undefined) throw new Error("nothing to join");
  return agreed.amount;
};

/**
 * A payment with others that turned out to be it: all keep their id, and each knows every refund of any
 * (refundlog.md §5.1). The amount a statement names wins, that of the payment itself before others'; the highest of
 * what was refunded elsewhere counts.
 */
export const joinSame = (payment: Payment, others: readonly Payment[]): Payment => ({
  ...payment,
  amount: agreedOf([payment, ...others]),
  external: others.reduce((most, other) => highest(most, other.external), payment.external),
  same: [
    ...new Set([...payment.same, ...others.flatMap(({ paymentId, same }) => [paymentId, ...same])]),
  ].filter((id) => id !== payment.paymentId),
  claims: others.reduce((claims, other) => other.claims.reduce(putClaim, claims), payment.claims),
});

const putClaim = (
  claims: readonly BalanceClaim[],
  claim: BalanceClaim,
): readonly BalanceClaim[] => {
  const same = (other: BalanceClaim): boolean =>
    other.caseId === claim.caseId && other.attempt === claim.attempt;
  return claims.some(same)
    ? claims.map((other) => (same(other) ? claim : other))
    : [...claims, claim];
};

/** The payment with one claim put in place of its earlier state. */
export const withClaim = (payment: Payment, claim: BalanceClaim): Payment => ({
  ...payment,
  claims: putClaim(payment.claims, claim),
});

/** What more went out, or is on its way, than was ever paid; zero when all is well. */
export const overRefunded = (payment: Payment): Money => {
  const promised =
    reserved(payment).minor + spent(payment).minor + payment.external - payment.amount.minor;
  return money(Math.max(0, promised), payment.amount.currency);
};

/** The payment of which a chain does not know any more who paid. */
export const forgetPayer = (payment: Payment, device: DeviceId): Payment => {
  const { payer: _, ...rest } = payment;
  return payment.record.device === device ? rest : payment;
};
