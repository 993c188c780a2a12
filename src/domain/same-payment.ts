import { confusableKey } from "./codes/number-key.ts";
import type { Numbers } from "./journal-event.ts";
import type { Payment } from "./payment.ts";
import type { StatementRow } from "./statements/statement-row.ts";

/** Numbers that name one payment; batch and voucher numbers begin again every day. */
const naming: ReadonlySet<string> = new Set(["transaction_id", "out_trade_no", "ref_no"]);

/** The numbers of a payment that nobody else bears. */
export const namingNumbers = (numbers: Numbers): readonly string[] =>
  Object.entries(numbers)
    .filter(([name]) => naming.has(name))
    .map(([, number]) => number);

/** The numbers that a row gives to its payment. */
export const numbersNamed = (row: StatementRow): readonly string[] =>
  [row.transactionId, row.outTradeNo].filter((number) => number !== "");

const agree = (one: string, other: string): boolean => confusableKey(one) === confusableKey(other);

/** Both name it, and not the same. */
const differ = (one: string | undefined, other: string): boolean =>
  one !== undefined && other !== "" && !agree(one, other);

/**
 * Whether a statement row tells of this payment (refund-model.md §3.5): a number agrees, and neither the channel, nor
 * its own number, nor the merchant speaks against it. An order number alone may be borne by payments of two channels.
 */
export const tellsOf = (payment: Payment, row: StatementRow): boolean => {
  const ownAcquirer = payment.acquirer === row.acquirer || payment.acquirer === "custom";
  if (!ownAcquirer || differ(payment.numbers["transaction_id"], row.transactionId)) return false;
  if (differ(payment.merchantNo, row.merchantNo)) return false;
  return namingNumbers(payment.numbers).some((number) =>
    numbersNamed(row).some((named) => agree(number, named)),
  );
};
