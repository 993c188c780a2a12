import type { CaseId } from "../ids.ts";
import { counts, type BalanceClaim } from "../payment-claim.ts";
import type { Payment } from "../payment.ts";
import type { MoneyState } from "./money-track.ts";

/** What a refund that its payment cannot give comes to: it waits, or its money may be on its way already. */
export type Excess = "conflict" | "over_refund";

const moved = 1;
const kept = 2;

/** How far money is; what is on its way is never the one put aside, and what a person kept goes before the rest. */
const progressOf: Readonly<Partial<Record<MoneyState, number>>> = {
  succeeded: 0,
  submitted: moved,
  processing: moved,
  needs_action: moved,
  unknown: moved,
  abnormal: moved,
  exported: 3,
  ready: 4,
};

const waiting = 5;

const rankOf = (claim: BalanceClaim): number => {
  const progress = progressOf[claim.money] ?? waiting;
  return claim.kept && progress > moved ? kept : progress;
};

type Shared = Pick<Payment, "amount" | "claims" | "external" | "proofs" | "shared">;

const gradeOf = ({ proofs }: Shared, { record }: BalanceClaim): string =>
  proofs.find(({ device }) => device === record.device)?.grade ?? "E";

type Place = readonly (number | string)[];

const placeOf = (payment: Shared, claim: BalanceClaim): Place => [
  rankOf(claim),
  gradeOf(payment, claim),
  claim.at,
  claim.record.device,
  claim.record.seq,
];

const inOrder = (one: Place, other: Place): number => {
  const at = one.findIndex((part, index) => part !== other[index]);
  const [a, b] = [one[at], other[at]];
  return a === undefined || b === undefined || a < b ? -1 : 1;
};

/** The refunds of a payment in the order in which they may have its money (refund-model.md §3.5). */
const claimsInOrder = (payment: Shared): readonly BalanceClaim[] =>
  payment.claims
    .filter((claim) => counts(claim) && claim.amount.minor > 0)
    .sort((one, other) => inOrder(placeOf(payment, one), placeOf(payment, other)));

/**
 * Which cases of a payment that several devices refund do not fit into what was paid, and what each comes to. Nothing is
 * recorded of it: it follows from the journals, and goes when they say otherwise.
 */
export const excessOf = (payment: Shared): ReadonlyMap<CaseId, Excess> => {
  const found = new Map<CaseId, Excess>();
  if (!payment.shared) return found;
  let room = payment.amount.minor - payment.external;
  for (const claim of claimsInOrder(payment)) {
    const fits = claim.amount.minor <= room;
    const hasMoved = rankOf(claim) <= moved;
    if (fits || hasMoved) room -= claim.amount.minor;
    if (!fits && found.get(claim.caseId) !== "conflict")
      found.set(claim.caseId, hasMoved ? "over_refund" : "conflict");
  }
  return found;
};

/** What would be left for one case if only what cannot be put aside went before it. */
export const roomFor = (payment: Shared, caseId: CaseId): number =>
  claimsInOrder(payment)
    .filter((claim) => claim.caseId !== caseId && rankOf(claim) <= kept)
    .reduce((room, { amount }) => room - amount.minor, payment.amount.minor - payment.external);
