import type { Instant } from "../instant.ts";
import { maskCardNumbers } from "../pan-guard.ts";
import { fail, ok, type Result } from "../result.ts";
import { parseDecimal } from "../statements/amount-text.ts";
import { findDamaged, findNumber } from "../statements/channel-number.ts";
import { findTable, openHeader, type StatementTable } from "../statements/mapped-table.ts";
import { newMappedClock } from "../statements/mapped-time.ts";
import { headerMark } from "../statements/mapping.ts";
import { cutText } from "../typed-text.ts";
import {
  findResultMappingFault,
  guessResultMapping,
  type ResultMapping,
  type ResultMappingFault,
  type ResultRole,
} from "./result-mapping.ts";

/** One line of a portal's answer. */
export type ResultRow = {
  readonly line: number;
  /** The line as it stands in the file: what the record of its result refers to. */
  readonly text: string;
  readonly refundNo?: string;
  readonly channelRefundNo?: string;
  readonly orderNo?: string;
  readonly transactionNo?: string;
  readonly minor: number;
  readonly at?: Instant;
  readonly status: string;
  readonly reason: string;
};

/** A result file as it was understood. */
export type ResultFile = {
  readonly table: StatementTable;
  readonly mapping: ResultMapping;
  readonly rows: readonly ResultRow[];
  /** Lines that are no result: their numbers from 1. */
  readonly problems: readonly number[];
};

type Sums = { readonly count: number; readonly minor: number };

export type ResultFileFault =
  | { readonly kind: "no_result_table" }
  | {
      readonly kind: "result_columns";
      readonly table: StatementTable;
      readonly fault: ResultMappingFault;
    }
  | { readonly kind: "result_totals_differ"; readonly declared: Sums; readonly read: Sums }
  | { readonly kind: "result_ids_damaged"; readonly column: string; readonly line: number };

const isTotals = (text: string): boolean =>
  /^[\s"'`#＃,;|]*(?:合计|总计|总笔数|总金额|total\b)/i.test(text);

/** The guard that our own lists put before long numbers, and what portals do for the same reason. */
const unguarded = (cell: string): string => cell.replace(/^['\t=]+"?/, "").replace(/"$/, "");

type Cell = (role: ResultRole) => string;

const numberIn = (cell: Cell, role: ResultRole): string | undefined =>
  findNumber(unguarded(cell(role)));

const givenNumbers = (cell: Cell) =>
  Object.fromEntries(
    (
      [
        ["refundNo", "refund"],
        ["channelRefundNo", "channelRefund"],
        ["orderNo", "order"],
        ["transactionNo", "transaction"],
      ] as const
    ).flatMap(([name, role]) => {
      const number = numberIn(cell, role);
      return number === undefined ? [] : [[name, number]];
    }),
  ) as Pick<ResultRow, "refundNo" | "channelRefundNo" | "orderNo" | "transactionNo">;

const textOf = (cell: string): string => cutText(maskCardNumbers(cell), 200);

const newRowReader = ({ columns, unit }: ResultMapping, words: readonly string[]) => {
  const clock = newMappedClock();
  const placeOf = (role: ResultRole): number => words.indexOf(columns[role] ?? "\u0000");
  return (cells: readonly string[], line: number, text: string): ResultRow | undefined => {
    const cell: Cell = (role) => cells[placeOf(role)] ?? "";
    const amount = unguarded(cell("amount")).replace(/\s*元$/, "");
    const minor = parseDecimal(amount, unit === "yuan" ? 2 : 0);
    const numbers = givenNumbers(cell);
    if (minor === undefined || minor === 0 || Object.keys(numbers).length === 0) return undefined;
    const time = clock(unguarded(cell("at")), "");
    return {
      line,
      text,
      ...numbers,
      minor: Math.abs(minor),
      status: textOf(cell("status")),
      reason: textOf(cell("reason")),
      ...(time === undefined ? {} : { at: time.at }),
    };
  };
};

const numberRoles = ["refund", "channelRefund", "order", "transaction"] as const;

/** The column whose numbers a spreadsheet program ruined. */
const damagedIn = (
  { columns }: ResultMapping,
  words: readonly string[],
  cells: readonly string[],
): string | undefined =>
  findDamaged(
    (at) => cells[at] ?? "",
    numberRoles.flatMap((role) => {
      const column = columns[role];
      return column === undefined ? [] : [[words.indexOf(column), column, true] as const];
    }),
  );

/** What a line of totals declares; a part that it does not say is not compared. */
const declaredIn = (line: string, unit: ResultMapping["unit"]): Partial<Sums> => {
  const cells = line.split(/[,\t;|"']+/).map((cell) => cell.trim());
  const named = (pattern: RegExp): string | undefined => pattern.exec(line)?.[1];
  const count = named(/笔数\D{0,4}(\d+)/) ?? cells.find((cell) => /^\d{1,7}(?:笔)?$/.test(cell));
  const amount =
    named(/金额\D{0,4}([\d,]+(?:\.\d+)?)/) ?? cells.find((cell) => /^[\d,]+\.\d{2}元?$/.test(cell));
  const minor = parseDecimal((amount ?? "").replace(/元$/, ""), unit === "yuan" ? 2 : 0);
  return {
    ...(count === undefined ? {} : { count: Number.parseInt(count, 10) }),
    ...(minor === undefined ? {} : { minor }),
  };
};

const judgeTotals = (
  totals: readonly string[],
  rows: readonly ResultRow[],
  { unit }: ResultMapping,
): ResultFileFault | undefined => {
  const read: Sums = {
    count: rows.length,
    minor: rows.reduce((sum, { minor }) => sum + minor, 0),
  };
  for (const line of totals) {
    const { count = read.count, minor = read.minor } = declaredIn(line, unit);
    if (count !== read.count || minor !== read.minor)
      return { kind: "result_totals_differ", declared: { count, minor }, read };
  }
  return undefined;
};

/** Takes the lines from some on, as many as are said; the whole counts only once it is finished. */
export type ResultReader = {
  readonly take: (from: number, count: number) => ResultFileFault | undefined;
  readonly finish: () => Result<ResultFile, ResultFileFault>;
};

/** Reads the lines of a result file; nothing of it counts where its own totals say otherwise (upload-files.md §5). */
export const openResults = (
  lines: readonly string[],
  saved: readonly ResultMapping[],
): Result<ResultReader, ResultFileFault> => {
  const table = findTable(lines);
  if (table === undefined) return fail({ kind: "no_result_table" });
  const header = headerMark(table.words);
  const mapping = saved.find((one) => one.header === header) ?? {
    header,
    ...guessResultMapping(table),
  };
  const fault = findResultMappingFault(mapping);
  return fault === undefined
    ? ok(newReader(lines, table, mapping))
    : fail({ kind: "result_columns", table, fault });
};

const newReader = (
  lines: readonly string[],
  table: StatementTable,
  mapping: ResultMapping,
): ResultReader => {
  const { words, split } = openHeader(lines[table.at] ?? "");
  const readRow = newRowReader(mapping, words);
  const [rows, problems, totals]: [ResultRow[], number[], string[]] = [[], [], []];
  const takeLine = (text: string, line: number): ResultFileFault | undefined => {
    const cells = split(text);
    const column = cells && damagedIn(mapping, words, cells);
    if (column !== undefined) return { kind: "result_ids_damaged", column, line };
    const row = cells && readRow(cells, line, text);
    if (row === undefined) problems.push(line);
    else rows.push(row);
    return undefined;
  };
  return {
    take: (from, count) => {
      for (const [at, text] of lines.slice(from, from + count).entries()) {
        const line = from + at + 1;
        if (line <= table.at + 1 || text.trim() === "") continue;
        if (isTotals(text)) totals.push(text);
        else {
          const broken = takeLine(text, line);
          if (broken !== undefined) return broken;
        }
      }
      return undefined;
    },
    finish: () => {
      const wrong = judgeTotals(totals, rows, mapping);
      return wrong === undefined ? ok({ table, mapping, rows, problems }) : fail(wrong);
    },
  };
};
