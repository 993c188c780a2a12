import { createHash } from "node:crypto";
import type { BusinessDate } from "../../../src/domain/instant.ts";
import { openStatementReader } from "../../../src/domain/statements/index.ts";
import type { SavedMapping } from "../../../src/domain/statements/mapping.ts";
import type {
  StatementFault,
  StatementRow,
  StatementSummary,
} from "../../../src/domain/statements/statement-row.ts";
import type { Result } from "../../../src/domain/result.ts";

const digestOf = (line: string): string => createHash("sha256").update(line).digest("base64url");

type ReadOptions = {
  readonly size?: number;
  readonly madeOn?: BusinessDate;
  readonly mostRows?: number;
  readonly allowMissingSummary?: boolean;
  readonly mappings?: readonly SavedMapping[];
};

/** Feeds a whole file to the reader in pieces of `size` bytes. */
export const readStatement = (
  bytes: Uint8Array,
  { size = 65_536, ...options }: ReadOptions = {},
): { rows: readonly StatementRow[]; result: Result<StatementSummary, StatementFault> } => {
  const rows: StatementRow[] = [];
  const reader = openStatementReader({
    madeOn: "2026-03-31" as BusinessDate,
    ...options,
    onRows: (batch, lines) => {
      for (const [at, row] of batch.entries())
        rows.push({ ...row, digest: digestOf(lines[at] ?? "") });
    },
  });
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return { rows, result: reader.finish() };
};
