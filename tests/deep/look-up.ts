import type { Instant } from "../../src/domain/instant.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { findInStatements, searchStatements } from "../../src/storage/find-in-statements.ts";

/** A payment of the statement, as somebody would remember it. */
export type Wanted = { readonly number: string; readonly minor: number; readonly at: Instant };

const db = openDatabase("refund-desk");

const hour = 3_600_000;

const near = (at: Instant, ms: number): Instant =>
  `${new Date(new Date(at).getTime() + ms).toISOString().slice(0, 19)}Z` as Instant;

const wholeDay = (at: Instant) => ({ from: near(at, -24 * hour), to: near(at, 24 * hour) });
const twoHours = (at: Instant) => ({ from: near(at, -hour), to: near(at, hour) });

const confused = (number: string): string =>
  number.replaceAll("0", "O").replaceAll("1", "I").toLowerCase();

const ways = {
  "its number": ({ number }: Wanted) => findInStatements(db, number),
  "its number, O for 0 and I for 1": ({ number }: Wanted) => findInStatements(db, confused(number)),
  "the last 8 characters": ({ number, at }: Wanted) =>
    searchStatements(db, { tail: number.slice(-8), ...wholeDay(at) }),
  "the last 4 characters": ({ number, at }: Wanted) =>
    searchStatements(db, { tail: number.slice(-4), ...wholeDay(at) }),
  "amount and two hours": ({ minor, at }: Wanted) =>
    searchStatements(db, { minor, ...twoHours(at) }),
  "amount, two hours and the last 4": ({ minor, at, number }: Wanted) =>
    searchStatements(db, { minor, tail: confused(number.slice(-4)), ...twoHours(at) }),
};

/** How long each way of finding takes, for the first and for every further one, and how often it found what was wanted. */
export const lookUp = async (wanted: readonly Wanted[]) => {
  const told: { readonly way: string; readonly ms: readonly number[]; readonly found: number }[] =
    [];
  for (const [way, find] of Object.entries(ways)) {
    const ms: number[] = [];
    let found = 0;
    for (const one of wanted) {
      const began = performance.now();
      const rows = await find(one);
      ms.push(performance.now() - began);
      if (rows.some(({ row }) => row.transactionId === one.number)) found++;
    }
    told.push({ way, ms, found });
  }
  return told;
};
