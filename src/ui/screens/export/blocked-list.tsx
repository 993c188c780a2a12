import type { BlockReason } from "../../../domain/batch-choice.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { Switch } from "../../components/field.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t, tWith } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import type { ExportState } from "./load-export.ts";

const blockText = (reason: BlockReason, format: Format): string => {
  const from = "from" in reason ? { from: format.fullTime(reason.from) } : {};
  const facts = Object.entries(reason).filter(
    (entry): entry is [string, string | number] => typeof entry[1] !== "object",
  );
  return tWith(`export.blocked.${reason.kind}`, { ...Object.fromEntries(facts), ...from });
};

/** What cannot leave, each with its reason; the owner may answer for grade D by name. */
export const BlockedList = ({
  state,
  gradeD,
  onGradeD,
}: {
  readonly state: ExportState;
  readonly gradeD: boolean;
  readonly onGradeD: (on: boolean) => void;
}) => {
  const deps = useDeps();
  const format = useFormat();
  const { blocked } = state.preview;
  const asksOwner = gradeD || blocked.some(({ reason }) => reason.kind === "grade_d");
  const owner = deps.staff()?.role === "owner";
  if (blocked.length === 0 && !gradeD) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("export.blocked.title", { n: blocked.length })}</h2>
      <Rows>
        {asksOwner && owner && (
          <Switch
            name="grade_d"
            label={t("export.grade_d.allow")}
            help={t("export.grade_d.help")}
            on={gradeD}
            onToggle={onGradeD}
          />
        )}
        {blocked.map(({ caseId, reason }) => {
          const refundCase = state.waiting.get(caseId);
          const attempt = refundCase && latestAttempt(refundCase);
          return (
            <Row
              key={caseId}
              title={blockText(reason, format)}
              facts={[
                refundCase && format.time(refundCase.createdAt),
                attempt && t("word.tail", { tail: format.tail(attempt.refundNo) }),
              ]}
              amount={attempt?.amount}
              href={linkTo("refund", { id: caseId })}
            />
          );
        })}
      </Rows>
    </section>
  );
};
