import type { ImportedRow } from "../domain/found-payment.ts";
import {
  compareLines,
  numbersElsewhere,
  openReturns,
  readAttempts,
  shownLines,
  type AskedAttempt,
  type Compared,
  type Comparison,
  type ComparisonTold,
} from "../domain/reconcile/comparison.ts";
import type { ComparedLine } from "../domain/reconcile/difference.ts";
import { writeDifferences } from "../domain/reconcile/differences-csv.ts";
import { theirRefunds } from "../domain/reconcile/their-refund.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import type { HandingContext } from "./call.ts";
import { turn } from "./turn.ts";

export type CompareAnswer = Result<Compared, { readonly kind: "aborted" }>;

type Context = HandingContext<ComparisonTold>;

const aborted = fail({ kind: "aborted" } as const);

const blocksAtOnce = 8;
/** Taking so many lines keeps the page for no longer than a drawing. */
const linesAtOnce = 100;

/** Compares in its own thread; an abort is heard between the steps, and nothing is told after it. */
export const compareStatements = async (
  comparison: Comparison,
  context: Context,
): Promise<CompareAnswer> => {
  const rows = await openAll(comparison, context);
  if (rows === undefined) return aborted;
  const theirs = theirRefunds(rows);
  const recent = comparison.attempts.flatMap(readAttempts);
  const numbers = numbersElsewhere(theirs, recent);
  const older = await context.handOver({ kind: "numbers", numbers }, []);
  if (context.signal.aborted) return aborted;
  const attempts: readonly AskedAttempt[] = [
    ...recent,
    ...(older as readonly ArrayBuffer[]).flatMap(readAttempts),
  ];
  const lines = compareLines(attempts, theirs, comparison);
  return comparison.table === undefined
    ? tell(lines, context)
    : ok({ kind: "table", bytes: tableOf(lines, comparison.table) });
};

const openAll = async (
  { returns }: Comparison,
  { signal, progress }: Context,
): Promise<readonly ImportedRow[] | undefined> => {
  const rows: ImportedRow[] = [];
  for (const [index, packed] of returns.entries()) {
    for (const row of openReturns(packed)) rows.push(row);
    if (index % blocksAtOnce !== 0) continue;
    progress({ kind: "opened", blocks: index });
    await turn();
    if (signal.aborted) return undefined;
  }
  return rows;
};

const tell = async (
  lines: readonly ComparedLine[],
  { signal, handOver }: Context,
): Promise<CompareAnswer> => {
  const { shown, left } = shownLines(lines);
  for (let at = 0; at < shown.length; at += linesAtOnce) {
    await handOver({ kind: "lines", lines: shown.slice(at, at + linesAtOnce) }, []);
    if (signal.aborted) return aborted;
  }
  return ok({ kind: "lines", left });
};

const tableOf = (
  lines: readonly ComparedLine[],
  reader: NonNullable<Comparison["table"]>,
): ArrayBuffer => new TextEncoder().encode(writeDifferences(lines, reader)).buffer;
