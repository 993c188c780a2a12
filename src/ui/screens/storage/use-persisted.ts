import { useSignal, type Signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { useAbilities } from "../../deps.tsx";

/** Whether the browser promised to keep the data; undefined until it answered or where it does not tell. */
export const usePersisted = (): Signal<boolean | undefined> => {
  const { storage } = useAbilities();
  const persisted = useSignal<boolean | undefined>(undefined);
  useLayoutEffect(() => {
    void storage().then((found) => {
      persisted.value = found.persisted;
    });
  }, []);
  return persisted;
};
