import { isSettled, type ClaimFault, type OverpayClaim } from "./claim.ts";
import type { Destination } from "./journal-event.ts";
import { compare, money, type Money } from "./money.ts";
import { remaining, type Payment } from "./payment.ts";
import type { Staff } from "./staff.ts";

/** What stands of an over-payment where money of its payment is asked for. */
export type Excess = {
  readonly claim?: OverpayClaim;
  /** A refund of what was too much counts, whichever device made it. */
  readonly refunded: boolean;
};

/** Why money of a payment does not go out beside its claim. */
export type ExcessFault =
  | ClaimFault
  /** The claimant comes first; for other reasons `free` may go back. */
  | { readonly kind: "claim_unverified"; readonly free: Money }
  | { readonly kind: "claim_excess"; readonly excess: Money }
  | { readonly kind: "claim_original" }
  /** What was too much lies with the acquirer. */
  | { readonly kind: "claim_handed_back"; readonly free: Money };

type AskedOfExcess = {
  readonly amount: Money;
  readonly reason: string;
  readonly destination: Destination;
  readonly staff: Pick<Staff, "role">;
};

const leftOfExcess = ({ amount }: Pick<OverpayClaim, "amount">, payment: Payment): Money => {
  const left = remaining(payment);
  return compare(amount, left) < 0 ? amount : left;
};

/** A claim as it is shown: a refund of it on any device is its end, and no more is told than is left. */
export const standingClaim = (
  claim: OverpayClaim,
  payment: Payment,
  refunded: boolean,
): OverpayClaim =>
  isSettled(claim)
    ? claim
    : {
        ...claim,
        state: refunded ? "refund_case" : claim.state,
        amount: leftOfExcess(claim, payment),
      };

const freeBeside = ({ amount }: OverpayClaim, payment: Payment): Money => {
  const left = remaining(payment);
  return money(Math.max(0, left.minor - amount.minor), left.currency);
};

/** Nobody can be asked about it: its owner answers for it. */
const isAskless = ({ numbers, paidAt }: Payment): boolean =>
  Object.keys(numbers).length === 0 && paidAt === undefined;

/** The excess goes back the way it came, whatever the reason is called; a transfer knows no such way. */
const verifiedFault = (
  claim: OverpayClaim,
  payment: Payment,
  { amount, reason, destination }: AskedOfExcess,
): ExcessFault | undefined => {
  if (destination !== "original" && payment.state !== "transfer") return { kind: "claim_original" };
  const excess = leftOfExcess(claim, payment);
  return reason === "overpaid" && compare(amount, excess) > 0
    ? { kind: "claim_excess", excess }
    : undefined;
};

/** While it is open. */
const openFault = (
  claim: OverpayClaim,
  payment: Payment,
  asked: AskedOfExcess,
): ExcessFault | undefined => {
  const isOfExcess = asked.reason === "overpaid";
  const free = freeBeside(claim, payment);
  if (!isOfExcess && compare(asked.amount, free) <= 0) return undefined;
  const isOwners = isOfExcess && asked.staff.role === "owner" && isAskless(payment);
  return claim.state === "verified" || isOwners
    ? verifiedFault(claim, payment, asked)
    : { kind: "claim_unverified", free };
};

/** What was paid too much goes out once, to who knows two facts of it, or to the acquirer (X25). */
export const claimFault = (
  { claim, refunded }: Excess,
  payment: Payment,
  asked: AskedOfExcess,
): ExcessFault | undefined => {
  if (claim === undefined) return undefined;
  if (claim.state === "handed_back") {
    const free = freeBeside(claim, payment);
    return compare(asked.amount, free) > 0 ? { kind: "claim_handed_back", free } : undefined;
  }
  if (refunded)
    return asked.reason === "overpaid"
      ? { kind: "claim_moved_on", state: "refund_case" }
      : undefined;
  return isSettled(claim) ? undefined : openFault(claim, payment, asked);
};
