import { useRef } from "preact/hooks";

import type { CaseId } from "../../../domain/ids.ts";
import { longestText } from "../../../domain/typed-text.ts";
import { logFeedback, type Score } from "../../../usecases/log-contact.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

const scores = [5, 4, 3, 2, 1] as const satisfies readonly Score[];

/** How satisfied the customer was: one tap saves, with the words above where there are some (R54). */
export const FeedbackSheet = ({
  caseId,
  onClose,
}: {
  readonly caseId: CaseId;
  readonly onClose: () => void;
}) => {
  const form = useRef<HTMLFormElement>(null);
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const save = async (score: Score): Promise<void> => {
    const text = form.current === null ? "" : textIn(new FormData(form.current), "text");
    const done = await run(async () => {
      const saved = await entitled.run((deps) => logFeedback(deps, caseId, { score, text }));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("action.saved"));
    onClose();
  };
  return (
    <Sheet title={t("workflow.more.feedback")} onClose={onClose}>
      <form ref={form} class="u-stack" onSubmit={(event) => event.preventDefault()}>
        <NoteField
          name="text"
          label={t("workflow.feedback.text")}
          maxLength={longestText}
          optional
        />
        <p class="u-small">{t("workflow.feedback.tap")}</p>
        {scores.map((score) => (
          <Button key={score} busy={busy.value} onClick={() => void save(score)}>
            {t(`workflow.feedback.${score}`)}
          </Button>
        ))}
        <FaultNote fault={fault.value} />
      </form>
      {entitled.sheet}
    </Sheet>
  );
};
