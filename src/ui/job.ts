import { useSignal, type ReadonlySignal } from "@preact/signals";

import type { KnownFault } from "../i18n/fault-messages.ts";

/** Something a button does that takes a while and may be refused. */
export type Job = {
  readonly busy: ReadonlySignal<boolean>;
  readonly fault: ReadonlySignal<KnownFault | undefined>;
  /** False when it was refused, failed, or another one runs; the fault is told in words, a bug too. */
  readonly run: (work: () => Promise<KnownFault | undefined>) => Promise<boolean>;
};

/** One job at a time; whatever happens, the button comes back. */
export const useJob = (): Job => {
  const busy = useSignal(false);
  const fault = useSignal<KnownFault | undefined>(undefined);
  const run: Job["run"] = async (work) => {
    if (busy.peek()) return false;
    busy.value = true;
    fault.value = await work().catch((error: unknown) => {
      reportError(error);
      return { kind: "unexpected" } as const;
    });
    busy.value = false;
    return fault.peek() === undefined;
  };
  return { busy, fault, run };
};
