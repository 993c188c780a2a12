import type { FoundPayment } from "../../../domain/found-payment.ts";
import type { CaseId, PaymentId } from "../../../domain/ids.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import type { Payment } from "../../../domain/payment.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { RefundContext } from "../../../domain/refund/draft.ts";
import type { Refusal } from "../../../domain/refund/refusal.ts";
import type { Staff } from "../../../domain/staff.ts";
import { casesOfPayment, listStaff, refusalsOfPayment } from "../../../storage/queries.ts";
import { whoActs, type Deps } from "../../../usecases/deps.ts";
import { findPayment, findPaymentById } from "../../../usecases/find-payment.ts";
import { hasOtherTills } from "../../../usecases/list-devices.ts";
import { readOverpaid } from "../../../usecases/list-overpayments.ts";
import { refundContext } from "../../../usecases/record-refund.ts";
import type { RouteArguments } from "../../routes.ts";

/** A payment with all that its refund is judged by and shown with. */
export type OnePayment = {
  readonly found: FoundPayment;
  readonly spelling: "exact" | "similar";
  readonly cases: readonly RefundCase[];
  readonly refusals: readonly Refusal[];
  readonly people: readonly Staff[];
  /** What the rules rest on; the moment and the similar refunds are added when they are asked. */
  readonly context: RefundContext;
  /** What the register of over-payments holds of it, or why it looks like one (X25). */
  readonly overpaid: Awaited<ReturnType<typeof readOverpaid>>;
  /** Another till of the shop may have refunded it meanwhile. */
  readonly otherTills: boolean;
};

export type LoadedPayment =
  | ({ readonly kind: "one" } & OnePayment)
  | { readonly kind: "several"; readonly several: readonly OnePayment[] }
  | { readonly kind: "refund"; readonly caseId: CaseId }
  | { readonly kind: "nothing" };

/** Judged as the person at the till; nobody is there only while the lock is closing. */
const contextOf = async (deps: Deps, payment: Payment): Promise<RefundContext> => {
  const staff = whoActs(deps);
  if (!staff.ok) throw new Error("a locked page shows no payment");
  const now = instantFromMs(deps.now());
  return refundContext(deps, payment, { staff: staff.value, moment: { now, head: undefined } });
};

const surround = async (
  deps: Deps,
  found: FoundPayment,
  spelling: OnePayment["spelling"],
): Promise<OnePayment> => {
  const { db } = deps.journal;
  const { payment } = found;
  const ids = [payment.paymentId, ...payment.same];
  return {
    found,
    spelling,
    cases: (await Promise.all(ids.map((id) => casesOfPayment(db, id)))).flat(),
    refusals: await refusalsOfPayment(db, payment.paymentId),
    people: await listStaff(db),
    context: await contextOf(deps, payment),
    overpaid: await readOverpaid(deps, payment),
    // last: a live query follows only what was read before the first signature is checked
    otherTills: await hasOtherTills(deps),
  };
};

/** Everything the editor shows of the payment that its address names. */
export const loadPayment = async (
  deps: Deps,
  { c, p }: RouteArguments<"new_refund">,
): Promise<LoadedPayment> => {
  const lookup =
    p === undefined
      ? await findPayment(deps, c ?? "")
      : await findPaymentById(deps, p as PaymentId);
  switch (lookup.kind) {
    case "payment":
      return { kind: "one", ...(await surround(deps, lookup.found, lookup.spelling)) };
    case "several": {
      const several = lookup.found.map((found) => surround(deps, found, "exact"));
      return { kind: "several", several: await Promise.all(several) };
    }
    case "refund":
    case "nothing":
      return lookup;
  }
};
