import type { CaseId } from "../../../domain/ids.ts";
import type { Payment } from "../../../domain/payment.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { getCase, getPayment, listStaff } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";

/** A refund with what is shown of its payment, and the people who dealt with it. */
export type Recorded = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  readonly people: readonly Staff[];
};

/** Undefined for an id that is not here. */
export const loadRecorded = async (deps: Deps, id: string): Promise<Recorded | undefined> => {
  const { db } = deps.journal;
  const refundCase = await getCase(db, id as CaseId);
  if (refundCase === undefined) return undefined;
  const { paymentId } = refundCase;
  return {
    refundCase,
    payment: paymentId === undefined ? undefined : await getPayment(db, paymentId),
    people: await listStaff(db),
  };
};
