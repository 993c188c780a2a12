import type { AcquirerProfile } from "../acquirers/profile.ts";
import type { Calendar, Instant } from "../instant.ts";
import type { Destination, EvidenceFile, GoodsLine, RefundMode } from "../journal-event.ts";
import type { Money } from "../money.ts";
import type { BalanceClaim, Payment } from "../payment.ts";
import type { ReasonCode } from "../reasons.ts";
import type { Staff } from "../staff.ts";
import type { ShopPolicy } from "./shop-policy.ts";

/** Everything a rule may look at; the same facts always give the same result. */
export type PolicyFacts = {
  /** Undefined for a refund without a payment. */
  readonly payment: Payment | undefined;
  readonly amount: Money;
  readonly mode: RefundMode;
  readonly destination: Destination;
  readonly reason: ReasonCode;
  readonly evidence: readonly EvidenceFile["kind"][];
  readonly lines: readonly GoodsLine[];
  readonly policy: ShopPolicy;
  readonly profile: AcquirerProfile;
  readonly calendar: Calendar;
  readonly now: Instant;
  /** Who asks for the refund. */
  readonly requester: Pick<Staff, "role" | "limit" | "grants" | "active">;
  /** Refunds of the same amount that were recorded on other payments in the last half hour. */
  readonly similar: number;
  /** Another till may have refunded this payment, as far as its code tells. */
  readonly maybeElsewhere: boolean;
  /** The most that this device refunds without a second person, by its certificate. */
  readonly deviceLimit?: Money;
};

/**
 * What a rule answers. `lead` and `owner` say who may let it through at least; `other` asks for a second person even of
 * the owner; `refused` is answered by nobody.
 */
export type RuleOutcome = "pass" | "warn" | "lead" | "other" | "owner" | "refused";

export const outcomes: readonly RuleOutcome[] = [
  "pass",
  "warn",
  "lead",
  "other",
  "owner",
  "refused",
];

/** Whether one answer is worse than another. */
export const isWorse = (a: RuleOutcome, b: RuleOutcome): boolean =>
  outcomes.indexOf(a) > outcomes.indexOf(b);

/** Whether money goes back through the acquirer: an even exchange moves none, cash goes another way. */
export const isByAcquirer = ({ destination, amount }: PolicyFacts): boolean =>
  destination === "original" && amount.minor > 0;

/** The refunds of some claims: an even exchange is a claim on goods and refunds nothing. */
export const withMoney = (claims: readonly BalanceClaim[]): readonly BalanceClaim[] =>
  claims.filter(({ amount }) => amount.minor > 0);

export type Rule = (facts: PolicyFacts) => RuleOutcome;
