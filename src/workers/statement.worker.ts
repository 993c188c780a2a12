import { serve } from "./call.ts";
import { readResultFile, type ResultAnswer, type ResultRequest } from "./result-file.ts";
import {
  importStatement,
  type StatementAnswer,
  type StatementProgress,
  type StatementRequest,
} from "./statement.ts";

declare const self: DedicatedWorkerGlobalScope;

serve<StatementRequest | ResultRequest, StatementAnswer | ResultAnswer, StatementProgress>(
  self,
  (asked, context) =>
    "kind" in asked ? readResultFile(asked.file) : importStatement(asked, context),
);
