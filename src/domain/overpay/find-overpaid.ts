import type { Currency } from "../currency.ts";
import { secondsOf, type Instant } from "../instant.ts";
import { overpayRules, suspectAmount, type Suspicion } from "./suspicion.ts";
import { newUsual, salesKept, salesNeeded, type Usual } from "./usual.ts";

/** What is looked at of a payment. */
export type Sale = {
  readonly minor: number;
  readonly currency: Currency;
  readonly at: Instant;
  /** What is known of who paid, where anything is. */
  readonly payer?: string;
  readonly termNo?: string;
};

/** Amounts of the last sales by currency, for the file or the payment that comes next. */
export type UsualSales = { readonly [currency: string]: readonly number[] };

export type Suspect<S extends Sale> = { readonly sale: S; readonly suspicion: Suspicion };

/** More than these nobody looks through; the largest stay. */
export const mostSuspects = 200;

/** Pairs of sales that are looked at together before those too far back are let go. */
const mostRecent = 4096;

/** Two sales of one sum, by one payer or at one terminal, within two minutes: the later of them. */
const newPairs = <S extends Sale>() => {
  const recent = new Map<string, S>();
  const letGo = (now: number): void => {
    for (const [key, { at }] of recent)
      if (Math.abs(secondsOf(at) - now) > overpayRules.dupSeconds) recent.delete(key);
    if (recent.size > mostRecent) recent.clear();
  };
  const pairOf = (key: string, sale: S): S | undefined => {
    const other = recent.get(key);
    recent.set(key, sale);
    if (other === undefined) return undefined;
    const apart = secondsOf(sale.at) - secondsOf(other.at);
    if (Math.abs(apart) > overpayRules.dupSeconds) return undefined;
    return apart < 0 ? other : sale;
  };
  return (sale: S): { readonly later: S; readonly isPayer: boolean } | undefined => {
    const { minor, currency, payer, termNo, at } = sale;
    const own = `${minor} ${currency}`;
    const byPayer = payer === undefined ? undefined : pairOf(`${own} p ${payer}`, sale);
    const byTerminal = termNo === undefined ? undefined : pairOf(`${own} t ${termNo}`, sale);
    if (recent.size > mostRecent) letGo(secondsOf(at));
    const later = byPayer ?? byTerminal;
    return later && { later, isPayer: byPayer !== undefined };
  };
};

const suspectPair = (isPayer: boolean, { minor }: Sale, usual: Usual): Suspicion | undefined =>
  isPayer || (usual.size() >= salesNeeded && usual.seen(minor) <= overpayRules.paired)
    ? { factor: "dup" }
    : undefined;

/** A sale with texts of its own: a cell that was cut out of a file keeps the whole piece of the file in memory. */
const copyOf = <S extends Sale>(sale: S): S => JSON.parse(JSON.stringify(sale)) as S;

/** Sales that look like a mistake, each once; of too many the largest stay. */
const newSuspects = <S extends Sale>() => {
  const known = new WeakMap<S, Suspect<S>>();
  const suspects = new Set<Suspect<S>>();
  const keepLargest = (most: number): void => {
    if (suspects.size <= most) return;
    const sorted = [...suspects].sort((one, other) => one.sale.minor - other.sale.minor);
    for (const suspect of sorted.slice(0, suspects.size - mostSuspects)) suspects.delete(suspect);
  };
  return {
    put: (sale: S, suspicion: Suspicion): void => {
      const before = known.get(sale);
      if (before !== undefined) suspects.delete(before);
      const suspect = { sale: before?.sale ?? copyOf(sale), suspicion };
      known.set(sale, suspect);
      suspects.add(suspect);
      keepLargest(2 * mostSuspects);
    },
    finish: (): readonly Suspect<S>[] => {
      keepLargest(mostSuspects);
      return [...suspects];
    },
  };
};

/**
 * Finds the payments that look like a mistake while they are read, each beside the last ones before it; the first are
 * looked at once there is something to look at them beside. Time and memory do not grow with what was read before.
 */
export const newOverpaidFinder = <S extends Sale>(before: UsualSales) => {
  const pairs = newPairs<S>();
  const books = new Map<Currency, { readonly usual: Usual; early: S[] }>();
  const suspects = newSuspects<S>();
  const bookOf = (currency: Currency) => {
    const known = books.get(currency);
    if (known !== undefined) return known;
    const book = { usual: newUsual(before[currency] ?? []), early: [] };
    books.set(currency, book);
    return book;
  };
  const judge = (sale: S, usual: Usual): void => {
    const pair = pairs(sale);
    const doubled = pair && suspectPair(pair.isPayer, pair.later, usual);
    if (pair !== undefined && doubled !== undefined) suspects.put(pair.later, doubled);
    const found = suspectAmount(sale.minor, sale.currency, usual);
    if (found !== undefined) suspects.put(sale, found);
  };
  const judgeEarly = (book: { readonly usual: Usual; early: S[] }): void => {
    for (const sale of book.early) book.usual.without(sale.minor, () => judge(sale, book.usual));
    book.early = [];
  };
  return {
    take: (sale: S): void => {
      const book = bookOf(sale.currency);
      const isFull = book.usual.size() >= salesKept;
      if (isFull) judgeEarly(book);
      if (isFull) judge(sale, book.usual);
      else book.early.push(sale);
      book.usual.take(sale.minor);
    },
    finish: (): readonly Suspect<S>[] => {
      for (const book of books.values()) judgeEarly(book);
      return suspects.finish();
    },
    usual: (): UsualSales =>
      Object.fromEntries([...books].map(([currency, { usual }]) => [currency, usual.amounts()])),
  };
};
