import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { StatementTable } from "../../../domain/statements/mapped-table.ts";
import type { ResultMapping, ResultMappingFault } from "../../../domain/results/result-mapping.ts";
import { importResults, type ImportResultsFault } from "../../../usecases/import-results.ts";
import {
  reviewResults,
  type ResultChoice,
  type ResultReview,
  type ResultSource,
  type ReviewFault,
} from "../../../usecases/review-results.ts";
import type { ChainJob } from "../../../usecases/walk-chain.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob, type Job } from "../../job.ts";
import { t } from "../../language.ts";
import { useWalk } from "../audit/use-walk.ts";
import { isFileFault, type FileFault } from "./file-fault.tsx";

type NamedSource = ResultSource & { readonly name: string };

export type ResultsView =
  | { readonly state: "choosing"; readonly refused?: FileFault }
  | {
      readonly state: "naming";
      readonly source: NamedSource;
      readonly choice: ResultChoice;
      readonly table: StatementTable;
      readonly before: ResultMapping | undefined;
      readonly fault: ResultMappingFault | undefined;
      /** Status words that nobody has explained. */
      readonly unknown: readonly string[];
    }
  | {
      readonly state: "reviewed";
      readonly source: NamedSource;
      readonly choice: ResultChoice;
      readonly review: ResultReview;
    }
  | { readonly state: "done"; readonly moved: number };

/** A watched reading, shown from its start: how long a file takes is not known before. */
const useReading = ({ run }: Job) => {
  const walk = useWalk();
  const read = (name: string, work: (watched: ChainJob) => Promise<void>): Promise<boolean> =>
    run(() =>
      walk.run(t("recon.import.reading", { name: visibleText(name).text }), async (watched) => {
        watched.onProgress(0, 0);
        await work(watched);
        return undefined;
      }),
    );
  return { read, shown: walk.shown, cancel: walk.cancel };
};

const isReviewFault = (fault: ImportResultsFault): fault is ReviewFault =>
  fault.kind === "aborted" || fault.kind === "result_columns" || isFileFault(fault);

const refusedBy = (
  why: Exclude<ReviewFault, { kind: "aborted" }>,
  source: NamedSource,
  choice: ResultChoice,
): ResultsView => {
  if (isFileFault(why)) return { state: "choosing", refused: why };
  const open = { table: why.table, before: undefined, fault: why.fault, unknown: [] };
  return { state: "naming", source, choice, ...open };
};

/** A result file from its choice to what it moved; nothing counts before somebody has looked at it. */
export const useResults = () => {
  const deps = useDeps();
  const { readResultFile } = useAbilities();
  const entitled = useEntitled();
  const job = useJob();
  const { busy, fault, run } = job;
  const { read, shown, cancel } = useReading(job);
  const view = useSignal<ResultsView>({ state: "choosing" });
  const refuse = (why: ReviewFault, source: NamedSource, choice: ResultChoice): void => {
    if (why.kind !== "aborted") view.value = refusedBy(why, source, choice);
  };
  const review = async (
    source: NamedSource,
    choice: ResultChoice,
    watched: ChainJob,
  ): Promise<void> => {
    const made = await reviewResults(deps, source, choice, watched);
    if (made.ok) view.value = { state: "reviewed", source, choice, review: made.value };
    else refuse(made.fault, source, choice);
  };
  const take = async ([file]: readonly File[]): Promise<void> => {
    if (file === undefined) return;
    await read(file.name, async (watched) => {
      const lines = await readResultFile(file, watched.signal);
      if (lines.ok) await review({ ...lines.value, name: file.name }, {}, watched);
      else if (lines.fault.kind !== "aborted")
        view.value = { state: "choosing", refused: lines.fault };
    });
  };
  const apply = async (withOrders: boolean): Promise<void> => {
    const now = view.peek();
    if (now.state !== "reviewed") return;
    await run(async () => {
      const told = await entitled.run((acting) =>
        importResults(acting, now.source, { ...now.choice, withOrders }),
      );
      if (told.ok) {
        view.value = { state: "done", moved: told.value.moved };
        announce(t("export.result.done", { n: told.value.moved }));
        return undefined;
      }
      if (!isReviewFault(told.fault)) return told.fault;
      refuse(told.fault, now.source, now.choice);
      return undefined;
    });
  };
  return {
    view,
    busy,
    fault,
    take,
    apply,
    review: (source: NamedSource, choice: ResultChoice) =>
      read(source.name, (watched) => review(source, choice, watched)),
    reading: shown,
    cancel,
    asking: entitled.sheet,
  };
};
