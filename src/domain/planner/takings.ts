import type { PaymentId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import { money, sum, type Money } from "../money.ts";
import type { Payment } from "../payment.ts";

type Asked = {
  readonly acquirer: string;
  readonly currency: Money["currency"];
  readonly from: Instant;
  readonly before: Instant;
  readonly training: boolean;
};

const proven: ReadonlySet<Payment["grade"]> = new Set(["A", "B", "C"]);

const cameIn = (payment: Payment, asked: Asked): boolean =>
  payment.acquirer === asked.acquirer &&
  payment.amount.currency === asked.currency &&
  payment.training === asked.training &&
  payment.state === "paid" &&
  proven.has(payment.grade) &&
  payment.paidAt !== undefined &&
  payment.paidAt >= asked.from &&
  payment.paidAt < asked.before;

/** Of payments that are one under several ids only one counts. */
const isFirst = ({ paymentId, same }: Payment, ids: ReadonlySet<PaymentId>): boolean =>
  !same.some((id) => id < paymentId && ids.has(id));

/** What surely came in at an acquirer in a time: paid and proven, less what went back from there already. */
export const takingsOf = (payments: readonly Payment[], asked: Asked): Money => {
  const own = payments.filter((payment) => cameIn(payment, asked));
  const ids = new Set(own.map(({ paymentId }) => paymentId));
  const each = own
    .filter((payment) => isFirst(payment, ids))
    .map(({ amount, external }) => money(Math.max(0, amount.minor - external), amount.currency));
  return sum(each, asked.currency);
};
