import type { BusinessDate } from "../instant.ts";
import type { LineReading, OpenedLayout } from "./layout.ts";
import type {
  ProblemReason,
  StatementFault,
  StatementNote,
  StatementProblem,
  StatementRow,
  StatementSummary,
} from "./statement-row.ts";
import { newTally } from "./tally.ts";

export type StatementReaderOptions = {
  /** Rows in file order, in batches; worthless if the reading ends in a fault. */
  readonly onRows: (rows: readonly StatementRow[]) => void;
  /** Base64url SHA-256 of a text's UTF-8 bytes. */
  readonly digestText: (text: string) => string;
  /** When the file was made, for times that are written without their year. */
  readonly madeOn: BusinessDate;
  /** What the file was before it was made text, if its encoding does not say it. */
  readonly encoding?: "xlsx";
  readonly rowsPerBatch?: number;
  readonly mostRows?: number;
  /** A person decided to take a file without its summary. */
  readonly allowMissingSummary?: boolean;
};

/** Problem lines beyond these are counted, not listed. */
const mostProblems = 500;

/** Takes the lines of one layout: counts, adds up, hands rows on in batches, and judges the whole at the end. */
export const openRowSink = (layout: OpenedLayout, options: StatementReaderOptions) => {
  const { onRows, digestText, rowsPerBatch = 1000, mostRows = 300_000 } = options;
  const tally = newTally();
  const problems: StatementProblem[] = [];
  let problemCount = 0;
  let rows: StatementRow[] = [];
  let damaged: { readonly column: string; readonly line: number } | undefined;
  let replaced = false;
  let last: ProblemReason | undefined;

  const flush = (): void => {
    if (rows.length > 0) onRows(rows);
    rows = [];
  };
  const note = (line: number, reason: ProblemReason): void => {
    problemCount++;
    if (problems.length < mostProblems) problems.push({ line, reason });
  };
  const takeRow = (
    { row, day, damaged: column }: Extract<LineReading, { kind: "row" }>,
    text: string,
  ): StatementFault | undefined => {
    if (tally.rows() === mostRows) return { kind: "too_large", unit: "rows", most: mostRows };
    tally.add(row, day);
    if (column !== undefined) damaged ??= { column, line: row.line };
    if (damaged === undefined) rows.push({ ...row, digest: digestText(text) });
    if (rows.length >= rowsPerBatch) flush();
    return undefined;
  };

  return {
    take: (text: string, line: number): StatementFault | undefined => {
      const reading = layout.read(text, line);
      replaced ||= text.includes("\uFFFD");
      last = reading.kind === "problem" ? reading.reason : undefined;
      if (reading.kind === "row") return takeRow(reading, text);
      if (reading.kind === "problem") note(line, reading.reason);
      return undefined;
    },
    finish: (encoding: StatementSummary["encoding"], lastLineOpen: boolean) => {
      flush();
      const { totals, notes } = layout.finish();
      const summary: StatementSummary = {
        layout: layout.name,
        acquirer: layout.acquirer,
        encoding,
        firstDay: tally.firstDay(),
        lastDay: tally.lastDay(),
        rows: tally.rows(),
        sums: tally.sums(),
        firstRows: tally.firstRows(),
        totals: totals ?? [],
        problems,
        problemCount,
        notes: replaced ? [...notes, "replaced_characters" satisfies StatementNote] : notes,
      };
      const isCut = totals === undefined && (lastLineOpen || last === "cells");
      const missing = totals === undefined && options.allowMissingSummary !== true;
      return { summary, fault: judge(summary, { damaged, isCut, missing }) };
    },
  };
};

type Findings = {
  readonly damaged: { readonly column: string; readonly line: number } | undefined;
  readonly isCut: boolean;
  readonly missing: boolean;
};

const judge = (
  summary: StatementSummary,
  { damaged, isCut, missing }: Findings,
): StatementFault | undefined => {
  if (damaged !== undefined) return { kind: "ids_damaged", ...damaged, summary };
  if (isCut) return { kind: "cut", summary };
  if (summary.totals.some(({ declared, read }) => declared !== read))
    return { kind: "totals_differ", summary };
  return missing ? { kind: "no_summary", summary } : undefined;
};
