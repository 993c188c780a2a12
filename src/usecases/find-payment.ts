import {
  joinPayment,
  keyOfRow,
  type FoundPayment,
  type ImportedRow,
  type OurRefund,
} from "../domain/found-payment.ts";
import { writeRef, type CaseId, type PaymentId } from "../domain/ids.ts";
import type { Payment } from "../domain/payment.ts";
import { parseRefundNumber } from "../domain/refund-number.ts";
import { namingNumbers, numbersNamed, tellsOf } from "../domain/same-payment.ts";
import { numbersOfRow } from "../domain/statements/statement-block.ts";
import { saleOf } from "../ledger/sale-key.ts";
import { findInStatements } from "../storage/find-in-statements.ts";
import {
  casesOfPayment,
  findCaseByRefundNo,
  getPayment,
  paymentsBearing,
} from "../storage/queries.ts";
import { searchedImports } from "../storage/statement-index.ts";
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

/** Whether a return names the payment by a number alone that the payment's own row bears beside its channel number. */
const returnsTo =
  ({ row: back }: ImportedRow) =>
  ({ row: paid }: ImportedRow): boolean =>
    paid.kind === "payment" &&
    paid.acquirer === back.acquirer &&
    (paid.merchantNo === back.merchantNo || back.merchantNo === "" || paid.merchantNo === "") &&
    numbersNamed(paid).includes(back.outTradeNo);

/** The row that a return without a channel number is grouped with: that of the only payment it can mean. */
const anchorOf = (one: ImportedRow, rows: readonly ImportedRow[]): ImportedRow => {
  if (one.row.kind === "payment" || one.row.transactionId !== "") return one;
  const paid = rows.filter(returnsTo(one));
  const [only = one] = paid;
  return new Set(paid.map(groupOf)).size > 1 ? one : only;
};

const grouped = (rows: readonly ImportedRow[]): readonly (readonly ImportedRow[])[] => {
  const groups = new Map<string, ImportedRow[]>();
  for (const row of rows) {
    const group = groupOf(anchorOf(row, rows));
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups.values()];
};

/** Every device derives the same id; a row whose numbers no record can hold has one by its own digest. */
export const idOfRow = (row: ImportedRow["row"]): PaymentId =>
  saleOf(row.acquirer, keyOfRow(row) ?? { name: "row", number: row.digest });

const idOf = (rows: readonly ImportedRow[]): PaymentId => {
  const row = rows[0]?.row;
  if (row === undefined) throw new Error("a payment has a row");
  return idOfRow(row);
};

/** Every payment of the journal that rows tell of, by whichever of its numbers it was written down, the oldest first. */
const recordedOf = async (
  deps: Deps,
  rows: readonly ImportedRow[],
): Promise<readonly Payment[]> => {
  const { db } = deps.journal;
  const numbers = [...new Set(rows.flatMap(({ row }) => numbersNamed(row)))];
  const bearing = await Promise.all(numbers.map((number) => paymentsBearing(db, number)));
  const own = await getPayment(db, idOf(rows));
  const told = bearing.flat().filter((payment) => rows.some(({ row }) => tellsOf(payment, row)));
  const byId = new Map(
    [...told, ...(own === undefined ? [] : [own])].map((one) => [one.paymentId, one]),
  );
  return [...byId.values()].sort((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1));
};

const refundsOf = async (deps: Deps, ids: readonly PaymentId[]): Promise<readonly OurRefund[]> => {
  const cases = await Promise.all(ids.map((id) => casesOfPayment(deps.journal.db, id)));
  return cases.flat().flatMap(({ attempts }) => attempts);
};

const joined = async (
  deps: Deps,
  recorded: readonly Payment[],
  rows: readonly ImportedRow[],
): Promise<FoundPayment | undefined> => {
  const [known, ...others] = recorded;
  const paymentId = known?.paymentId ?? idOf(rows);
  const ids = [paymentId, ...others.map((other) => other.paymentId), ...(known?.same ?? [])];
  return joinPayment(known, rows, {
    ours: await refundsOf(deps, ids),
    paymentId,
    others,
  });
};

/** What was found as far as its imports still count, with everything that statements say of it by now (X11). */
export const rowsNow = async (
  { journal: { db } }: Deps,
  { payment, rows }: Pick<FoundPayment, "payment" | "rows">,
): Promise<readonly ImportedRow[]> => {
  const imports = new Set([...(await searchedImports(db)).values()].map(writeRef));
  const here = rows.filter(({ imported }) => imports.has(writeRef(imported)));
  const numbers = namingNumbers(payment.numbers);
  const told = await Promise.all(numbers.map((number) => findInStatements(db, number)));
  return [...here, ...told.flat().filter(({ row }) => tellsOf(payment, row))];
};

/** Joins the rows of one payment with what the journal knows of it now. */
export const joinRows = async (
  deps: Deps,
  rows: readonly ImportedRow[],
): Promise<FoundPayment | undefined> =>
  rows.length === 0 ? undefined : joined(deps, await recordedOf(deps, rows), rows);

/** Joins a payment of the journal with those of the rows that tell of it. */
export const joinRecorded = async (
  deps: Deps,
  known: Payment,
  rows: readonly ImportedRow[],
): Promise<FoundPayment> => {
  const own = rows.filter(({ row }) => tellsOf(known, row));
  const twice = own.length === 0 ? [] : await recordedOf(deps, own);
  const others = twice.filter((one) => one.paymentId !== known.paymentId);
  const found = own.length === 0 ? undefined : await joined(deps, [known, ...others], own);
  return found ?? { payment: known, rows: own, others: [] };
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
  const naming = rows.find(({ row }) => numbersNamed(row).length > 0);
  if (naming === undefined || rows.some(({ row }) => row.kind === "payment")) return rows;
  const { transactionId, outTradeNo } = naming.row;
  return findInStatements(deps.journal.db, transactionId === "" ? outTradeNo : transactionId);
};

/** These repeat the payment's channel number in every row of its refunds. */
const repeating: ReadonlySet<string> = new Set(["wechatpay", "alipay", "unionpay"]);

const placeOf = ({ row, imported }: ImportedRow): string =>
  `${imported.device} ${imported.seq} ${row.line} ${row.digest}`;

/** Other acquirers may name in a refund only one of the payment's numbers: rows that bear the other are fetched too. */
const withReturns = async (
  { journal: { db } }: Deps,
  rows: readonly ImportedRow[],
): Promise<readonly ImportedRow[]> => {
  const paid = rows.filter(({ row }) => row.kind === "payment" && !repeating.has(row.acquirer));
  const numbers = new Set(paid.flatMap(({ row }) => numbersNamed(row)));
  if (numbers.size < 2) return rows;
  const told = await Promise.all([...numbers].map((number) => findInStatements(db, number)));
  return [...new Map([...rows, ...told.flat()].map((one) => [placeOf(one), one])).values()];
};

const isExact = ({ payment, rows }: FoundPayment, number: string): boolean =>
  Object.values(payment.numbers).includes(number) ||
  rows.some(({ row }) => numbersOfRow(row).includes(number));

/** Two ids of one payment lead to it once. */
const isSame = ({ payment }: FoundPayment, other: FoundPayment): boolean =>
  payment.same.includes(other.payment.paymentId) || other.payment.same.includes(payment.paymentId);

/** Every payment that bears the number, in the journal or in the statements, each once. */
const findAll = async (deps: Deps, number: string): Promise<readonly FoundPayment[]> => {
  const { db } = deps.journal;
  const bearing = await rowsOfPayment(deps, await findInStatements(db, number));
  const rows = await withReturns(deps, bearing);
  const byId = new Map<PaymentId, FoundPayment>();
  for (const known of await paymentsBearing(db, number)) {
    const found = await joinRecorded(deps, known, rows);
    const twice = [...byId.values()].some((one) => isSame(one, found));
    if (!twice) byId.set(known.paymentId, found);
  }
  const told = new Set([...byId.values()].flatMap((one) => one.rows));
  for (const group of grouped(rows.filter((row) => !told.has(row)))) {
    const found = await joinRows(deps, group);
    if (found !== undefined && !byId.has(found.payment.paymentId))
      byId.set(found.payment.paymentId, found);
  }
  const all = [...byId.values()];
  const exact = all.filter((found) => isExact(found, number));
  return exact.length > 0 ? exact : all;
};

/** Looks a number up: our own refunds first, then payments of the journal and rows of the statements. */
export const findPayment = async (deps: Deps, number: string): Promise<Lookup> => {
  const caseId = await ownRefund(deps, number);
  if (caseId !== undefined) return { kind: "refund", caseId };
  const found = await findAll(deps, number);
  const [only] = found;
  if (only === undefined) return { kind: "nothing" };
  if (found.length > 1) return { kind: "several", found };
  return { kind: "payment", found: only, spelling: isExact(only, number) ? "exact" : "similar" };
};

const numberOf = ({ numbers }: Payment): string | undefined =>
  numbers["transaction_id"] ?? numbers["out_trade_no"];

/** A payment of the journal together with its statement rows, if it has any. */
export const findPaymentById = async (deps: Deps, paymentId: PaymentId): Promise<Lookup> => {
  const payment = await getPayment(deps.journal.db, paymentId);
  if (payment === undefined) return { kind: "nothing" };
  const number = numberOf(payment);
  const lookup: Lookup =
    number === undefined ? { kind: "nothing" } : await findPayment(deps, number);
  const all = lookup.kind === "several" ? lookup.found : [];
  const found = (lookup.kind === "payment" ? [lookup.found] : all).find(
    (one) => one.payment.paymentId === paymentId,
  );
  return { kind: "payment", found: found ?? { payment, rows: [], others: [] }, spelling: "exact" };
};
