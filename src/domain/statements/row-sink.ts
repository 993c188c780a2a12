import { given } from "../given.ts";
import type { BusinessDate } from "../instant.ts";
import type { LineReading, OpenedLayout } from "./layout.ts";
import type { SavedMapping } from "./mapping.ts";
import type {
  ProblemReason,
  ReadRow,
  StatementFault,
  StatementNote,
  StatementProblem,
  StatementSummary,
} from "./statement-row.ts";
import { newTally } from "./tally.ts";

export type StatementReaderOptions = {
  /** Rows in file order, in batches, each with its line; worthless if the reading ends in a fault. */
  readonly onRows: (rows: readonly ReadRow[], lines: readonly string[]) => void;
  /** When the file was made, for times that are written without their year. */
  readonly madeOn: BusinessDate;
  /** What the file was before it was made text, if its encoding does not say it. */
  readonly encoding?: "xlsx";
  readonly mostRows?: number;
  /** How the owner reads files that no layout knows. */
  readonly mappings?: readonly SavedMapping[];
  /** A person decided to take a file without its summary. */
  readonly allowMissingSummary?: boolean;
};

/** Problem lines beyond these are counted, not listed. */
const mostProblems = 20_000;

const newProblemList = () => {
  const problems: StatementProblem[] = [];
  let problemCount = 0;
  return {
    note: (line: number, reason: ProblemReason): void => {
      problemCount++;
      if (problems.length < mostProblems) problems.push({ line, reason });
    },
    told: () => ({ problems, problemCount }),
  };
};

const rowsPerBatch = 1000;

/** Rows and their lines until there are enough of them to be handed on. */
const newBatch = ({ onRows }: StatementReaderOptions) => {
  let rows: ReadRow[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (rows.length === 0) return;
    onRows(rows, lines);
    rows = [];
    lines = [];
  };
  return {
    flush,
    add: (row: ReadRow, line: string): void => {
      rows.push(row);
      lines.push(line);
      if (rows.length === rowsPerBatch) flush();
    },
  };
};

/** Takes the lines of one layout: counts, adds up, hands rows on in batches, and judges the whole at the end. */
export const openRowSink = (layout: OpenedLayout, options: StatementReaderOptions) => {
  const { mostRows = 1_200_000 } = options;
  const batch = newBatch(options);
  const tally = newTally();
  const problems = newProblemList();
  let damaged: { readonly column: string; readonly line: number } | undefined;
  let replaced = false;
  let last: ProblemReason | undefined;

  const takeRow = (
    { row, day, damaged: column }: Extract<LineReading, { kind: "row" }>,
    text: string,
  ): StatementFault | undefined => {
    if (tally.rows() === mostRows) return { kind: "too_large", unit: "rows", most: mostRows };
    tally.add(row, day);
    if (column !== undefined) damaged ??= { column, line: row.line };
    if (damaged === undefined) batch.add(row, text);
    return undefined;
  };

  return {
    take: (text: string, line: number): StatementFault | undefined => {
      const reading = layout.read(text, line);
      replaced ||= text.includes("\uFFFD");
      last = reading.kind === "problem" ? reading.reason : undefined;
      if (reading.kind === "row") return takeRow(reading, text);
      if (reading.kind === "problem") problems.note(line, reading.reason);
      return undefined;
    },
    finish: (
      encoding: StatementSummary["encoding"],
      lastLineOpen: boolean,
      mapped: StatementSummary["mapped"],
    ) => {
      batch.flush();
      const { totals, notes } = layout.finish();
      const isOpen = lastLineOpen && mapped !== undefined;
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
        ...problems.told(),
        notes: [...notes, ...notesOn({ replaced_characters: replaced, last_line_open: isOpen })],
        ...given("mapped", mapped),
      };
      const isCut = endsWithin({ hasTotals: totals !== undefined, lastLineOpen, isOpen, last });
      const missing = totals === undefined && options.allowMissingSummary !== true;
      return { summary, fault: judge(summary, { damaged, isCut, missing }) };
    },
  };
};

const notesOn = (
  found: Readonly<Partial<Record<StatementNote, boolean>>>,
): readonly StatementNote[] =>
  (Object.keys(found) as readonly StatementNote[]).filter((note) => found[note] === true);

/** Whether the file breaks off: a trailer would come after the last row, a named file at least ends its rows. */
const endsWithin = (end: {
  readonly hasTotals: boolean;
  readonly lastLineOpen: boolean;
  readonly isOpen: boolean;
  readonly last: ProblemReason | undefined;
}): boolean =>
  end.hasTotals ? end.isOpen && end.last === "cells" : end.lastLineOpen || end.last === "cells";

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
