import type { PaymentEvent, Numbers } from "./journal-event.ts";

type Key = NonNullable<PaymentEvent["key"]>;

const fits = (text: string): boolean => /^[!-~]{1,64}$/.test(text);

/**
 * The strongest number of a payment, from which every device derives the same paymentId (refundlog.md §4.1):
 * transaction_id, else the merchant's own order number after the merchant number; undefined when there is none.
 */
export const paymentKey = (numbers: Numbers, merchantNo: string | undefined): Key | undefined => {
  const transactionId = numbers["transaction_id"];
  if (transactionId !== undefined && fits(transactionId))
    return { name: "transaction_id", number: transactionId };
  const order = numbers["out_trade_no"];
  if (order === undefined) return undefined;
  const number = `${merchantNo ?? ""}/${order}`;
  return fits(number) ? { name: "out_trade_no", number } : undefined;
};
