import { serve } from "./call.ts";
import { digestsHere, digestsThrough, isLarge, type Digests } from "./digests.ts";
import { readResultFile, type ResultAnswer, type ResultRequest } from "./result-file.ts";
import {
  importStatement,
  type StatementAnswer,
  type StatementOrder,
  type StatementProgress,
} from "./statement.ts";

declare const self: DedicatedWorkerGlobalScope;

/** A second thread takes a hundred megabytes of its own, which a file of a million rows has not left. */
const digestsFor = ({ file, digests }: StatementOrder, signal: AbortSignal): Digests =>
  isLarge(file) ? digestsHere(signal) : digestsThrough(digests);

serve<StatementOrder | ResultRequest, StatementAnswer | ResultAnswer, StatementProgress>(
  self,
  (asked, context) =>
    "kind" in asked
      ? readResultFile(asked.file)
      : importStatement(asked, context, digestsFor(asked, context.signal)),
);
