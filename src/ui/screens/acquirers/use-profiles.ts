import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { listProfiles } from "../../../usecases/change-profile.ts";
import { useDeps } from "../../deps.tsx";
import { readyValue, useLive } from "../../live.ts";

/** Every profile as it is in force; undefined until they are read. */
export const useProfiles = (): readonly AcquirerProfile[] | undefined => {
  const deps = useDeps();
  return readyValue(
    useLive(
      () => deps,
      (open) => listProfiles(open),
    ).value,
  );
};
