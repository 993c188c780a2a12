import { confusableKey } from "../domain/codes/number-key.ts";
import type { ImportedRow } from "../domain/found-payment.ts";
import type { Instant } from "../domain/instant.ts";
import { channelDay } from "../domain/statements/channel-clock.ts";
import { numberHash } from "../domain/statements/number-hash.ts";
import {
  findInBlock,
  hasSorted,
  numbersOfRow,
  readBlock,
} from "../domain/statements/statement-block.ts";
import type { StatementRow } from "../domain/statements/statement-row.ts";
import type { Database } from "./database.ts";
import type { StatementKeyRow } from "./rows.ts";
import { completeImports } from "./save-statement.ts";

type Imports = Awaited<ReturnType<typeof completeImports>>;

type Searchable = { readonly imports: Imports; readonly keys: readonly StatementKeyRow[] };

/** The complete imports, and what is asked of each of their blocks before it is opened. */
export const searchable = async (db: Database): Promise<Searchable> => {
  const imports = await completeImports(db);
  const keys = await db.statementKeys.toArray();
  return { imports, keys: keys.filter((row) => imports.has(row.importId)) };
};

export const rowsOf = async (
  db: Database,
  key: StatementKeyRow,
): Promise<ArrayBuffer | undefined> =>
  (await db.statementBlocks.get([key.importId, key.index]))?.rows;

const imported = (
  rows: readonly StatementRow[],
  importId: string,
  imports: Imports,
): readonly ImportedRow[] => {
  const known = imports.get(importId);
  return known === undefined ? [] : rows.map((row) => ({ row, imported: known.record }));
};

const bears = ({ row }: ImportedRow, number: string): boolean => numbersOfRow(row).includes(number);

/** Rows that bear a number, each with the record of its import; as it is spelled, else with O and 0, I, L and 1 made one. */
export const findInStatements = async (
  db: Database,
  number: string,
): Promise<readonly ImportedRow[]> => {
  const { imports, keys } = await searchable(db);
  const hash = numberHash(number);
  const found: ImportedRow[] = [];
  for (const key of keys) {
    if (!hasSorted(key.keys, hash)) continue;
    const rows = await rowsOf(db, key);
    if (rows === undefined) continue;
    found.push(...imported(findInBlock({ rows, keys: key.keys }, number), key.importId, imports));
  }
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

/** Whether no later block can hold a newer row than the last one of a full page. */
const isSettled = (
  page: readonly ImportedRow[],
  limit: number,
  next: StatementKeyRow | undefined,
): boolean => {
  const last = page[limit - 1];
  return next === undefined || (last !== undefined && channelDay(last.row.at) > next.lastDay);
};

/** The newest rows of all statements; opens only the blocks that can hold them. */
export const recentStatementRows = async (
  db: Database,
  { before, limit }: StatementPage,
): Promise<readonly ImportedRow[]> => {
  const { imports, keys } = await searchable(db);
  const blocks = keys
    .filter((key) => before === undefined || key.firstDay <= channelDay(before.at))
    .sort((one, other) => (one.lastDay < other.lastDay ? 1 : -1));
  let page: readonly ImportedRow[] = [];
  for (const [index, key] of blocks.entries()) {
    const rows = await rowsOf(db, key);
    const fitting = rows === undefined ? [] : readBlock({ rows });
    const newer = imported(
      fitting.filter((row) => isBefore(row, before)),
      key.importId,
      imports,
    );
    page = [...page, ...newer].sort(newestFirst).slice(0, limit);
    if (isSettled(page, limit, blocks[index + 1])) break;
  }
  return page;
};

/** A payment somebody remembers: how much, when about, and perhaps the end of a number. */
export type AmountSearch = {
  readonly minor: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly tail?: string;
};

const fits = (row: StatementRow, { minor, from, to, tail }: AmountSearch): boolean => {
  if (row.kind !== "payment" || row.at < from || row.at > to) return false;
  if (row.minor !== minor && row.payerMinor !== minor) return false;
  if (tail === undefined) return true;
  const end = confusableKey(tail);
  return numbersOfRow(row).some((number) => confusableKey(number).endsWith(end));
};

const mostFound = 50;

/** Payments of an amount in a stretch of time, newest first, at most 50; opens the blocks of that time only. */
export const findByAmount = async (
  db: Database,
  wanted: AmountSearch,
): Promise<readonly ImportedRow[]> => {
  const { imports, keys } = await searchable(db);
  const [firstDay, lastDay] = [channelDay(wanted.from), channelDay(wanted.to)];
  const found: ImportedRow[] = [];
  for (const key of keys) {
    if (key.lastDay < firstDay || key.firstDay > lastDay) continue;
    const rows = await rowsOf(db, key);
    const fitting = rows === undefined ? [] : readBlock({ rows });
    found.push(
      ...imported(
        fitting.filter((row) => fits(row, wanted)),
        key.importId,
        imports,
      ),
    );
  }
  return found.sort(newestFirst).slice(0, mostFound);
};
