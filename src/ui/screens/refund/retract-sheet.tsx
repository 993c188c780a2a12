import type { RecordRef } from "../../../domain/ids.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { resultsOf } from "../../../domain/refund/decide-result.ts";
import { retractResult } from "../../../usecases/record-result.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { NoteField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** The newest result that was recorded; the one that a correction takes back. */
export const lastResult = (refundCase: RefundCase): RecordRef | undefined =>
  resultsOf(latestAttempt(refundCase)).at(-1);

/** Takes the newest result back, with why; both stay in the records (M24). */
export const RetractSheet = ({
  refundCase,
  result,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly result: RecordRef;
  readonly onClose: () => void;
}) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const retract = async (form: HTMLFormElement): Promise<void> => {
    const why = textIn(new FormData(form), "why");
    const done = await run(async () => {
      const saved = await entitled.run((deps) =>
        retractResult(deps, refundCase.caseId, result, why),
      );
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("action.saved"));
    onClose();
  };
  return (
    <Sheet title={t("workflow.retract.title")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void retract(event.currentTarget);
        }}
      >
        <p>
          {t("workflow.retract.text", { state: t(`state.${latestAttempt(refundCase).money}`) })}
        </p>
        <NoteField name="why" label={t("workflow.retract.why")} maxLength={500} required />
        <FaultNote fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("workflow.retract.confirm", {
            state: t(`state.${latestAttempt(refundCase).money}`),
          })}
        </Button>
      </form>
      {entitled.sheet}
    </Sheet>
  );
};
