import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import type { LanguageTag, Translate } from "../i18n/index.ts";
import { wordsIn } from "./language.ts";

/** Words of one language for what customers read, whatever is on screen; undefined until they are loaded. */
export const useWords = (language: LanguageTag): Translate | undefined => {
  const words = useSignal<{ readonly say: Translate } | undefined>(undefined);
  useLayoutEffect(() => {
    void wordsIn(language).then((say) => {
      words.value = { say };
    });
  }, [language]);
  return words.value?.say;
};
