import { given } from "../given.ts";
import type { CaseId, PaymentId, RecordRef, StaffId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import type { DecideEvent, Recorded } from "../journal-event.ts";

/** A request that was declined before there was any refund: why, what was offered instead (R24). */
export type Refusal = {
  readonly ref: RecordRef;
  readonly caseId?: CaseId;
  readonly paymentId?: PaymentId;
  readonly training: boolean;
  readonly at: Instant;
  readonly staff: StaffId;
  readonly reason: string;
  readonly offers: readonly string[];
  readonly text?: string;
  /** What it said of the customer was erased. */
  readonly erased?: true;
  /** The refund that new evidence led to; a request is opened again once. */
  readonly reopenedAs?: CaseId;
};

/** The refusal that a `decide` record about a request says. */
export const takeRefusal = ({
  event,
  ref,
  at,
  staff,
  training,
  personal,
}: Recorded<DecideEvent>): Refusal => ({
  ref,
  training,
  at,
  staff,
  reason: event.reason ?? "other",
  offers: event.offers ?? [],
  ...given("caseId", event.caseId),
  ...given("paymentId", event.paymentId),
  ...given("text", personal?.text),
});

/** The refusal whose personal part is gone. */
export const forgetRefusal = (refusal: Refusal): Refusal => {
  const { text: _, ...rest } = refusal;
  return { ...rest, erased: true };
};
