import { writeJournalCsv } from "../domain/journal-csv.ts";
import type { NotEntitled } from "../domain/refund/faults.ts";
import { fail, ok, type Result } from "../domain/result.ts";
import { whoMay, type Deps, type LockedFault, type OutFile } from "./deps.ts";
import { fileName } from "./file-name.ts";
import {
  readWanted,
  wantedBy,
  withCases,
  type JournalFilter,
  type JournalLine,
} from "./read-journal.ts";
import { walkChain, type ChainJob } from "./walk-chain.ts";

/** The file's words, and the cells of a line in them. */
export type JournalWords = {
  readonly header: readonly string[];
  readonly cells: (line: JournalLine) => readonly string[];
};

/** The records that a filter leaves, oldest first, as a table for people; signed records leave in their own file. */
export const exportJournalTable = async (
  deps: Deps,
  filter: JournalFilter,
  { words, job }: { readonly words: JournalWords; readonly job: ChainJob },
): Promise<Result<OutFile, LockedFault | NotEntitled | { readonly kind: "aborted" }>> => {
  const person = whoMay(deps, "audit_export");
  if (!person.ok) return person;
  const wanted = await wantedBy(deps, filter);
  const lines: (readonly string[])[] = [];
  for await (const steps of walkChain(deps, filter.device, job)) {
    const read = steps.flatMap((step) => readWanted(wanted, step) ?? []);
    lines.push(...(await withCases(deps, read, wanted.refund?.refundCase)).map(words.cells));
  }
  if (job.signal.aborted) return fail({ kind: "aborted" });
  const bytes = new TextEncoder().encode(writeJournalCsv(words.header, lines));
  return ok({ name: fileName(deps, "journal", "csv"), type: "text/csv", bytes });
};
