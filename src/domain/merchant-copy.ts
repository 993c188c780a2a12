import { given } from "./given.ts";
import type { Instant } from "./instant.ts";
import type { Destination, RefundMode, RefundType } from "./journal-event.ts";
import type { Money } from "./money.ts";
import type { Payment } from "./payment.ts";
import { latestAttempt, type RefundCase } from "./refund/case.ts";
import { namingNumbers } from "./same-payment.ts";

/** How far a refund is, as a copy says it; that money went back is said only by `arrived`, on evidence. */
export type CopyStanding =
  | "no_money"
  | "pending"
  | "recorded"
  | "to_pay_out"
  | "at_terminal"
  | "exported"
  | "submitted"
  | "unclear"
  | "arrived"
  | "ended"
  | "rejected"
  | "withdrawn";

/** What the merchant's own copy of a recorded refund says (R42). */
export type MerchantCopy = {
  readonly refundNo: string;
  readonly attempt: number;
  readonly amount: Money;
  readonly type: RefundType;
  readonly mode: RefundMode;
  readonly destination: Destination;
  readonly reason: string;
  /** Who recorded it, by name. */
  readonly by: string;
  readonly at: Instant;
  readonly orderNo?: string;
  readonly paid?: Money;
  readonly paidAt?: Instant;
  readonly channel?: string;
  readonly standing: CopyStanding;
  readonly training: boolean;
};

const standingOf = (refundCase: RefundCase): CopyStanding => {
  const { money, approval, destination } = refundCase;
  if (money === undefined) return "no_money";
  const isVoid = latestAttempt(refundCase).mode === "void";
  switch (money) {
    case "pending_approval":
      return "pending";
    case "ready":
      if (isVoid) return "at_terminal";
      return destination === "original" ? "recorded" : "to_pay_out";
    case "exported":
      return isVoid ? "at_terminal" : "exported";
    case "submitted":
    case "processing":
      return "submitted";
    case "needs_action":
    case "unknown":
    case "abnormal":
    case "conflict":
      return "unclear";
    case "succeeded":
      return "arrived";
    case "failed":
    case "closed":
    case "reversed":
      return "ended";
    case "withdrawn":
      return approval === "rejected" ? "rejected" : "withdrawn";
  }
};

/** The copy of a case as it stands now; of the latest attempt where there were several. */
export const copyOf = (
  refundCase: RefundCase,
  { payment, by }: { readonly payment: Payment | undefined; readonly by: string },
): MerchantCopy => {
  const { refundNo, number, amount, mode } = latestAttempt(refundCase);
  const { type, destination, reason, createdAt, training } = refundCase;
  return {
    refundNo,
    attempt: number,
    amount,
    type,
    mode,
    destination,
    reason,
    by,
    at: createdAt,
    ...given("orderNo", payment && namingNumbers(payment.numbers)[0]),
    ...given("paid", payment?.amount),
    ...given("paidAt", payment?.paidAt),
    ...given("channel", payment?.channel),
    standing: standingOf(refundCase),
    training,
  };
};

/** What stands before the @ of the letter's Message-ID: the same copies are the same letter. */
export const letterId = (copies: readonly MerchantCopy[]): string => {
  const numbers = copies.map(({ refundNo, attempt }) => `${refundNo}.${attempt}`);
  const [first = "", last = first] = [numbers.at(0), numbers.at(-1)];
  return numbers.length === 1 ? first : `${first}.${last}.${numbers.length}`;
};
