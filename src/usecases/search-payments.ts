import type { FoundPayment } from "../domain/found-payment.ts";
import type { Instant } from "../domain/instant.ts";
import type { Payment } from "../domain/payment.ts";
import { searchStatements, type StatementSearch } from "../storage/find-in-statements.ts";
import { getPayment } from "../storage/queries.ts";
import { searchPayments as searchRecorded } from "../storage/search.ts";
import type { Deps } from "./deps.ts";
import { findPayment, joinRows } from "./find-payment.ts";

/** What somebody remembers of a payment without its number; at least an amount or a tail. */
export type Remembered = {
  readonly minor?: number;
  /** The last 4 to 8 characters of a number. */
  readonly tail?: string;
  readonly from: Instant;
  readonly to: Instant;
};

/** Why a payment is offered: the amount as remembered, or typed with a nought too many or too few; or its number's end. */
export type Match = {
  readonly found: FoundPayment;
  readonly because:
    | { readonly kind: "amount" }
    | { readonly kind: "factor"; readonly factor: 10 | 100 }
    | { readonly kind: "tail" };
};

type Wanted = { readonly minor: number; readonly because: Match["because"] };

const mostMatches = 50;

/** The amount itself first, then ten and a hundred times more and less, as people mistype (screens.md T1e). */
const wantedAmounts = (minor: number): readonly Wanted[] => [
  { minor, because: { kind: "amount" } },
  ...([10, 100] as const).flatMap((factor): readonly Wanted[] => {
    const because = { kind: "factor", factor } as const;
    const larger = { minor: minor * factor, because };
    return minor % factor === 0 ? [larger, { minor: minor / factor, because }] : [larger];
  }),
];

const inWindow = ({ from, to }: Remembered, payment: Payment): boolean => {
  const at = payment.paidAt ?? payment.recordedAt;
  return at >= from && at <= to;
};

const endsWith = (payment: Payment, tail: string): boolean =>
  Object.values(payment.numbers).some((number) =>
    number.toUpperCase().endsWith(tail.toUpperCase()),
  );

const recordedMatches = async (
  deps: Deps,
  remembered: Remembered,
  { minor, because }: Wanted,
): Promise<readonly Match[]> => {
  const payments = await searchRecorded(deps.journal.db, { kind: "amount", minor });
  return payments
    .filter((payment) => inWindow(remembered, payment))
    .filter((payment) => remembered.tail === undefined || endsWith(payment, remembered.tail))
    .map((payment) => ({ found: { payment, rows: [], others: [] }, because }));
};

const statementMatches = async (
  deps: Deps,
  wanted: StatementSearch,
  because: Match["because"],
): Promise<readonly Match[]> => {
  const rows = await searchStatements(deps.journal.db, wanted);
  const found = await Promise.all(rows.map((row) => joinRows(deps, [row])));
  return found.filter((one) => one !== undefined).map((one) => ({ found: one, because }));
};

const tailMatches = async (
  deps: Deps,
  remembered: Remembered & { readonly tail: string },
): Promise<readonly Match[]> => {
  const because = { kind: "tail" } as const;
  const whole = await findPayment(deps, remembered.tail);
  const exact = whole.kind === "payment" ? [whole.found] : [];
  const term = { kind: "number", text: remembered.tail } as const;
  const payments = await searchRecorded(deps.journal.db, term);
  const ended = payments.filter((payment) => inWindow(remembered, payment));
  const known = ended.map((payment) => ({ payment, rows: [], others: [] }));
  const matches = [...exact, ...known].map((found) => ({ found, because }));
  return [...matches, ...(await statementMatches(deps, remembered, because))];
};

/** One line for each payment; what the journal knows of it wins over its statement row. */
const distinct = async (deps: Deps, matches: readonly Match[]): Promise<readonly Match[]> => {
  const byId = new Map<string, Match>();
  for (const match of matches) {
    const { paymentId } = match.found.payment;
    if (byId.has(paymentId)) continue;
    const payment = await getPayment(deps.journal.db, paymentId);
    const { rows } = match.found;
    byId.set(
      paymentId,
      payment === undefined ? match : { ...match, found: { payment, rows, others: [] } },
    );
  }
  return [...byId.values()].slice(0, mostMatches);
};

/** Payments of the journal and of the statements that fit what somebody remembers, likeliest first (T1e). */
export const searchPayments = async (
  deps: Deps,
  remembered: Remembered,
): Promise<readonly Match[]> => {
  const { minor, tail, from, to } = remembered;
  if (minor === undefined)
    return tail === undefined ? [] : distinct(deps, await tailMatches(deps, { tail, from, to }));
  const matches: Match[] = [];
  for (const wanted of wantedAmounts(minor)) {
    matches.push(...(await recordedMatches(deps, remembered, wanted)));
    const search = { ...remembered, minor: wanted.minor };
    matches.push(...(await statementMatches(deps, search, wanted.because)));
  }
  return distinct(deps, matches);
};
