import { serve } from "./call.ts";
import { digestsThrough } from "./digests.ts";
import { readResultFile, type ResultAnswer, type ResultRequest } from "./result-file.ts";
import {
  importStatement,
  type StatementAnswer,
  type StatementOrder,
  type StatementProgress,
} from "./statement.ts";

declare const self: DedicatedWorkerGlobalScope;

serve<StatementOrder | ResultRequest, StatementAnswer | ResultAnswer, StatementProgress>(
  self,
  (asked, context) =>
    "kind" in asked
      ? readResultFile(asked.file)
      : importStatement(asked, context, digestsThrough(asked.digests)),
);
