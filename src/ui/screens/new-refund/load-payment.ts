import type { FoundPayment } from "../../../domain/found-payment.ts";
import type { CaseId, PaymentId } from "../../../domain/ids.ts";
import type { Payment } from "../../../domain/payment.ts";
import { parsePolicy, type ShopPolicy } from "../../../domain/policy/shop-policy.ts";
import type { RefundCase } from "../../../domain/refund/case.ts";
import type { Staff } from "../../../domain/staff.ts";
import { casesOfPayment, currentPolicy, getPayment, listStaff } from "../../../storage/queries.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { findPayment, type Lookup } from "../../../usecases/find-payment.ts";
import type { RouteArguments } from "../../routes.ts";

/** A payment with all that its refund is judged by and shown with. */
export type OnePayment = {
  readonly found: FoundPayment;
  readonly spelling: "exact" | "similar";
  readonly cases: readonly RefundCase[];
  readonly people: readonly Staff[];
  readonly policy: ShopPolicy;
};

export type LoadedPayment =
  | ({ readonly kind: "one" } & OnePayment)
  | { readonly kind: "several"; readonly several: readonly OnePayment[] }
  | { readonly kind: "refund"; readonly caseId: CaseId }
  | { readonly kind: "nothing" };

const numberOf = ({ numbers }: Payment): string | undefined =>
  numbers["transaction_id"] ?? numbers["out_trade_no"];

/** A payment of the journal together with its statement rows, if it has any. */
const findById = async (deps: Deps, paymentId: PaymentId): Promise<Lookup> => {
  const payment = await getPayment(deps.journal.db, paymentId);
  if (payment === undefined) return { kind: "nothing" };
  const number = numberOf(payment);
  const lookup: Lookup =
    number === undefined ? { kind: "nothing" } : await findPayment(deps, number);
  const all = lookup.kind === "several" ? lookup.found : [];
  const found = (lookup.kind === "payment" ? [lookup.found] : all).find(
    (one) => one.payment.paymentId === paymentId,
  );
  return { kind: "payment", found: found ?? { payment, rows: [] }, spelling: "exact" };
};

const surround = async (
  deps: Deps,
  found: FoundPayment,
  spelling: OnePayment["spelling"],
): Promise<OnePayment> => {
  const { db } = deps.journal;
  const document = await currentPolicy(db, "policy");
  return {
    found,
    spelling,
    cases: await casesOfPayment(db, found.payment.paymentId),
    people: await listStaff(db),
    policy: parsePolicy(document.document),
  };
};

/** Everything the editor shows of the payment that its address names. */
export const loadPayment = async (
  deps: Deps,
  { c, p }: RouteArguments<"new_refund">,
): Promise<LoadedPayment> => {
  const lookup =
    p === undefined ? await findPayment(deps, c ?? "") : await findById(deps, p as PaymentId);
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
