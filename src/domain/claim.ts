import { given } from "./given.ts";
import type { DeviceId, PaymentId, RecordRef } from "./ids.ts";
import { secondsOf, type BusinessDate, type Instant } from "./instant.ts";
import type { Recorded } from "./journal-event.ts";
import { compare, money, subtract, type Money } from "./money.ts";
import { remaining, type Payment } from "./payment.ts";
import type { OverpayFactor } from "./overpay/suspicion.ts";
import { fail, ok, type Result } from "./result.ts";

/** How far an over-payment is that belongs to somebody (refund-model.md §10); never ended by time. */
export type ClaimState =
  | "found"
  | "notice_posted"
  | "claimed"
  | "verified"
  | "refund_case"
  | "handed_back"
  | "dismissed";

/** What a claimant was asked, by the name of the question. */
export type ClaimChecks = { readonly [question: string]: "pass" | "fail" };

/** One step of it; every later one names the one before. */
export type ClaimEvent = {
  readonly kind: "claim";
  readonly paymentId: PaymentId;
  /** What was paid too much; all of the payment where nobody knows what was meant. */
  readonly amount: Money;
  readonly state: ClaimState;
  readonly replaces?: RecordRef;
  readonly factor?: OverpayFactor | "manual";
  readonly handBackBy?: BusinessDate;
  readonly ticket?: string;
  readonly checks?: ClaimChecks;
  /** The refund that ended it. */
  readonly refund?: RecordRef;
};

/** An over-payment as the journal tells it now. */
export type OverpayClaim = Pick<ClaimEvent, "paymentId" | "amount" | "state" | "handBackBy"> & {
  readonly record: RecordRef;
  readonly factor: OverpayFactor | "manual";
  readonly ticket: string;
  readonly training: boolean;
  readonly foundAt: Instant;
  readonly at: Instant;
  /** When somebody answered wrong, also before it was found again. */
  readonly failedAt: readonly Instant[];
  readonly refund?: RecordRef;
};

const ends: ReadonlySet<ClaimState> = new Set(["refund_case", "handed_back", "dismissed"]);

export const isSettled = ({ state }: Pick<OverpayClaim, "state">): boolean => ends.has(state);

const isFailed = ({ state, checks = {} }: ClaimEvent): boolean =>
  state === "claimed" && Object.values(checks).includes("fail");

/** Wrong answers count whatever became of the claim meanwhile, and in any order of the chains that tell of them. */
const failedOf = (
  known: OverpayClaim | undefined,
  { event, at }: Recorded<ClaimEvent>,
): readonly Instant[] => {
  const failed = known?.failedAt ?? [];
  return isFailed(event) ? [...failed, at].sort() : failed;
};

const factsOf = ({ factor, ticket, handBackBy, refund }: ClaimEvent) => ({
  ...given("factor", factor),
  ...given("ticket", ticket),
  ...given("handBackBy", handBackBy),
  ...given("refund", refund),
});

/** The claim after a record of it; what a key said that was replaced counts until the new one speaks of it. */
export const takeClaim = (
  known: OverpayClaim | undefined,
  recorded: Recorded<ClaimEvent>,
  home: DeviceId = recorded.ref.device,
): OverpayClaim => {
  const { event, ref: record, at, training } = recorded;
  const failedAt = failedOf(known, recorded);
  if (known?.record.device === home && record.device !== home) return { ...known, failedAt };
  const begun = { factor: "manual", ticket: "", foundAt: at } as const;
  const before = event.state === "found" || known === undefined ? begun : known;
  const { paymentId, amount, state } = event;
  return {
    ...before,
    ...factsOf(event),
    paymentId,
    amount,
    state,
    record,
    at,
    training,
    failedAt,
  };
};

/** It stands further on already, or came to its end. */
export type ClaimFault = { readonly kind: "claim_moved_on"; readonly state: ClaimState };

/** What a step says besides its state. */
export type ClaimStep = Pick<ClaimEvent, "state"> & Partial<Pick<ClaimEvent, "checks" | "refund">>;

const order: readonly ClaimState[] = ["found", "notice_posted", "claimed", "verified"];

/** Steps may be left out; none leads back, and somebody who answered right is not asked again. */
const mayFollow = (before: ClaimState, next: ClaimState): boolean =>
  !ends.has(before) &&
  (ends.has(next) || (before !== "verified" && order.indexOf(next) >= order.indexOf(before)));

/** The next record of a claim. */
export const decideClaimStep = (
  {
    paymentId,
    amount,
    state,
    record,
    ticket,
  }: Pick<OverpayClaim, "paymentId" | "amount" | "state" | "record" | "ticket">,
  step: ClaimStep,
): Result<ClaimEvent, ClaimFault> =>
  mayFollow(state, step.state)
    ? ok({ kind: "claim", paymentId, amount, ticket, replaces: record, ...step })
    : fail({ kind: "claim_moved_on", state });

/** What somebody found it by, and what was meant, where that is known. */
export type FoundBy = { readonly factor: OverpayClaim["factor"]; readonly likelyMinor?: number };

/** What was paid too much, as far as it is still here; all of it where nobody knows what was meant. */
const excessOf = (payment: Payment, { likelyMinor = 0 }: Omit<FoundBy, "factor">): Money => {
  const left = remaining(payment);
  const excess = subtract(payment.amount, money(likelyMinor, left.currency));
  return compare(excess, left) < 0 ? excess : left;
};

/** The record of an over-payment that a person has looked at and holds for one. */
export const foundClaim = (
  payment: Payment,
  by: FoundBy,
  found: Pick<ClaimEvent, "handBackBy"> & { readonly ticket: string },
): ClaimEvent & { readonly ticket: string } => ({
  kind: "claim",
  paymentId: payment.paymentId,
  amount: excessOf(payment, by),
  state: "found",
  factor: by.factor,
  ...found,
});

/** The same over-payment told by a new key of this device. */
export const retoldClaim = ({
  paymentId,
  amount,
  factor,
  ticket,
  handBackBy,
}: OverpayClaim): ClaimEvent => ({
  kind: "claim",
  paymentId,
  amount,
  state: "found",
  factor,
  ticket,
  ...given("handBackBy", handBackBy),
});

const daySeconds = 86_400;

const secondsAt = (date: BusinessDate): number => secondsOf(`${date}T00:00:00Z` as Instant);

/** Days until it is to be handed back, below zero once that day is past; it only raises attention. */
export const daysLeft = (handBackBy: BusinessDate, today: BusinessDate): number =>
  (secondsAt(handBackBy) - secondsAt(today)) / daySeconds;
