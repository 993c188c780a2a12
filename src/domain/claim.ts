import { given } from "./given.ts";
import type { DeviceId, PaymentId, RecordRef } from "./ids.ts";
import type { BusinessDate, Instant } from "./instant.ts";
import type { Recorded } from "./journal-event.ts";
import type { Money } from "./money.ts";
import type { OverpayFactor } from "./overpay/suspicion.ts";

/** How far an over-payment is that belongs to somebody (refund-model.md §10); never ended by time. */
type ClaimState =
  | "found"
  | "notice_posted"
  | "claimed"
  | "verified"
  | "refund_case"
  | "handed_back"
  | "dismissed";

/** What a claimant was asked, by the name of the question. */
type ClaimChecks = { readonly [question: string]: "pass" | "fail" };

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
  /** When somebody answered wrong. */
  readonly failedAt: readonly Instant[];
  readonly refund?: RecordRef;
};

const ends: ReadonlySet<ClaimState> = new Set(["refund_case", "handed_back", "dismissed"]);

export const isSettled = ({ state }: Pick<OverpayClaim, "state">): boolean => ends.has(state);

const isFailed = ({ state, checks = {} }: ClaimEvent): boolean =>
  state === "claimed" && Object.values(checks).includes("fail");

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
  if (known?.record.device === home && record.device !== home) return known;
  const begun = { factor: "manual", ticket: "", foundAt: at, failedAt: [] } as const;
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
    failedAt: isFailed(event) ? [...before.failedAt, at] : before.failedAt,
  };
};
