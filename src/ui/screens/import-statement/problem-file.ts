import { guardCell } from "../../../domain/batches/batch-cell.ts";
import type { ProblemReason, StatementProblem } from "../../../domain/statements/statement-row.ts";
import { fileName } from "../../../usecases/file-name.ts";
import type { Deps, OutFile } from "../../../usecases/deps.ts";

/** The words of the file, in the language on screen. */
export type ProblemWords = {
  readonly line: string;
  readonly reason: string;
  readonly reasons: (reason: ProblemReason) => string;
};

/** The lines that were not read, as CSV with a byte order mark, so that spreadsheets read the characters. */
export const problemFile = (
  deps: Pick<Deps, "calendar" | "now" | "training">,
  problems: readonly StatementProblem[],
  words: ProblemWords,
): OutFile => {
  const rows = problems.map(({ line, reason }) => `${line},${guardCell(words.reasons(reason))}`);
  const text = [`${guardCell(words.line)},${guardCell(words.reason)}`, ...rows].join("\r\n");
  return {
    name: fileName(deps, "statement-problems", "csv"),
    type: "text/csv",
    bytes: new TextEncoder().encode(`\uFEFF${text}\r\n`),
  };
};
