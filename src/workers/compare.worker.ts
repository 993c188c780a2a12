import type { Comparison, ComparisonTold } from "../domain/reconcile/comparison.ts";
import { serve } from "./call.ts";
import { compareStatements, type CompareAnswer } from "./compare.ts";

declare const self: DedicatedWorkerGlobalScope;

serve<Comparison, CompareAnswer, ComparisonTold>(self, compareStatements, (answer) =>
  answer.ok && answer.value.kind === "table" ? [answer.value.bytes] : [],
);
