import { given } from "./given.ts";
import type { PaymentId, RecordRef } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type {
  EvidenceGrade,
  GoodsLine,
  Numbers,
  PaymentEvent,
  PaymentSource,
  PaymentState,
  Recorded,
} from "./journal-event.ts";
import type { MinorUnits, Money } from "./money.ts";
import type { OutsideRefund } from "./outside-refund.ts";

/** What a payment is besides its money; a later record tells it over an earlier one. */
export type PaymentFacts = {
  readonly merchantNo?: string;
  readonly terminalNo?: string;
  readonly paidAt?: Instant;
  readonly lines?: readonly GoodsLine[];
  /** Masked name or account of the payer, as a person or a statement told it. */
  readonly payer?: string;
};

/** What one device's chain says of a payment: its records folded in their order (refundlog.md §5.1). */
export type PaymentVersion = PaymentFacts & {
  readonly paymentId: PaymentId;
  /** The latest record. */
  readonly record: RecordRef;
  readonly recordedAt: Instant;
  readonly toldAt: Instant;
  readonly training: boolean;
  /** The newest statement row's amount. */
  readonly imported?: { readonly amount: Money; readonly at: Instant; readonly record: RecordRef };
  readonly lowest: Money;
  readonly recordedAmount: Money;
  /** The most that a record has called refunded outside the chain, and which refunds those are. */
  readonly external: MinorUnits;
  readonly outside: readonly OutsideRefund[];
  readonly source: PaymentSource;
  readonly state: PaymentState;
  readonly grade: EvidenceGrade;
  readonly acquirer: string;
  readonly channel: string;
  readonly key?: { readonly name: string; readonly number: string };
  readonly numbers: Numbers;
  readonly same: readonly PaymentId[];
};

/** The facts of a payment alone, out of whatever holds them. */
export const factsOf = (known: PaymentFacts): PaymentFacts => ({
  ...given("merchantNo", known.merchantNo),
  ...given("terminalNo", known.terminalNo),
  ...given("paidAt", known.paidAt),
  ...given("lines", known.lines),
  ...given("payer", known.payer),
});

export const highest = (one: MinorUnits, other: MinorUnits): MinorUnits =>
  one > other ? one : other;

/** Every refund that some record names, each once at the most it was said to be, by number. */
export const joinOutside = (all: readonly OutsideRefund[]): readonly OutsideRefund[] => {
  const byNumber = new Map<string, MinorUnits>();
  for (const { number, minor } of all)
    byNumber.set(number, highest(minor, byNumber.get(number) ?? minor));
  return [...byNumber]
    .map(([number, minor]) => ({ number, minor }))
    .sort((one, other) => (one.number < other.number ? -1 : 1));
};

const lower = (one: Money | undefined, other: Money): Money =>
  one !== undefined && one.minor <= other.minor ? one : other;

const importedAfter = (
  known: PaymentVersion | undefined,
  { event, at, ref }: Recorded<PaymentEvent>,
): PaymentVersion["imported"] =>
  event.source === "import" ? { amount: event.amount, at, record: ref } : known?.imported;

type Amounts = Pick<
  PaymentVersion,
  "imported" | "lowest" | "recordedAmount" | "external" | "outside"
>;

const none = 0 as MinorUnits;

const amountsAfter = (
  known: PaymentVersion | undefined,
  recorded: Recorded<PaymentEvent>,
): Amounts => {
  const { event } = recorded;
  return {
    ...given("imported", importedAfter(known, recorded)),
    lowest: lower(known?.lowest, event.amount),
    recordedAmount: event.amount,
    external: highest(known?.external ?? none, event.external ?? none),
    outside: joinOutside([...(known?.outside ?? []), ...(event.outside ?? [])]),
  };
};

/** Takes a record over what its chain said before. */
export const takeVersion = (
  known: PaymentVersion | undefined,
  recorded: Recorded<PaymentEvent>,
): PaymentVersion => {
  const { event, ref, at } = recorded;
  const { paymentId, state, grade, acquirer, channel } = event;
  return {
    ...amountsAfter(known, recorded),
    paymentId,
    state,
    grade,
    acquirer,
    channel,
    record: ref,
    recordedAt: known?.recordedAt ?? at,
    toldAt: at,
    training: recorded.training,
    source: known?.source === "import" ? "import" : event.source,
    ...factsOf(known ?? {}),
    ...factsOf({ ...event, ...given("payer", recorded.personal?.payer) }),
    ...given("key", known === undefined ? event.key : known.key),
    numbers: { ...known?.numbers, ...event.numbers },
    same: [...new Set([...(known?.same ?? []), ...(event.same ?? [])])],
  };
};

const placeOf = ({ paymentId, record }: PaymentVersion): string => `${record.device} ${paymentId}`;

/** The newest of each chain and id, by chain. */
export const newestVersions = (all: readonly PaymentVersion[]): readonly PaymentVersion[] => {
  const newest = new Map<string, PaymentVersion>();
  for (const version of all) {
    const known = newest.get(placeOf(version));
    if (known === undefined || known.record.seq <= version.record.seq)
      newest.set(placeOf(version), version);
  }
  return [...newest.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
};
