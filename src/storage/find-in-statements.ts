import { confusableKey } from "../domain/codes/number-key.ts";
import type { ImportedRow } from "../domain/found-payment.ts";
import type { RecordRef } from "../domain/ids.ts";
import { secondsOf, type Instant } from "../domain/instant.ts";
import { endingsWith, numberHash } from "../domain/statements/number-hash.ts";
import { numbersOfRow } from "../domain/statements/statement-block.ts";
import { firstFrom, placesBetween, type PairList } from "../domain/statements/statement-index.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "./database.ts";
import { indexPart, openRows, searchedImports, type RowPlace } from "./statement-index.ts";

const placesWith = async (
  db: Database,
  importId: string,
  part: PairList,
  [from, below]: readonly [number, number],
): Promise<readonly number[]> => {
  const pieces = await indexPart(db, importId, part);
  return pieces.flatMap((pairs) => placesBetween(pairs, from, below));
};

/** Rows that may bear one of some numbers; the hashes only say where it is worth looking. */
export const rowsWithNumbers = async (
  db: Database,
  numbers: readonly string[],
): Promise<readonly ImportedRow[]> => {
  const imports = await searchedImports(db);
  const places: RowPlace[] = [];
  for (const importId of imports.keys()) {
    const hits = new Set<number>();
    for (const hash of numbers.map(numberHash))
      for (const place of await placesWith(db, importId, "numbers", [hash, hash + 1]))
        hits.add(place);
    places.push(...[...hits].sort((a, b) => a - b).map((place) => ({ importId, place })));
  }
  return openRows(db, imports, places);
};

const bears = ({ row }: ImportedRow, number: string): boolean => numbersOfRow(row).includes(number);

/** Rows that bear a number, each with the record of its import; as it is spelled, else with O and 0, I, L and 1 made one. */
export const findInStatements = async (
  db: Database,
  number: string,
): Promise<readonly ImportedRow[]> => {
  const wanted = confusableKey(number);
  const found = (await rowsWithNumbers(db, [number])).filter(({ row }) =>
    numbersOfRow(row).some((candidate) => confusableKey(candidate) === wanted),
  );
  const exact = found.filter((one) => bears(one, number));
  return exact.length > 0 ? exact : found;
};

/** What came before a row in time; rows of one second are ordered by their digest. */
export type StatementPage = {
  readonly before?: Pick<StatementRow, "at" | "digest">;
  readonly limit: number;
};

const placeOf = (row: Pick<StatementRow, "at" | "digest">): string => `${row.at} ${row.digest}`;

const newestFirst = (one: ImportedRow, other: ImportedRow): number =>
  placeOf(one.row) < placeOf(other.row) ? 1 : -1;

const isBefore = (row: StatementRow, before: StatementPage["before"]): boolean =>
  before === undefined || placeOf(row) < placeOf(before);

/** The place of a row with its second, by which places are chosen before any row is opened. */
type TimedPlace = RowPlace & { readonly second: number };

const latestFirst = (one: TimedPlace, other: TimedPlace): number => other.second - one.second;

/** The newest of one import up to a second, and every other of the second at which the limit is reached. */
const newestPlaces = async (
  db: Database,
  importId: string,
  { last, limit }: { readonly last: number; readonly limit: number },
): Promise<readonly TimedPlace[]> => {
  const pieces = await indexPart(db, importId, "times");
  const found: TimedPlace[] = [];
  for (const pairs of [...pieces].reverse())
    for (let at = firstFrom(pairs, last + 1) - 2; at >= 0; at -= 2) {
      const second = pairs[at + 1] ?? 0;
      if (found.length >= limit && second !== found.at(-1)?.second) return found;
      found.push({ importId, place: pairs[at] ?? 0, second });
    }
  return found;
};

/** As many of the newest as asked for, and every other of the last one's second. */
const withTies = (places: readonly TimedPlace[], limit: number): readonly TimedPlace[] => {
  const sorted = [...places].sort(latestFirst);
  const edge = sorted[limit - 1]?.second ?? 0;
  return sorted.filter(({ second }) => second >= edge);
};

/** All rows of one second may have been shown: as many more are looked at. */
const sameSecond = async (
  db: Database,
  imports: ReadonlyMap<string, RecordRef>,
  { before, limit }: StatementPage,
): Promise<number> => {
  if (before === undefined) return limit;
  const second = secondsOf(before.at);
  let count = limit;
  for (const importId of imports.keys())
    count += (await placesWith(db, importId, "times", [second, second + 1])).length;
  return count;
};

/** The newest rows of all statements, in pages; opens only those that are shown. */
export const recentStatementRows = async (
  db: Database,
  page: StatementPage,
): Promise<readonly ImportedRow[]> => {
  const imports = await searchedImports(db);
  const { before } = page;
  const last = before === undefined ? 2 ** 32 - 2 : secondsOf(before.at);
  const limit = await sameSecond(db, imports, page);
  const places: TimedPlace[] = [];
  for (const importId of imports.keys())
    places.push(...(await newestPlaces(db, importId, { last, limit })));
  const rows = await openRows(db, imports, withTies(places, limit));
  return rows
    .filter(({ row }) => isBefore(row, before))
    .sort(newestFirst)
    .slice(0, page.limit);
};

/** A payment somebody remembers: how much, or the end of a number, or both; and when about. */
export type StatementSearch = {
  readonly minor?: number;
  readonly tail?: string;
  readonly from: Instant;
  readonly to: Instant;
};

const fits = (row: StatementRow, { minor, from, to, tail }: StatementSearch): boolean => {
  if (row.kind !== "payment" || row.at < from || row.at > to) return false;
  if (minor !== undefined && row.minor !== minor && row.payerMinor !== minor) return false;
  if (tail === undefined) return true;
  const end = confusableKey(tail);
  return [row.transactionId, row.outTradeNo].some((number) => confusableKey(number).endsWith(end));
};

/** The second of each row of an import by its place. */
const secondsByPlace = new WeakMap<object, Uint32Array>();

const secondsIn = async (db: Database, importId: string): Promise<Uint32Array> => {
  const pieces = await indexPart(db, importId, "times");
  const known = secondsByPlace.get(pieces);
  if (known !== undefined) return known;
  const seconds = new Uint32Array(pieces.reduce((size, pairs) => size + pairs.length / 2, 0));
  for (const pairs of pieces)
    for (let at = 0; at < pairs.length; at += 2) seconds[pairs[at] ?? 0] = pairs[at + 1] ?? 0;
  secondsByPlace.set(pieces, seconds);
  return seconds;
};

/** Places that the index alone does not rule out, newest first. */
const likelyPlaces = async (
  db: Database,
  importId: string,
  { minor, tail, from, to }: StatementSearch,
): Promise<readonly TimedPlace[]> => {
  const ended =
    tail === undefined ? undefined : await placesWith(db, importId, "endings", endingsWith(tail));
  const key = (minor ?? 0) >>> 0;
  const paid =
    minor === undefined ? ended : await placesWith(db, importId, "amounts", [key, key + 1]);
  if (paid === undefined) return [];
  const isEnded = new Set(ended);
  const seconds = await secondsIn(db, importId);
  const [first, last] = [secondsOf(from), secondsOf(to)];
  return [...new Set(paid)]
    .filter((place) => ended === undefined || isEnded.has(place))
    .map((place) => ({ importId, place, second: seconds[place] ?? 0 }))
    .filter(({ second }) => first <= second && second <= last);
};

const mostFound = 50;

/** Endings of seven characters and more may be common up to the sixth: so many rows are opened to see. */
const mostOpened = 500;

/** Payments of an amount or with a number that ends so, in a stretch of time, newest first, at most 50. */
export const searchStatements = async (
  db: Database,
  wanted: StatementSearch,
): Promise<readonly ImportedRow[]> => {
  const imports = await searchedImports(db);
  const places: TimedPlace[] = [];
  for (const importId of imports.keys()) places.push(...(await likelyPlaces(db, importId, wanted)));
  const likely = places.sort(latestFirst).slice(0, mostOpened);
  const found: ImportedRow[] = [];
  for (let at = 0; at < likely.length && found.length < mostFound; at += mostFound) {
    const rows = await openRows(db, imports, likely.slice(at, at + mostFound));
    found.push(...rows.filter(({ row }) => fits(row, wanted)));
  }
  return found.sort(newestFirst).slice(0, mostFound);
};
