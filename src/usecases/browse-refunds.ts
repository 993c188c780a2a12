import { businessDate, instantFromMs, startOfDay } from "../domain/instant.ts";
import { parseAmount } from "../domain/money.ts";
import type { Payment } from "../domain/payment.ts";
import type { RefundCase } from "../domain/refund/case.ts";
import type { MoneyState } from "../domain/refund/money-track.ts";
import type { Currency } from "../domain/currency.ts";
import { getPayment, listCases } from "../storage/queries.ts";
import { searchCases, type SearchTerm } from "../storage/search.ts";
import type { Deps } from "./deps.ts";

/** A refund in a list, with the payment that tells what was bought. */
export type RefundInList = {
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
};

/** A list as far as it was asked for; `more` says that it goes on. */
export type Browsed<Row> = { readonly rows: readonly Row[]; readonly more: boolean };

export type RefundsWanted = {
  readonly search: string;
  readonly currency: Currency;
  /** Only the stall's present day. */
  readonly today: boolean;
  /** Only refunds whose money stands in one of these; all when there is none. */
  readonly states: readonly MoneyState[];
  readonly limit: number;
};

const shortestNumber = 4;

/** What a typed text may mean: `7890` is an amount and the end of a number. */
export const searchTerms = (text: string, currency: Currency): readonly SearchTerm[] => {
  const typed = text.trim();
  const amount = parseAmount(typed, currency);
  const number = typed.replace(/\s/g, "");
  return [
    ...(amount.ok ? [{ kind: "amount", minor: amount.value.minor } as const] : []),
    ...(number.length >= shortestNumber ? [{ kind: "number", text: number } as const] : []),
  ];
};

const newestFirst = (one: RefundCase, other: RefundCase): number =>
  Number(one.createdAt < other.createdAt) - Number(one.createdAt > other.createdAt);

const search = async (deps: Deps, wanted: RefundsWanted): Promise<readonly RefundCase[]> => {
  const terms = searchTerms(wanted.search, wanted.currency);
  const found = await Promise.all(terms.map((term) => searchCases(deps.journal.db, term)));
  const cases = new Map(found.flat().map((refundCase) => [refundCase.caseId, refundCase]));
  const { states } = wanted;
  return [...cases.values()]
    .filter(({ money }) => states.length === 0 || (money !== undefined && states.includes(money)))
    .sort(newestFirst);
};

const list = (deps: Deps, { states, limit }: RefundsWanted): Promise<readonly RefundCase[]> =>
  listCases(deps.journal.db, {
    limit: limit + 1,
    ...(states.length === 0 ? {} : { states }),
  });

const ofToday = (deps: Deps, cases: readonly RefundCase[]): readonly RefundCase[] => {
  const today = businessDate(instantFromMs(deps.now()), deps.calendar);
  const start = startOfDay(today, deps.calendar);
  return cases.filter((refundCase) => refundCase.createdAt >= start);
};

/** Refunds for a list, newest first: all, or those that a search and its filters leave; by key ranges only. */
export const browseRefunds = async (
  deps: Deps,
  wanted: RefundsWanted,
): Promise<Browsed<RefundInList>> => {
  const cases = await (wanted.search.trim() === "" ? list(deps, wanted) : search(deps, wanted));
  const left = wanted.today ? ofToday(deps, cases) : cases;
  const shown = left.slice(0, wanted.limit);
  const rows = await Promise.all(
    shown.map(async (refundCase) => ({
      refundCase,
      payment:
        refundCase.paymentId === undefined
          ? undefined
          : await getPayment(deps.journal.db, refundCase.paymentId),
    })),
  );
  return { rows, more: left.length > wanted.limit };
};
