import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { Feedback } from "../../../domain/satisfaction.ts";
import { longestText } from "../../../domain/typed-text.ts";
import { Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

const most = 20;

const meanOf = (feedback: readonly Feedback[]): number =>
  Math.round((feedback.reduce((sum, { score }) => sum + score, 0) / feedback.length) * 10) / 10;

/** What customers said, each beside its refund; the worst first, as there is most to learn (R54). */
export const FeedbackList = ({ feedback }: { readonly feedback: readonly Feedback[] }) => {
  const format = useFormat();
  if (feedback.length === 0) return undefined;
  return (
    <section class="u-tight">
      <h2>
        {t("insights.feedback", { mean: format.number(meanOf(feedback)), n: feedback.length })}
      </h2>
      <Rows>
        {feedback.slice(0, most).map(({ caseId, at, score, text }) => (
          <Row
            key={`${caseId} ${at}`}
            href={linkTo("refund", { id: caseId })}
            title={t("workflow.history.feedback", { n: score })}
            facts={[
              format.time(at),
              text === undefined ? undefined : (
                <bdi key="text">{visibleText(text, longestText).text}</bdi>
              ),
            ]}
            chevron
          />
        ))}
      </Rows>
    </section>
  );
};
