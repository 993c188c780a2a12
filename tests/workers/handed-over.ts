import { readBlock, type StatementBlock } from "../../src/domain/statements/statement-block.ts";
import type { StatementRow } from "../../src/domain/statements/statement-row.ts";
import type { StatementProgress } from "../../src/workers/statement.ts";

/** Where the worker of statements hands its parts; they are taken at once. */
export const newListener = (signal = new AbortController().signal) => {
  const told: StatementProgress[] = [];
  const progress = (made: StatementProgress): void => void told.push(made);
  return { told, signal, progress, handOver: async (made: StatementProgress) => progress(made) };
};

export const blocksIn = (told: readonly StatementProgress[]): readonly StatementBlock[] =>
  told.flatMap((one) => (one.kind === "blocks" ? one.blocks : []));

/** Every row of the parts, in the order of the file. */
export const rowsIn = (told: readonly StatementProgress[]): readonly StatementRow[] =>
  blocksIn(told)
    .flatMap(readBlock)
    .sort((one, other) => one.line - other.line);
