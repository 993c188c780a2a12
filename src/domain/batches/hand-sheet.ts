import type { AcquirerProfile, HandField } from "../acquirers/profile.ts";
import type { Zone } from "../instant.ts";
import { writeAmount } from "../money.ts";
import type { Payment } from "../payment.ts";
import { latestAttempt, type RefundCase } from "../refund/case.ts";
import { writeTime } from "./batch-cell.ts";

/** One value that a person types at a portal or a terminal. */
export type HandValue = { readonly field: HandField; readonly value: string };

/** Format name of a batch of one that was typed by hand (upload-files.md §4). */
export const handFormat = "hand";

type About = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  readonly zone: Zone;
};

const valueOf = (field: HandField, { refundCase, payment, zone }: About): string | undefined => {
  const { amount, refundNo } = latestAttempt(refundCase);
  const numbers = payment?.numbers ?? {};
  switch (field) {
    case "merchant_no":
      return payment?.merchantNo;
    case "term_no":
      return payment?.terminalNo;
    case "transaction_id":
    case "out_trade_no":
    case "ref_no":
    case "voucher_no":
      return numbers[field];
    case "slip_batch_no":
      return numbers["batch_no"];
    case "statement_serial":
      return numbers["serial_no"];
    case "paid_at":
      return payment?.paidAt && writeTime(payment.paidAt, "yyyy-MM-dd HH:mm", zone);
    case "refund_no":
      return refundNo;
    case "amount":
      return writeAmount(amount);
    case "reason":
      return refundCase.reason;
    case "channel":
      return payment?.channel;
    case "operator_id":
      return refundCase.requestedBy;
  }
};

/** What to type for one refund, in the order of the acquirer's fields; what is not known is left out. */
export const handValues = (
  { fields }: Pick<AcquirerProfile, "fields">,
  about: About,
): readonly HandValue[] =>
  fields.flatMap((field) => {
    const value = valueOf(field, about);
    return value === undefined ? [] : [{ field, value }];
  });

/** The sheet as a file, `field=value` in each line: what was handed over can be shown later. */
export const writeHandSheet = (values: readonly HandValue[]): string =>
  values.map(({ field, value }) => `${field}=${value}\n`).join("");
