import { unreachable } from "../result.ts";
import { remaining as left, type Payment } from "../payment.ts";
import { isZero, type Money } from "../money.ts";

/** What a payment's state allows before any amount is asked for (refund-model.md §2). */
export type Gate =
  | { readonly kind: "refund"; readonly remaining: Money }
  /** A personal transfer: no refund exists, it can only be sent back and recorded (X22). */
  | { readonly kind: "transfer"; readonly remaining: Money }
  | { readonly kind: "query_first" }
  | {
      readonly kind: "blocked";
      readonly why: "unpaid" | "closed" | "voided" | "fully_refunded";
    };

/** The gate of one payment; only a paid one opens (R1 corrected). */
export const gate = (payment: Payment): Gate => {
  const remaining = left(payment);
  switch (payment.state) {
    case "paid":
    case "transfer":
      if (isZero(remaining)) return { kind: "blocked", why: "fully_refunded" };
      return { kind: payment.state === "paid" ? "refund" : "transfer", remaining };
    case "unknown":
      return { kind: "query_first" };
    case "unpaid":
    case "closed":
    case "voided":
      return { kind: "blocked", why: payment.state };
    default:
      return unreachable(payment.state);
  }
};
