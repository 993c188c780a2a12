import type { BatchId, CaseId, Hash, PaymentId, RecordRef, StaffId } from "./ids.ts";
import type { JournalEvent } from "./journal-event.ts";
import { unreachable } from "./result.ts";

/** The rows of the books that an event reads or changes, so that a store need load no others. */
export type Touched = {
  readonly payments: readonly PaymentId[];
  readonly cases: readonly CaseId[];
  readonly refunds: readonly RecordRef[];
  readonly refusals: readonly RecordRef[];
  readonly batches: readonly BatchId[];
  readonly staff: readonly StaffId[];
  /** Files whose imports are taken back. */
  readonly imports: readonly Hash[];
  /** Payments whose over-payment is spoken of. */
  readonly claims: readonly PaymentId[];
};

const nothing: Touched = {
  payments: [],
  cases: [],
  refunds: [],
  refusals: [],
  batches: [],
  staff: [],
  imports: [],
  claims: [],
};

const oneOrNone = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/**
 * Names what post() will look up; the payment of a case and the batch of an attempt are found through the case, the
 * other ids of a payment through the payment.
 */
export const touchedBy = (event: JournalEvent): Touched => {
  switch (event.kind) {
    case "payment":
      return { ...nothing, payments: [event.paymentId, ...(event.same ?? [])] };
    case "refund":
      return {
        ...nothing,
        cases: [event.caseId],
        payments: oneOrNone(event.paymentId),
        refusals: oneOrNone(event.reopens),
      };
    case "withdraw":
    case "notice":
    case "goods":
      return { ...nothing, refunds: [event.refund] };
    case "decide":
      return { ...nothing, refunds: oneOrNone(event.refund) };
    case "contact":
      return { ...nothing, refunds: oneOrNone(event.about) };
    case "money":
      return {
        ...nothing,
        refunds: event.refunds,
        batches: event.batch === undefined ? [] : [event.batch.id],
      };
    case "erase":
      return {
        ...nothing,
        cases: event.cases ?? [],
        payments: event.payments ?? [],
        refunds: [event.record],
        refusals: [event.record],
      };
    case "staff":
      return { ...nothing, staff: [event.staff] };
    case "import":
      return { ...nothing, imports: event.takesBack === undefined ? [] : [event.file] };
    case "claim":
      return { ...nothing, claims: [event.paymentId] };
    case "genesis":
    case "policy":
    case "export":
    case "close":
    case "gap":
    case "ack":
    case "wit":
    case "rotate":
      return nothing;
    default:
      return unreachable(event);
  }
};
