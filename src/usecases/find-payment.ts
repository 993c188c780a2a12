import {
  joinPayment,
  keyOfRow,
  type FoundPayment,
  type ImportedRow,
} from "../domain/found-payment.ts";
import { base32, type CaseId, type PaymentId } from "../domain/ids.ts";
import type { Payment } from "../domain/payment.ts";
import { parseRefundNumber } from "../domain/refund-number.ts";
import { saleOf } from "../ledger/sale-key.ts";
import { findInStatements } from "../storage/find-in-statements.ts";
import {
  casesOfPayment,
  findCaseByRefundNo,
  findPayment as findRecorded,
} from "../storage/queries.ts";
import type { Deps } from "./deps.ts";

/** What a number leads to here. `spelling` says that 0/O or 1/I were read as each other. */
export type Lookup =
  | {
      readonly kind: "payment";
      readonly found: FoundPayment;
      readonly spelling: "exact" | "similar";
    }
  | { readonly kind: "several"; readonly found: readonly FoundPayment[] }
  | { readonly kind: "refund"; readonly caseId: CaseId }
  | { readonly kind: "nothing" };

/** Rows of one payment: they name the same channel number, or the same order number of the same merchant. */
const groupOf = ({ row }: ImportedRow): string =>
  row.transactionId === ""
    ? `${row.acquirer}/${row.merchantNo}/${row.outTradeNo}`
    : `${row.acquirer}/${row.transactionId}`;

const grouped = (rows: readonly ImportedRow[]): readonly (readonly ImportedRow[])[] => {
  const groups = new Map<string, ImportedRow[]>();
  for (const row of rows) groups.set(groupOf(row), [...(groups.get(groupOf(row)) ?? []), row]);
  return [...groups.values()];
};

const idOf = (deps: Deps, rows: readonly ImportedRow[]): PaymentId => {
  const row = rows[0]?.row;
  const key = row === undefined ? undefined : keyOfRow(row);
  return row === undefined || key === undefined
    ? (base32(deps.random(10)) as PaymentId)
    : saleOf(row.acquirer, key);
};

/** Joins rows of one payment with what the journal knows of it. */
export const joinRows = async (
  deps: Deps,
  recorded: Payment | undefined,
  rows: readonly ImportedRow[],
): Promise<FoundPayment | undefined> => {
  const paymentId = recorded?.paymentId ?? idOf(deps, rows);
  const cases = await casesOfPayment(deps.journal.db, paymentId);
  const ourNumbers = new Set<string>(
    cases.flatMap(({ attempts }) => attempts.map((attempt) => attempt.refundNo)),
  );
  return joinPayment(recorded, rows, { ourNumbers, paymentId });
};

const ownRefund = async (deps: Deps, text: string): Promise<CaseId | undefined> => {
  const number = parseRefundNumber(text.toUpperCase());
  return number.ok ? (await findCaseByRefundNo(deps.journal.db, number.value))?.caseId : undefined;
};

/** A refund number leads to its row alone: the payment and its other refunds stand under the payment's own number. */
const rowsOfPayment = async (
  deps: Deps,
  rows: readonly ImportedRow[],
): Promise<readonly ImportedRow[]> => {
  const [first] = rows;
  if (first === undefined || rows.some(({ row }) => row.kind === "payment")) return rows;
  const { transactionId, outTradeNo } = first.row;
  return findInStatements(deps.journal.db, transactionId === "" ? outTradeNo : transactionId);
};

/** Looks a number up: our own refunds first, then payments of the journal and rows of the statements. */
export const findPayment = async (deps: Deps, number: string): Promise<Lookup> => {
  const caseId = await ownRefund(deps, number);
  if (caseId !== undefined) return { kind: "refund", caseId };
  const { db } = deps.journal;
  const recorded = await findRecorded(db, number);
  const rows = await rowsOfPayment(deps, await findInStatements(db, number));
  if (recorded !== undefined) {
    const found = await joinRows(deps, recorded, rows);
    return found === undefined
      ? { kind: "nothing" }
      : { kind: "payment", found, spelling: spellingOf(found, number) };
  }
  const joined = await Promise.all(grouped(rows).map((group) => joinRows(deps, undefined, group)));
  const found = joined.filter((one) => one !== undefined);
  const [only] = found;
  if (only === undefined) return { kind: "nothing" };
  return found.length === 1
    ? { kind: "payment", found: only, spelling: spellingOf(only, number) }
    : { kind: "several", found };
};

const spellingOf = ({ payment }: FoundPayment, number: string): "exact" | "similar" =>
  Object.values(payment.numbers).includes(number) ? "exact" : "similar";
