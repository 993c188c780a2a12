import {
  decideClaimStep,
  isSettled,
  retoldClaim,
  type ClaimFault,
  type ClaimStep,
  type OverpayClaim,
} from "../domain/claim.ts";
import type { RecordRef } from "../domain/ids.ts";
import type { RefundEvent } from "../domain/journal-event.ts";
import { ok, type Result } from "../domain/result.ts";
import type { Deps } from "./deps.ts";
import type { Plan } from "./record-event.ts";

type Planned = Plan["events"];

/** The records of a step: a key that was replaced cannot be referred to, so a new one tells the claim again first. */
export const stepOf = (
  { device }: Pick<Deps, "device">,
  claim: OverpayClaim,
  { at, ...step }: ClaimStep & { readonly at: RecordRef },
): Result<Planned, ClaimFault> => {
  const isOwn = claim.record.device === device;
  const next = decideClaimStep(isOwn ? claim : { ...claim, record: at }, step);
  if (!next.ok) return next;
  const told = isOwn ? [] : [{ event: retoldClaim(claim) }];
  return ok([...told, { event: next.value }]);
};

/** A refund of what was paid too much is the end of its claim. */
export const endOfClaim = (
  deps: Pick<Deps, "device">,
  {
    claim,
    refund,
    at,
  }: {
    readonly claim: OverpayClaim | undefined;
    readonly refund: RefundEvent;
    readonly at: RecordRef;
  },
  next: RecordRef,
): Planned => {
  if (refund.reason !== "overpaid" || claim === undefined || isSettled(claim)) return [];
  const ended = stepOf(deps, claim, { state: "refund_case", refund: at, at: next });
  return ended.ok ? ended.value : [];
};
