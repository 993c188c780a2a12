import { useLayoutEffect } from "preact/hooks";

import { alertNow } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { t } from "../../language.ts";
import type { SaidReading } from "./use-readings.ts";

/** What a code was that leads nowhere; text from it is shown inert. It stays until the next code. */
export const SaidNote = ({ said }: { readonly said: SaidReading | undefined }) => {
  const sentence = said === undefined ? undefined : t(`scan.said.${said.what}`);
  useLayoutEffect(() => {
    if (sentence !== undefined) alertNow(sentence);
  }, [said]);
  return said === undefined ? undefined : (
    <Banner tone="warn" icon="circle-alert" title={sentence}>
      {said.text !== undefined && <ForeignText mono>{said.text}</ForeignText>}
    </Banner>
  );
};
