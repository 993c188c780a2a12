import type { CaseId } from "../../../domain/ids.ts";
import { reservedForm } from "../../../usecases/reserved-form.ts";
import { useDeps } from "../../deps.tsx";
import { useLive } from "../../live.ts";

/** The number of a paper form that the next refund takes, if one waits. */
export const useReserved = () => {
  const deps = useDeps();
  return useLive(
    () => undefined,
    async (): Promise<{ readonly reserved: CaseId | undefined }> => ({
      reserved: await reservedForm(deps),
    }),
  );
};
