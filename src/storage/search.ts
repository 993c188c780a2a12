import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { Database } from "./database.ts";
import { reversedKey } from "./number-index.ts";
import { newestBelow } from "./paging.ts";
import { pageSize } from "./queries.ts";
import type { CaseRow, PaymentRow } from "./rows.ts";

/** What a person looks for: an amount in minor units, or a number or its last 4 to 8 characters. */
export type SearchTerm =
  | { readonly kind: "amount"; readonly minor: number }
  | { readonly kind: "number"; readonly text: string };

const shortest = 4;

const byAmount = (minor: number) => ({ within: [minor], before: undefined, limit: pageSize });

const newest = <T>(rows: readonly T[], at: (row: T) => string): readonly T[] =>
  [...rows].sort((a, b) => (at(a) < at(b) ? 1 : -1)).slice(0, pageSize);

const paymentRows = async (db: Database, term: SearchTerm): Promise<readonly PaymentRow[]> => {
  if (term.kind === "amount")
    return newestBelow<PaymentRow>(db.payments, "[minor+seenAt+paymentId]", byAmount(term.minor));
  const key = reversedKey(term.text);
  if (key.length < shortest) return [];
  return db.payments.where("ends").startsWith(key).distinct().limit(pageSize).toArray();
};

/** Payments of an amount, or with a number that ends so; newest first, at most 50. */
export const searchPayments = async (db: Database, term: SearchTerm): Promise<readonly Payment[]> =>
  newest(await paymentRows(db, term), (row) => row.seenAt).map((row) => row.payment);

const casesByNumber = async (db: Database, text: string): Promise<readonly CaseRow[]> => {
  const key = reversedKey(text);
  if (key.length < shortest) return [];
  const own = await db.cases.where("ends").startsWith(key).distinct().limit(pageSize).toArray();
  const payments = await paymentRows(db, { kind: "number", text });
  const ids = payments.map((row) => row.paymentId);
  const paid = ids.length === 0 ? [] : await db.cases.where("paymentId").anyOf(ids).toArray();
  return [...new Map([...own, ...paid].map((row) => [row.caseId, row])).values()];
};

/** Cases of an amount, or whose refund number, channel number or payment's number ends so; newest first, at most 50. */
export const searchCases = async (
  db: Database,
  term: SearchTerm,
): Promise<readonly RefundCase[]> => {
  const rows =
    term.kind === "amount"
      ? await newestBelow<CaseRow>(db.cases, "[minor+createdAt+caseId]", byAmount(term.minor))
      : await casesByNumber(db, term.text);
  return newest(rows, (row) => row.createdAt).map((row) => row.refundCase);
};
