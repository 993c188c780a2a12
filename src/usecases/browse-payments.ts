import type { Currency } from "../domain/currency.ts";
import type { ImportedRow } from "../domain/found-payment.ts";
import { addSeconds, instantFromMs, type Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import {
  findInStatements,
  recentStatementRows,
  searchStatements,
} from "../storage/find-in-statements.ts";
import { casesOfPayment, listPayments } from "../storage/queries.ts";
import { searchPayments, type SearchTerm } from "../storage/search.ts";
import { searchTerms, type Browsed } from "./browse-refunds.ts";
import type { Deps } from "./deps.ts";

/** A payment in a list: known to the journal with its latest refund, or so far only a row of a statement. */
export type PaymentInList =
  | {
      readonly kind: "recorded";
      readonly at: Instant;
      readonly payment: Payment;
      readonly latest: RefundCase | undefined;
    }
  | { readonly kind: "statement"; readonly at: Instant; readonly row: StatementRow };

export type PaymentsWanted = {
  readonly search: string;
  readonly currency: Currency;
  readonly limit: number;
};

type Sources = { readonly payments: readonly Payment[]; readonly rows: readonly ImportedRow[] };

const timeOf = (payment: Payment): Instant => payment.paidAt ?? payment.recordedAt;

/** A search looks into statements of the last month; older ones are found by number. */
const searchSeconds = 31 * 86_400;

const rowsOfTerm = (deps: Deps, term: SearchTerm): Promise<readonly ImportedRow[]> => {
  if (term.kind === "number") return findInStatements(deps.journal.db, term.text);
  const to = addSeconds(instantFromMs(deps.now()), 86_400);
  const from = addSeconds(to, -searchSeconds);
  return searchStatements(deps.journal.db, { minor: term.minor, from, to });
};

const search = async (deps: Deps, wanted: PaymentsWanted): Promise<Sources> => {
  const terms = searchTerms(wanted.search, wanted.currency);
  const { db } = deps.journal;
  const payments = await Promise.all(terms.map((term) => searchPayments(db, term)));
  const rows = await Promise.all(terms.map((term) => rowsOfTerm(deps, term)));
  const unique = new Map(payments.flat().map((payment) => [payment.paymentId, payment]));
  return { payments: [...unique.values()], rows: rows.flat() };
};

const newest = async (deps: Deps, limit: number): Promise<Sources> => ({
  payments: await listPayments(deps.journal.db, { limit }),
  rows: await recentStatementRows(deps.journal.db, { limit }),
});

/** Below the last entry of a full source the other one cannot be judged yet. */
const edgeOf = ({ payments, rows }: Sources, limit: number): string => {
  const lastPayment = payments.length < limit ? undefined : payments.at(-1);
  const lastRow = rows.length < limit ? undefined : rows.at(-1);
  const edges = [lastPayment && timeOf(lastPayment), lastRow?.row.at].map((at) => at ?? "");
  return edges.sort().at(-1) ?? "";
};

const unrecorded = ({ payments, rows }: Sources): readonly StatementRow[] => {
  const known = new Set(payments.flatMap(({ numbers }) => Object.values(numbers)));
  const seen = new Set<string>();
  return rows
    .map(({ row }) => row)
    .filter((row) => {
      const isNew = !known.has(row.transactionId) && !known.has(row.outTradeNo);
      const name = `${row.transactionId} ${row.outTradeNo}`;
      const first = !seen.has(name);
      if (row.kind === "payment") seen.add(name);
      return row.kind === "payment" && isNew && first;
    });
};

const withLatest = async (deps: Deps, payment: Payment): Promise<PaymentInList> => ({
  kind: "recorded",
  at: timeOf(payment),
  payment,
  latest: (await casesOfPayment(deps.journal.db, payment.paymentId)).at(-1),
});

/** Payments for a list, newest first: those of the journal and rows of statements that nobody refunded yet. */
export const browsePayments = async (
  deps: Deps,
  wanted: PaymentsWanted,
): Promise<Browsed<PaymentInList>> => {
  const listing = wanted.search.trim() === "";
  const sources = await (listing ? newest(deps, wanted.limit) : search(deps, wanted));
  const edge = listing ? edgeOf(sources, wanted.limit) : "";
  const recorded = sources.payments.filter((payment) => timeOf(payment) >= edge);
  const rows = unrecorded(sources)
    .filter((row) => row.at >= edge)
    .map((row): PaymentInList => ({ kind: "statement", at: row.at, row }));
  const known = await Promise.all(recorded.map((payment) => withLatest(deps, payment)));
  const all = [...known, ...rows].sort(
    (one, other) => Number(one.at < other.at) - Number(one.at > other.at),
  );
  return { rows: all, more: edge !== "" };
};
