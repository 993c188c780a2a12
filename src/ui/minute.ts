import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { Instant } from "../domain/instant.ts";
import { useShell } from "./shell-context.tsx";

const minuteMs = 60_000;

/** The time to the minute, for what the clock alone makes urgent. */
export const useMinute = (): ReadonlySignal<Instant> => {
  const { now } = useShell();
  const moment = useSignal(now());
  useLayoutEffect(() => {
    const timer = setInterval(() => {
      moment.value = now();
    }, minuteMs);
    return () => clearInterval(timer);
  }, [now]);
  return moment;
};
