import { useLayoutEffect, useRef } from "preact/hooks";

import type { Money } from "../../domain/money.ts";
import { faultMessages, type KnownFault } from "../../i18n/fault-messages.ts";
import type { MessageKey, Values } from "../../i18n/index.ts";
import { useFormat, type Format } from "../format.ts";
import { tWith } from "../language.ts";
import { alertNow } from "./announce.ts";
import { FaultLine } from "./field.tsx";

const isMoney = (fact: unknown): fact is Money =>
  typeof fact === "object" && fact !== null && "minor" in fact && "currency" in fact;

const factsOf = (fault: object, format: Format): Values =>
  Object.fromEntries(
    Object.entries(fault).flatMap(([name, fact]: readonly [string, unknown]) => {
      if (isMoney(fact)) return [[name, format.money(fact)]];
      return typeof fact === "string" || typeof fact === "number" ? [[name, fact]] : [];
    }),
  );

/** The sentence of a fault, its facts filled in; an amount among them is written as money. */
export const useFaultText = (): ((fault: KnownFault) => string) => {
  const format = useFormat();
  return (fault) => {
    const key: MessageKey = faultMessages[fault.kind];
    return tWith(key, factsOf(fault, format));
  };
};

/** What is wrong in words, brought into sight and read out once. */
export const FaultSentence = ({ sentence }: { readonly sentence: string | undefined }) => {
  const line = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    line.current?.scrollIntoView({ block: "nearest" });
    if (sentence !== undefined) alertNow(sentence);
  }, [sentence]);
  return sentence === undefined ? undefined : <FaultLine line={line}>{sentence}</FaultLine>;
};

/** A fault beside its cause. */
export const FaultNote = ({ fault }: { readonly fault: KnownFault | undefined }) => {
  const text = useFaultText();
  return <FaultSentence sentence={fault === undefined ? undefined : text(fault)} />;
};
