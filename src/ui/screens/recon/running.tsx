import { Progress } from "../../components/progress.tsx";
import { t } from "../../language.ts";
import type { CompareRuns } from "./use-comparison.ts";

/** How far a comparison is, and the way out of it. */
export const Running = ({ runs: { far, cancel } }: { readonly runs: CompareRuns }) =>
  far.value && (
    <Progress
      label={t("recon.comparing")}
      done={far.value.of === 0 ? undefined : far.value.done}
      of={far.value.of}
      onCancel={cancel}
    />
  );
