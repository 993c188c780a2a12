import type { Deps } from "../../src/usecases/deps.ts";
import {
  readReconciliation,
  type Compare,
  type CompareJob,
  type ReconLine,
} from "../../src/usecases/read-reconciliation.ts";
import { compareStatements } from "../../src/workers/compare.ts";
import { valueOf } from "./a.ts";

/** The worker's own comparison in this thread; what goes there and back is cloned as between threads. */
export const compareHere: Compare = (comparison, { onTold, signal }) =>
  compareStatements(structuredClone(comparison), {
    signal,
    progress: (told) => void onTold(told),
    handOver: async (told) => structuredClone(await onTold(structuredClone(told))),
  });

/** A comparison that nobody watches or stops. */
export const comparing: CompareJob = {
  compare: compareHere,
  onProgress: () => undefined,
  signal: new AbortController().signal,
};

/** What is shown of everything that was compared. */
export const linesOf = async (deps: Deps): Promise<readonly ReconLine[]> =>
  valueOf(await readReconciliation(deps, "all", comparing)).lines;
