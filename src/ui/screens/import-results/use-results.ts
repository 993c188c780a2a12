import { useSignal } from "@preact/signals";

import type { StatementTable } from "../../../domain/statements/mapped-table.ts";
import type { ResultFileFault } from "../../../domain/results/read-results.ts";
import type { ResultMapping, ResultMappingFault } from "../../../domain/results/result-mapping.ts";
import {
  importResults,
  reviewResults,
  type ResultChoice,
  type ResultReview,
  type ResultSource,
} from "../../../usecases/import-results.ts";
import { announce } from "../../components/announce.ts";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { isFileFault, type FileFault } from "./file-fault.tsx";

export type ResultsView =
  | { readonly state: "choosing"; readonly refused?: FileFault }
  | {
      readonly state: "naming";
      readonly source: ResultSource;
      readonly choice: ResultChoice;
      readonly table: StatementTable;
      readonly before: ResultMapping | undefined;
      readonly fault: ResultMappingFault | undefined;
      /** Status words that nobody has explained. */
      readonly unknown: readonly string[];
    }
  | {
      readonly state: "reviewed";
      readonly source: ResultSource;
      readonly choice: ResultChoice;
      readonly review: ResultReview;
    }
  | { readonly state: "done"; readonly moved: number };

/** A result file from its choice to what it moved; nothing counts before somebody has looked at it. */
export const useResults = () => {
  const deps = useDeps();
  const { readResultFile } = useAbilities();
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const view = useSignal<ResultsView>({ state: "choosing" });
  const refuse = (why: ResultFileFault, source: ResultSource, choice: ResultChoice): void => {
    if (isFileFault(why)) {
      view.value = { state: "choosing", refused: why };
      return;
    }
    const open = { table: why.table, before: undefined, fault: why.fault, unknown: [] };
    view.value = { state: "naming", source, choice, ...open };
  };
  const review = async (source: ResultSource, choice: ResultChoice): Promise<void> => {
    const read = await reviewResults(deps, source, choice);
    if (read.ok) view.value = { state: "reviewed", source, choice, review: read.value };
    else refuse(read.fault, source, choice);
  };
  const take = async ([file]: readonly File[]): Promise<void> => {
    if (file === undefined) return;
    await run(async () => {
      const read = await readResultFile(file);
      if (read.ok) await review(read.value, {});
      else view.value = { state: "choosing", refused: read.fault };
      return undefined;
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
      if (told.fault.kind !== "result_columns" && !isFileFault(told.fault)) return told.fault;
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
    review: (source: ResultSource, choice: ResultChoice) =>
      run(async () => {
        await review(source, choice);
        return undefined;
      }),
    asking: entitled.sheet,
  };
};
