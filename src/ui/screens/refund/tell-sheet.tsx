import { useSignal, useSignalEffect } from "@preact/signals";

import type { RefundCase } from "../../../domain/refund/case.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { languages, type LanguageTag } from "../../../i18n/index.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Segments } from "../../components/segments.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { language, t, wordsIn } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { customerText } from "./customer-text.ts";

/** The text in the language the customer reads; that it was told is recorded only when it went out. */
const useTelling = (refundCase: RefundCase, onDone: () => void) => {
  const deps = useDeps();
  const { deliver, copyText } = useAbilities();
  const { shop } = useShell();
  const spoken = useSignal<LanguageTag>(language.peek());
  const text = useSignal("");
  const refused = useSignal(false);
  const fault = useSignal<KnownFault | undefined>(undefined);
  useSignalEffect(() => {
    const wanted = spoken.value;
    void wordsIn(wanted).then((words) => {
      text.value = customerText(words, { refundCase, shop, language: wanted });
    });
  });
  const told = async (): Promise<void> => {
    const notice = { via: "share", language: spoken.peek() } as const;
    const saved = await tellCustomer(deps, refundCase.caseId, notice);
    if (saved.ok) onDone();
    else fault.value = saved.fault;
  };
  const share = async (): Promise<void> => {
    const title = t("records.tell.file", { number: latestAttempt(refundCase).refundNo });
    const bytes = new TextEncoder().encode(text.peek());
    const out = await deliver({ name: `${title}.txt`, type: "text/plain", bytes }, title);
    refused.value = out === "blocked";
    if (out === "cancelled" || out === "blocked") return;
    announce(t(`records.tell.${out}`));
    await told();
  };
  const copy = async (): Promise<void> => {
    refused.value = !(await copyText(text.peek()));
    if (refused.peek()) return;
    announce(t("action.copied"));
    await told();
  };
  return { spoken, text, refused, fault, share, copy };
};

/** The message to the customer, to be shared or copied. */
export const TellSheet = ({
  refundCase,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly onClose: () => void;
}) => {
  const { spoken, text, refused, fault, share, copy } = useTelling(refundCase, onClose);
  return (
    <Sheet title={t("records.tell.title")} onClose={onClose}>
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
