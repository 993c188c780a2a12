import { latestAttempt } from "../../../domain/refund/case.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { resendRefund } from "../../../usecases/record-result.ts";
import { retryRefund } from "../../../usecases/retry-refund.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { CopyNumber } from "../../components/key-values.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { AnswerAdvice } from "./answer-advice.tsx";
import { adviceOf } from "./next-step.ts";

type Props = { readonly file: CaseFile; readonly onClose: () => void };

/** Attempt n+1 under a new number, after the acquirer refused or closed the last one (M21). */
export const RetrySheet = ({ file, onClose }: Props) => {
  const format = useFormat();
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { caseId } = file.refundCase;
  const attempt = latestAttempt(file.refundCase);
  const advice = adviceOf(file);
  const retry = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => retryRefund(deps, caseId, attempt.number));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("workflow.retry.done"));
    onClose();
  };
  return (
    <Sheet title={t("action.try_again")} onClose={onClose}>
      {advice !== undefined && <AnswerAdvice advice={advice} />}
      <p>{t("workflow.retry.text", { n: attempt.number + 1 })}</p>
      <FaultNote fault={fault.value} />
      <Button kind="primary" icon="refresh-cw" busy={busy.value} onClick={() => void retry()}>
        {t("records.next.retry", { amount: format.money(attempt.amount) })}
      </Button>
      {entitled.sheet}
    </Sheet>
  );
};

/** The same number once more, where the acquirer pays a number only once or its refusal was cured (X5). */
export const ResendSheet = ({ file, onClose }: Props) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { caseId } = file.refundCase;
  const attempt = latestAttempt(file.refundCase);
  const resend = async (): Promise<void> => {
    const done = await run(async () => {
      const saved = await entitled.run((deps) => resendRefund(deps, caseId));
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("workflow.resend.done"));
    onClose();
  };
  return (
    <Sheet title={t("workflow.resend.title")} onClose={onClose}>
      <p>{t("workflow.resend.text")}</p>
      <CopyNumber label={t("refund.recorded.number")} number={attempt.refundNo} />
      <FaultNote fault={fault.value} />
      <Button kind="primary" icon="send" busy={busy.value} onClick={() => void resend()}>
        {t("workflow.resend.confirm")}
      </Button>
      {entitled.sheet}
    </Sheet>
  );
};
