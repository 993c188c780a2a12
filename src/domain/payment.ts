import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import type { DeviceId, PaymentId, RecordRef } from "./ids.ts";
import type { PaymentEvent, PaymentState, Recorded } from "./journal-event.ts";
import { money, sum, type MinorUnits, type Money } from "./money.ts";
import { countedMinor, counts, putClaim, type BalanceClaim } from "./payment-claim.ts";
import {
  devicesOf,
  outsideOf,
  paidOf,
  proofsOf,
  shareOf,
  type DeviceShare,
  type Proof,
} from "./payment-share.ts";
import {
  factsOf,
  newestVersions,
  takeVersion,
  type PaymentFacts,
  type PaymentVersion,
} from "./payment-version.ts";
import type { Standing } from "./refund/money-track.ts";

export type { BalanceClaim } from "./payment-claim.ts";

type Told = Pick<
  PaymentVersion,
  "acquirer" | "channel" | "grade" | "numbers" | "source" | "state" | "training"
>;

/**
 * A payment as the journals know it: what each device's chain says of it, joined so that it never matters which came
 * first, and every refund that touches its balance.
 */
export type Payment = PaymentFacts &
  Told & {
    readonly paymentId: PaymentId;
    /** The device that would refund it now. */
    readonly home: DeviceId;
    /** What each chain says, by device. */
    readonly versions: readonly PaymentVersion[];
    /** The latest record of the own chain; of another where the own has none. */
    readonly record: RecordRef;
    readonly recordedAt: Instant;
    readonly amount: Money;
    /** What the latest record itself says was paid; what is refundable goes by `amount`. */
    readonly recordedAmount: Money;
    /** Refunded where no chain that is here has a refund of it. */
    readonly external: MinorUnits;
    /** More than one device speaks of it, or has refunds of it. */
    readonly shared: boolean;
    /** Of a shared one: what the own chain alone says, which its next record must agree with. */
    readonly own?: DeviceShare;
    readonly proofs: readonly Proof[];
    /** The number that paymentId is derived from, as its first record named it. */
    readonly key?: { readonly name: string; readonly number: string };
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

/** What all journals that are here leave of it, below zero where it gave too much. */
const leftOfAll = ({ amount, claims, external }: Payment): number =>
  amount.minor - countedMinor(claims) - external;

/** What the own chain alone leaves of it. */
const leftOfOwn = ({ own, claims, home }: Payment): number =>
  own === undefined
    ? Number.MAX_SAFE_INTEGER
    : own.paid.minor - countedMinor(claims, home) - own.external;

/**
 * What may still be refunded: max(0, paid − reserved − spent − external) (refund-model.md §1). Where several devices speak
 * of a payment, never more than the own chain allows by itself: it has to verify alone.
 */
export const remaining = (payment: Payment): Money =>
  money(Math.max(0, Math.min(leftOfAll(payment), leftOfOwn(payment))), payment.amount.currency);

/** By how much the own chain alone would let more be refunded than all of them do. */
export const ownExcess = (payment: Payment): number =>
  payment.own === undefined ? 0 : Math.max(0, leftOfOwn(payment)) - Math.max(0, leftOfAll(payment));

/** Refunds of this payment that count, in the order they were made. */
export const countedClaims = (payment: Payment): readonly BalanceClaim[] =>
  payment.claims.filter(counts);

/** Refunds that are on their way. */
export const openClaims = (payment: Payment): readonly BalanceClaim[] =>
  payment.claims.filter((claim) => claim.standing === "reserves");

const heardRank = ({ source, toldAt, record }: PaymentVersion): string =>
  `${source === "import" ? 1 : 0} ${toldAt} ${record.device}`;

/** Statement rows are heard last, and what is told later over what was told before. */
const lastHeard = (one: PaymentVersion, other: PaymentVersion): number =>
  heardRank(one) < heardRank(other) ? -1 : 1;

/** A row shows that money came in; that it was voided or is a transfer is something only people know (X8). */
const stateOf = (versions: readonly PaymentVersion[], last: PaymentVersion): PaymentState =>
  versions.find(({ state }) => state === "voided" || state === "transfer")?.state ?? last.state;

/** What one payment is besides its money, out of what every chain says of it. */
const joinVersions = (versions: readonly PaymentVersion[]) => {
  const heard = [...versions].sort(lastHeard);
  const last = heard.at(-1);
  if (last === undefined) throw new Error("a payment has a record");
  const [grade = last.grade] = heard.map((version) => version.grade).sort();
  const [recordedAt = last.recordedAt] = heard.map((version) => version.recordedAt).sort();
  return {
    ...(Object.assign({}, ...heard.map(factsOf)) as PaymentFacts),
    source: last.source,
    acquirer: last.acquirer,
    channel: last.channel,
    training: last.training,
    state: stateOf(heard, last),
    grade,
    recordedAt,
    numbers: Object.assign({}, ...heard.map(({ numbers }) => numbers)) as Payment["numbers"],
    last,
  };
};

const withoutPayer = (version: PaymentVersion): PaymentVersion => {
  const { payer: _, ...rest } = version;
  return rest;
};

type Known = Pick<Payment, "paymentId" | "home" | "versions" | "claims" | "same">;

/** A row's own versions come last: only they hold what is personal. */
const versionsIn = (group: readonly Known[]): readonly PaymentVersion[] => [
  ...group.flatMap((one) => one.versions),
  ...group.flatMap((one) => one.versions.filter(({ paymentId }) => paymentId === one.paymentId)),
];

/** What payments that are one say of their money. */
const moneyOf = (group: readonly Known[]) => {
  const versions = newestVersions(versionsIn(group));
  const claims = group.flatMap((one) => one.claims).reduce<Payment["claims"]>(putClaim, []);
  const home = group[0]?.home;
  const own = versions.filter(({ record }) => record.device === home);
  const devices = new Set([...devicesOf(versions), ...claims.map(({ record }) => record.device)]);
  const shared = devices.size > 1;
  return {
    versions,
    amount: paidOf(versions),
    external: outsideOf(versions, claims),
    shared,
    ...given("own", shared && own.length > 0 ? shareOf(own) : undefined),
    proofs: proofsOf(versions),
    claims,
  };
};

const settleOne = (
  { paymentId, home, same }: Omit<Known, "claims" | "versions">,
  group: ReturnType<typeof moneyOf>,
): Payment => {
  const told = group.versions.filter((version) => version.paymentId === paymentId);
  const { last, ...joined } = joinVersions(told);
  const own = told.find(({ record }) => record.device === home) ?? last;
  return {
    paymentId,
    home,
    ...joined,
    ...group,
    versions: group.versions.map((version) =>
      version.paymentId === paymentId ? version : withoutPayer(version),
    ),
    record: own.record,
    recordedAmount: own.recordedAmount,
    ...given("key", own.key ?? last.key),
    same,
  };
};

/** Payments that are one, each under its own id: all of them say the same of their money (refundlog.md §5.1). */
export const settle = (group: readonly Known[]): readonly Payment[] => {
  const joint = moneyOf(group);
  const ids = [...new Set(group.flatMap(({ paymentId, same }) => [paymentId, ...same]))].sort();
  return group.map(({ paymentId, home }) =>
    settleOne({ paymentId, home, same: ids.filter((id) => id !== paymentId) }, joint),
  );
};

const settled = (known: Known): Payment => {
  const [payment] = settle([known]);
  if (payment === undefined) throw new Error("one payment settles as one");
  return payment;
};

/** Takes a record of a payment over what its chain said of it, beside what others say. */
export const takePayment = (
  known: Payment | undefined,
  recorded: Recorded<PaymentEvent>,
  home: DeviceId = known?.home ?? recorded.ref.device,
): Payment => {
  const { event, ref } = recorded;
  const { paymentId } = event;
  const versions = known?.versions ?? [];
  const before = versions.find(
    (one) => one.paymentId === paymentId && one.record.device === ref.device,
  );
  const version = takeVersion(before, recorded);
  return settled({
    paymentId,
    home,
    versions: [...versions.filter((one) => one !== before), version],
    same: [...new Set([...(known?.same ?? []), ...version.same])],
    claims: known?.claims ?? [],
  });
};

/** A payment with others that turned out to be it. */
export const joinSame = (payment: Payment, others: readonly Payment[]): Payment =>
  settle([payment, ...others])[0] ?? payment;

/** The payment with one claim put in place of its earlier state. */
export const withClaim = (payment: Payment, claim: BalanceClaim): Payment => ({
  ...payment,
  claims: putClaim(payment.claims, claim),
});

/** What more went out, or is on its way, than was ever paid; zero when all is well. */
export const overRefunded = (payment: Payment): Money =>
  money(Math.max(0, -leftOfAll(payment)), payment.amount.currency);

/** The payment of which a chain does not know any more who paid. */
export const forgetPayer = (payment: Payment, device: DeviceId = payment.home): Payment =>
  settled({
    ...payment,
    versions: payment.versions.map((version) =>
      version.record.device === device ? withoutPayer(version) : version,
    ),
  });
