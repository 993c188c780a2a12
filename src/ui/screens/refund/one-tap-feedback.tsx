import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { logFeedback, type Score } from "../../../usecases/log-contact.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

const scores = [5, 3, 1] as const satisfies readonly Score[];

/** A customer is asked when it is over for them, and never twice. */
const mayAsk = (refundCase: RefundCase): boolean =>
  !refundCase.elsewhere &&
  (latestAttempt(refundCase).money === "succeeded" || refundCase.replacementGiven) &&
  refundCase.history.every(({ told }) => told.kind !== "contact" || told.score === undefined);

/** D7: how satisfied the customer was, on the page itself, in one tap. */
export const OneTapFeedback = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const save = async (score: Score): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => logFeedback(deps, refundCase.caseId, { score }));
      return saved.ok ? undefined : saved.fault;
    });
    if (done) announce(t("action.saved"));
  };
  if (!mayAsk(refundCase)) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("workflow.more.feedback")}</h2>
      <div class="u-grid-3">
        {scores.map((score) => (
          <Button key={score} busy={busy.value} onClick={() => void save(score)}>
            {t(`workflow.feedback.${score}`)}
          </Button>
        ))}
      </div>
      <FaultNote fault={fault.value} />
      {entitled.sheet}
    </section>
  );
};
