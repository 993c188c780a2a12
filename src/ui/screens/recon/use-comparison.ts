import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import {
  comparisonMark,
  readReconciliation,
  type CompareJob,
  type Reconciliation,
} from "../../../usecases/read-reconciliation.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";

/** How far a comparison is; undefined while none runs. */
type Far = { readonly done: number; readonly of: number } | undefined;

export type CompareRuns = {
  readonly far: ReadonlySignal<Far>;
  /** Does something with a comparison; stops one that still runs, whose work then gives nothing. */
  readonly run: <T>(work: (job: CompareJob) => Promise<T>) => Promise<T | undefined>;
  readonly cancel: () => void;
};

/** Sooner than that nothing is said of it: most shops have few rows. */
const quietMs = 300;

/** One comparison at a time, with its progress; leaving the page stops it. */
export const useCompareRuns = (): CompareRuns => {
  const { compareStatements } = useAbilities();
  const far = useSignal<Far>(undefined);
  const running = useRef<AbortController>(undefined);
  const cancel = (): void => running.current?.abort();
  useLayoutEffect(() => cancel, []);
  const run: CompareRuns["run"] = async (work) => {
    cancel();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const began = performance.now();
    let last: Far = { done: 0, of: 0 };
    const tell = (): void => {
      if (running.current === controller) far.value = last;
    };
    const timer = setTimeout(tell, quietMs);
    const onProgress = (done: number, of: number): void => {
      last = { done, of };
      if (performance.now() - began > quietMs) tell();
    };
    try {
      const made = await work({ compare: compareStatements, onProgress, signal });
      return running.current === controller ? made : undefined;
    } finally {
      clearTimeout(timer);
      last = undefined;
      tell();
    }
  };
  return { far, run, cancel };
};

/**
 * What was compared last, compared again whenever records or statements changed; while something is held on to, as each
 * record of it is such a change, only once that is done.
 */
export const useComparison = ({ run }: CompareRuns, held: ReadonlySignal<boolean>) => {
  const deps = useDeps();
  const found = useSignal<Reconciliation | undefined>(undefined);
  const stopped = useSignal(false);
  const live = useLive(() => deps, comparisonMark);
  const compared = useRef<string>(undefined);
  const compare = async (): Promise<void> => {
    const made = await run((job) => readReconciliation(deps, "all", job));
    if (made === undefined) return;
    stopped.value = !made.ok;
    if (made.ok) found.value = made.value;
  };
  useSignalEffect(() => {
    const mark = readyValue(live.value);
    if (held.value || mark === undefined || mark === compared.current) return;
    compared.current = mark;
    void compare().catch(reportError);
  });
  /** Compares once more though nothing changed. */
  const anew = (): void => {
    compared.current = undefined;
  };
  return { found, stopped, anew };
};
