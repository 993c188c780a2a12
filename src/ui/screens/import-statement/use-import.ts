import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import {
  importStatement,
  type ImportFault,
  type ImportProgress,
  type ReadStatement,
} from "../../../usecases/import-statement.ts";
import { useAbilities } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useLongJob } from "./use-long-job.ts";

/** How far an import is. */
export type ImportView =
  | { readonly state: "choosing" }
  | {
      readonly state: "reading";
      readonly name: string;
      readonly progress: ImportProgress | undefined;
      readonly startedAt: number;
    }
  /** Read to its end; nothing counts before somebody answers. */
  | {
      readonly state: "confirming";
      readonly read: ReadStatement;
      readonly answer: (wanted: boolean) => void;
    }
  | { readonly state: "done"; readonly read: ReadStatement }
  | { readonly state: "refused"; readonly file: File; readonly fault: ScreenFault };

/** A file that is read or asked about comes to its end before the next. */
export const isBusy = ({ state }: ImportView): boolean =>
  state === "reading" || state === "confirming";

/** A bug is told too; the page stays usable. */
export type ScreenFault = ImportFault | { readonly kind: "unexpected" };

export type ImportJobs = {
  readonly view: ReadonlySignal<ImportView>;
  readonly start: (file: File, allowMissingSummary?: boolean) => void;
  readonly cancel: () => void;
  /** The sheet that asks somebody entitled. */
  readonly asking: ComponentChildren;
};

/** Runs one import at a time; a second file is left alone while the first is read. */
export const useImport = (): ImportJobs => {
  const entitled = useEntitled();
  const { readStatement } = useAbilities();
  const view = useSignal<ImportView>({ state: "choosing" });
  const job = useLongJob();
  const ask = (read: ReadStatement, signal: AbortSignal, then: ImportView) =>
    new Promise<boolean>((resolve) => {
      signal.addEventListener("abort", () => resolve(false));
      view.value = {
        state: "confirming",
        read,
        answer: (wanted) => {
          view.value = then;
          resolve(wanted);
        },
      };
    });
  const read = async (file: File, allowMissingSummary: boolean, signal: AbortSignal) => {
    const reading = { state: "reading", name: file.name, startedAt: performance.now() } as const;
    const writing = { bytes: file.size, total: file.size, rows: 0 };
    view.value = { ...reading, progress: undefined };
    const result = await entitled.run((deps) =>
      importStatement(deps, {
        file,
        read: readStatement,
        allowMissingSummary,
        onProgress: (progress) => {
          view.value = { ...reading, progress };
        },
        confirm: async (made) =>
          allowMissingSummary || ask(made, signal, { ...reading, progress: writing }),
        signal,
      }),
    );
    view.value = result.ok
      ? { state: "done", read: result.value }
      : { state: "refused", file, fault: result.fault };
  };
  const start = async (file: File, allowMissingSummary: boolean): Promise<void> => {
    if (isBusy(view.peek())) return;
    try {
      await job.run((signal) => read(file, allowMissingSummary, signal));
    } catch (error) {
      view.value = { state: "refused", file, fault: { kind: "unexpected" } };
      reportError(error);
    }
  };
  return {
    view,
    start: (file, allowMissingSummary = false) => void start(file, allowMissingSummary),
    cancel: job.cancel,
    asking: entitled.sheet,
  };
};
