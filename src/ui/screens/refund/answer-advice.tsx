import type { AcquirerError } from "../../../domain/acquirers/error-catalogue.ts";
import { t } from "../../language.ts";

/** What the acquirer's answer means and what to do about it, the first thing first. */
export const AnswerAdvice = ({ advice }: { readonly advice: AcquirerError }) => (
  <div class="u-tight">
    <p>{t(`acquirers.error.${advice.meaning}`)}</p>
    <ul class="case-advice">
      {advice.actions.map((action) => (
        <li key={action}>{t(`acquirers.action.${action}`)}</li>
      ))}
    </ul>
    {!advice.verified && <p class="u-small">{t("workflow.advice.unverified")}</p>}
  </div>
);
