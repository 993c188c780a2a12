import { isPassing, type BlockReason } from "../../../domain/batch-choice.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import type { BlockedRefund } from "../../../usecases/choose-batch.ts";
import { Switch } from "../../components/field.tsx";
import { mostListed, NotListed } from "../../components/not-listed.tsx";
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

const Reasons = ({
  state,
  blocked,
}: {
  readonly state: ExportState;
  readonly blocked: readonly BlockedRefund[];
}) => {
  const format = useFormat();
  return (
    <>
      {blocked.slice(0, mostListed).map(({ caseId, reason }) => {
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
    </>
  );
};

/** What leaves later and until when it waits, and what cannot leave, each with its reason; the owner may answer for grade D by name. */
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
  const { blocked } = state.preview;
  const later = blocked.filter(({ reason }) => isPassing(reason));
  const stuck = blocked.filter(({ reason }) => !isPassing(reason));
  const asksOwner = gradeD || stuck.some(({ reason }) => reason.kind === "grade_d");
  const owner = deps.staff()?.role === "owner";
  return (
    <>
      {later.length > 0 && (
        <section class="u-tight">
          <h2>{t("export.waits.title", { n: later.length })}</h2>
          <Rows>
            <Reasons state={state} blocked={later} />
          </Rows>
          <NotListed of={later.length} />
        </section>
      )}
      {(stuck.length > 0 || gradeD) && (
        <section class="u-tight">
          <h2>{t("export.blocked.title", { n: stuck.length })}</h2>
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
            <Reasons state={state} blocked={stuck} />
          </Rows>
          <NotListed of={stuck.length} />
        </section>
      )}
    </>
  );
};
