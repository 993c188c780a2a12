import { readCase, type CaseFile } from "../../../usecases/read-case.ts";
import { useDeps } from "../../deps.tsx";
import { useLive, type Live } from "../../live.ts";

/** The refund of a page, kept in step with the journal; ready and undefined when it is not here. */
export const useCaseFile = (id: string): Live<CaseFile | undefined> => {
  const deps = useDeps();
  const page = location.href.split("#")[0] ?? "";
  return useLive(
    () => id,
    (wanted) => readCase(deps, wanted, page),
  ).value;
};
