import type { CaseId, DeviceId, RecordRef } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { GoodsLine } from "./journal-event.ts";
import type { Money } from "./money.ts";
import type { MoneyState, Standing } from "./refund/money-track.ts";

/** What one attempt of a refund does to the balance of its payment. */
export type BalanceClaim = {
  readonly caseId: CaseId;
  readonly attempt: number;
  readonly amount: Money;
  readonly standing: Standing;
  /** Its refund record: whose device made it, and where it stands there. */
  readonly record: RecordRef;
  readonly money: MoneyState;
  /** When its case was opened. */
  readonly at: Instant;
  /** A person decided that this one goes on and others wait. */
  readonly kept: boolean;
  /** The numbers that a statement knows it by. */
  readonly numbers: readonly string[];
  /** The goods it refunds, where they are told. */
  readonly lines?: readonly GoodsLine[];
};

const placeOf = ({ caseId, attempt }: BalanceClaim): string =>
  `${caseId} ${String(attempt).padStart(9, "0")}`;

/** Claims with one put in place of its earlier state; by case, whichever came first. */
export const putClaim = (
  claims: readonly BalanceClaim[],
  claim: BalanceClaim,
): readonly BalanceClaim[] => {
  const place = placeOf(claim);
  const others = claims.filter((other) => placeOf(other) !== place);
  const after = others.findIndex((other) => placeOf(other) > place);
  return after < 0
    ? [...others, claim]
    : [...others.slice(0, after), claim, ...others.slice(after)];
};

export const counts = ({ standing }: BalanceClaim): boolean => standing !== "frees";

/** Minor units of the refunds that count, of one device or of all. */
export const countedMinor = (claims: readonly BalanceClaim[], device?: DeviceId): number =>
  claims
    .filter((claim) => counts(claim) && (device === undefined || claim.record.device === device))
    .reduce((total, { amount }) => total + amount.minor, 0);
