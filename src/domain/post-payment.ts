import type { Books } from "./books.ts";
import type { PaymentId } from "./ids.ts";
import type { PaymentEvent, Recorded } from "./journal-event.ts";
import { settle, takePayment, withClaim, type BalanceClaim, type Payment } from "./payment.ts";
import { excessOf } from "./refund/conflict.ts";

/** Puts a payment into books, where the others that it says it is find it; in them all the same whatever came first. */
export const putPayment = ({ payments, sameAs }: Books, payment: Payment): void => {
  const { paymentId, same } = payment;
  payments.set(paymentId, payment);
  for (const other of same) {
    const known = sameAs.get(other) ?? [];
    if (!known.includes(paymentId)) sameAs.set(other, [...known, paymentId].sort());
  }
};

/** A payment with every other that is it, those of the others too. */
const groupOf = (books: Books, payment: Payment): readonly Payment[] => {
  const ids = new Set([payment.paymentId]);
  for (const id of ids) {
    const one = books.payments.get(id);
    if (one === undefined) continue;
    for (const other of [...one.same, ...(books.sameAs.get(id) ?? [])]) ids.add(other);
  }
  return [...ids].flatMap((id) => books.payments.get(id) ?? []);
};

/** Says of each refund whether it waits, because its payment cannot give all that several devices recorded. */
const markConflicts = (books: Books, payment: Payment): void => {
  const excess = excessOf(payment);
  for (const { caseId } of payment.claims) {
    const known = books.cases.get(caseId);
    const conflict = excess.get(caseId) === "conflict";
    if (known !== undefined && known.conflict !== conflict)
      books.cases.set(caseId, { ...known, conflict });
  }
};

/** Makes the payments of a group say the same of their money, whatever was posted last. */
const settleGroup = (books: Books, members: readonly Payment[]): void => {
  const group = settle(members);
  for (const one of group) putPayment(books, one);
  const [first] = group;
  if (first !== undefined) markConflicts(books, first);
};

/** Takes a record of a payment. */
export const postPayment = (books: Books, recorded: Recorded<PaymentEvent>): void => {
  const { paymentId } = recorded.event;
  const payment = takePayment(books.payments.get(paymentId), recorded, books.home);
  putPayment(books, payment);
  settleGroup(books, groupOf(books, payment));
};

/** A refund counts on every payment that turned out to be the one it was made of. */
export const postClaims = (
  books: Books,
  paymentId: PaymentId,
  claims: readonly BalanceClaim[],
): void => {
  const payment = books.payments.get(paymentId);
  if (payment === undefined) return;
  const claimed = groupOf(books, payment).map((one) => claims.reduce(withClaim, one));
  settleGroup(books, claimed);
};
