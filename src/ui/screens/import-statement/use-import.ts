import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import type { SavedMapping } from "../../../domain/statements/mapping.ts";
import {
  importStatement,
  type ImportFault,
  type ImportProgress,
  type ReadStatement,
} from "../../../usecases/import-statement.ts";
import { useAbilities } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useLongJob } from "./use-long-job.ts";

/** What becomes of a file that was read. */
export type Answer = "import" | "cancel" | "columns";

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
      readonly answer: (answer: Answer) => void;
    }
  /** No layout knows the file: a person says which column is what. */
  | {
      readonly state: "naming";
      readonly file: File;
      readonly lines: readonly string[];
      readonly before: Pick<SavedMapping, "acquirer" | "mapping"> | undefined;
    }
  | { readonly state: "done"; readonly read: ReadStatement }
  | { readonly state: "refused"; readonly file: File; readonly fault: ScreenFault };

/** A file that is read or asked about comes to its end before the next. */
export const isBusy = ({ state }: ImportView): boolean =>
  state === "reading" || state === "confirming";

/** A bug is told too; the page stays usable. */
export type ScreenFault = ImportFault | { readonly kind: "unexpected" };

type Choices = {
  /** A file whose summary is missing is taken all the same. */
  readonly allowMissingSummary?: boolean;
  /** How its columns were just named. */
  readonly mapping?: SavedMapping;
};

export type ImportJobs = {
  readonly view: ReadonlySignal<ImportView>;
  readonly start: (file: File, choices?: Choices) => void;
  /** Opens the form that names the columns of a file. */
  readonly nameColumns: (naming: Omit<Extract<ImportView, { state: "naming" }>, "state">) => void;
  readonly cancel: () => void;
  /** Back to where a file is chosen. */
  readonly reset: () => void;
  /** The sheet that asks somebody entitled. */
  readonly asking: ComponentChildren;
};

const namingOf = (file: File, { summary }: ReadStatement): ImportView => {
  const { acquirer, mapped } = summary;
  const before = mapped && { acquirer, mapping: mapped.mapping };
  return { state: "naming", file, lines: mapped?.lines ?? [], before };
};

const useWorkers = () => {
  const { readStatement, compareStatements, warmReading } = useAbilities();
  useEffect(warmReading, [warmReading]);
  return { read: readStatement, compare: compareStatements };
};

/** Runs one import at a time; a second file is left alone while the first is read. */
export const useImport = (): ImportJobs => {
  const entitled = useEntitled();
  const workers = useWorkers();
  const view = useSignal<ImportView>({ state: "choosing" });
  const job = useLongJob();
  const ask = (read: ReadStatement, signal: AbortSignal) =>
    new Promise<Answer>((resolve) => {
      signal.addEventListener("abort", () => resolve("cancel"));
      view.value = { state: "confirming", read, answer: resolve };
    });
  const read = async (file: File, choices: Choices, signal: AbortSignal) => {
    const reading = { state: "reading", name: file.name, startedAt: performance.now() } as const;
    const { allowMissingSummary = false, mapping } = choices;
    let instead: ImportView | undefined;
    view.value = { ...reading, progress: undefined };
    const result = await entitled.run((deps) =>
      importStatement(deps, {
        file,
        ...workers,
        allowMissingSummary,
        mapping,
        onProgress: (progress) => {
          view.value = { ...reading, progress };
        },
        confirm: async (made) => {
          if (allowMissingSummary) return true;
          const answer = await ask(made, signal);
          if (answer === "columns") instead = namingOf(file, made);
          const whole = { bytes: file.size, total: file.size, rows: made.summary.rows };
          view.value = { ...reading, progress: whole };
          return answer === "import";
        },
        signal,
      }),
    );
    if (result.ok) view.value = { state: "done", read: result.value };
    else view.value = instead ?? { state: "refused", file, fault: result.fault };
  };
  const start = async (file: File, choices: Choices): Promise<void> => {
    if (isBusy(view.peek())) return;
    try {
      await job.run((signal) => read(file, choices, signal));
    } catch (error) {
      view.value = { state: "refused", file, fault: { kind: "unexpected" } };
      reportError(error);
    }
  };
  return {
    view,
    start: (file, choices = {}) => void start(file, choices),
    nameColumns: (naming) => {
      view.value = { state: "naming", ...naming };
    },
    cancel: job.cancel,
    reset: () => {
      view.value = { state: "choosing" };
    },
    asking: entitled.sheet,
  };
};
