import { useSignal, type ReadonlySignal } from "@preact/signals";

import type { ChainJob } from "../../../usecases/walk-chain.ts";
import { useLongJob } from "../import-statement/use-long-job.ts";

type Shown = { readonly label: string; readonly done: number; readonly of: number };

/** A walk over a whole chain as the page shows it: one at a time, and a way out. */
export type Walk = {
  readonly shown: ReadonlySignal<Shown | undefined>;
  readonly run: <T>(label: string, work: (job: ChainJob) => Promise<T>) => Promise<T>;
  readonly cancel: () => void;
};

/** Shows how far it is, and lets it be cancelled; leaving the page cancels it too. */
export const useWalk = (): Walk => {
  const shown = useSignal<Shown | undefined>(undefined);
  const job = useLongJob();
  const run: Walk["run"] = (label, work) => {
    const onProgress = (done: number, of: number): void => {
      shown.value = { label, done, of };
    };
    return new Promise((resolve, reject) => {
      const walked = job.run(async (signal) => resolve(await work({ signal, onProgress })));
      void walked.catch(reject).finally(() => {
        shown.value = undefined;
      });
    });
  };
  return { shown, run, cancel: job.cancel };
};
