import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import type { Result } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { ChangeProfileFault } from "../../../usecases/change-profile.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { announce } from "../../components/announce.ts";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";

/** A change of a profile: by the person at the till, else by the owner after their PIN. */
export type ProfileChange = {
  readonly busy: ReadonlySignal<boolean>;
  readonly fault: ReadonlySignal<KnownFault | undefined>;
  /** Undefined when it was refused; the sentence is read out when it is done. */
  readonly change: <T>(
    said: string,
    work: (deps: Deps) => Promise<Result<T, ChangeProfileFault>>,
  ) => Promise<T | undefined>;
  readonly sheet: ComponentChildren;
};

/** One change at a time; whoever may not make it asks somebody who may. */
export const useProfileChange = (): ProfileChange => {
  const { busy, fault, run } = useJob();
  const { run: asEntitled, sheet } = useEntitled();
  return {
    busy,
    fault,
    sheet,
    change: async (said, work) => {
      let value: Awaited<ReturnType<typeof work>> | undefined;
      const done = await run(async () => {
        value = await asEntitled(work);
        return value.ok ? undefined : value.fault;
      });
      if (!done || value?.ok !== true) return undefined;
      announce(said);
      return value.value;
    },
  };
};
