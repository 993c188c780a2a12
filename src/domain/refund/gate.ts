import { unreachable } from "../result.ts";
import { remaining as left, type Payment } from "../payment.ts";
import { isZero, type Money } from "../money.ts";

/** What a payment's state allows before any amount is asked for (refund-model.md §2). */
export type Gate =
  | { readonly kind: "refund"; readonly remaining: Money }
  | { readonly kind: "query_first" }
  | {
      readonly kind: "blocked";
      readonly why: "unpaid" | "closed" | "voided" | "transfer" | "fully_refunded";
    };

/** The gate of one payment; only a paid one opens (R1 corrected). */
export const gate = (payment: Payment): Gate => {
  switch (payment.state) {
    case "paid": {
      const remaining = left(payment);
      return isZero(remaining)
        ? { kind: "blocked", why: "fully_refunded" }
        : { kind: "refund", remaining };
    }
    case "unknown":
      return { kind: "query_first" };
    case "unpaid":
    case "closed":
    case "voided":
    case "transfer":
      return { kind: "blocked", why: payment.state };
    default:
      return unreachable(payment.state);
  }
};
