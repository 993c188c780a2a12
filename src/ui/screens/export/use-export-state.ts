import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { secondsOf, type Instant } from "../../../domain/instant.ts";
import type { BatchOptions } from "../../../usecases/choose-batch.ts";
import { useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";
import { loadExport, type ExportState } from "./load-export.ts";

/** When the first of those that only wait for their time may leave. */
const nextTurn = ({ preview }: ExportState): Instant | undefined =>
  preview.blocked.flatMap(({ reason }) => ("from" in reason ? [reason.from] : [])).sort()[0];

/** Everything of the export page, read again when something changes and when a wait is over. */
export const useExportState = (options: ReadonlySignal<BatchOptions>): ExportState | undefined => {
  const deps = useDeps();
  const turn = useSignal(0);
  const live = useLive(
    () => ({ wanted: options.value, turn: turn.value }),
    ({ wanted }) => loadExport(deps, wanted),
  );
  const state = readyValue(live.value);
  const next = state && nextTurn(state);
  useLayoutEffect(() => {
    if (next === undefined) return undefined;
    const timer = setTimeout(() => turn.value++, secondsOf(next) * 1000 - deps.now());
    return () => clearTimeout(timer);
  }, [next]);
  return state;
};
