import { useSignal, useSignalEffect } from "@preact/signals";

import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { languages, type LanguageTag, type Translate } from "../../../i18n/index.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Segments } from "../../components/segments.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useAbilities } from "../../deps.tsx";
import { language, t, wordsIn } from "../../language.ts";

type Message = {
  /** The file's name, without its ending. */
  readonly name: string;
  /** The message in a language that need not be the one on screen. */
  readonly write: (words: Translate, spoken: LanguageTag) => string;
  /** Called when it went out; answers with what could not be recorded. */
  readonly onSent: (spoken: LanguageTag) => Promise<KnownFault | undefined>;
  readonly onClose: () => void;
};

/** The text in the language the customer reads; it counts as told only when it went out. */
const useMessage = ({ name, write, onSent, onClose }: Message) => {
  const { deliver, copyText } = useAbilities();
  const spoken = useSignal<LanguageTag>(language.peek());
  const text = useSignal("");
  const refused = useSignal(false);
  const fault = useSignal<KnownFault | undefined>(undefined);
  useSignalEffect(() => {
    const wanted = spoken.value;
    void wordsIn(wanted).then((words) => {
      text.value = write(words, wanted);
    });
  });
  const sent = async (): Promise<void> => {
    fault.value = await onSent(spoken.peek());
    if (fault.peek() === undefined) onClose();
  };
  const share = async (): Promise<void> => {
    const bytes = new TextEncoder().encode(text.peek());
    const out = await deliver({ name: `${name}.txt`, type: "text/plain", bytes }, name);
    refused.value = out === "blocked";
    if (out === "cancelled" || out === "blocked") return;
    announce(t(`records.tell.${out}`));
    await sent();
  };
  const copy = async (): Promise<void> => {
    refused.value = !(await copyText(text.peek()));
    if (refused.peek()) return;
    announce(t("action.copied"));
    await sent();
  };
  return { spoken, text, refused, fault, share, copy };
};

/** A message to the customer, to be shared or copied. */
export const MessageSheet = (message: Message) => {
  const { spoken, text, refused, fault, share, copy } = useMessage(message);
  return (
    <Sheet title={t("records.tell.title")} onClose={message.onClose}>
      <Segments
        label={t("records.tell.language")}
        name="tell-language"
        choices={languages.map(({ tag, name }) => ({ value: tag, label: name }))}
        value={spoken.value}
        onPick={(picked) => {
          spoken.value = picked;
        }}
      />
      <p lang={spoken.value} class="case-text">
        {text.value}
      </p>
      {refused.value && <FaultLine>{t("records.tell.refused")}</FaultLine>}
      <FaultNote fault={fault.value} />
      <Button icon="copy" onClick={() => void copy()}>
        {t("records.tell.copy")}
      </Button>
      <Button kind="primary" icon="share-2" onClick={() => void share()}>
        {t("records.tell.share")}
      </Button>
    </Sheet>
  );
};
