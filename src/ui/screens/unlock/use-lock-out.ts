import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";

import type { StaffId } from "../../../domain/ids.ts";
import type { LockOut } from "../../../domain/lock-out.ts";
import { announce } from "../../components/announce.ts";
import { waitText } from "../../components/wait-text.ts";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";

const second = 1000;

const say = (left: number): void => {
  const spoken = left % 30 === 0 || left === 10;
  if (left > 0 && spoken) announce(t("unlock.wait", { time: waitText(left) }));
};

/** How a person stands with their tries; a wait is counted down and read out, the domain says when it is over. */
export const useLockOut = (
  staff: StaffId,
): {
  readonly state: ReadonlySignal<LockOut | undefined>;
  readonly refresh: () => Promise<LockOut>;
} => {
  const { triesLeft } = useStart();
  const state = useSignal<LockOut | undefined>(undefined);
  const refresh = async (): Promise<LockOut> => {
    const now = await triesLeft(staff);
    state.value = now;
    return now;
  };
  const waits = state.value?.kind === "wait";
  const waiting = useSignal(waits);
  waiting.value = waits;
  useSignalEffect(() => {
    if (!waiting.value) {
      void refresh();
      return undefined;
    }
    const timer = setInterval(() => {
      void refresh().then((now) => {
        if (now.kind === "wait") say(now.seconds);
        if (now.kind === "open") announce(t("unlock.again"));
      });
    }, second);
    return () => clearInterval(timer);
  });
  return { state, refresh };
};
