import { practiceTasks, type PracticeTask } from "../../../domain/practice-tasks.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { readPracticeTasks } from "../../../usecases/start-practice.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useMaybeDeps, useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";

const points = [
  ["store", "train.day"],
  ["ban", "train.apart"],
  ["scan-line", "train.sample"],
  ["hard-drive", "train.kept"],
] as const satisfies readonly (readonly [IconName, string])[];

const places = {
  full: "scan",
  partial: "scan",
  return: "scan",
  decline: "scan",
  approve: "scan",
  withdraw: "records",
  tell: "records",
} as const satisfies Record<PracticeTask, string>;

/** What to try, each with a tick once the journal shows it. */
const Tasks = ({ deps }: { readonly deps: Deps }) => {
  const done = readyValue(
    useLive(
      () => undefined,
      async () => readPracticeTasks(deps),
    ).value,
  );
  if (done === undefined) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("train.tasks", { done: done.size, of: practiceTasks.length })}</h2>
      <Rows>
        {practiceTasks.map((task) => (
          <Row
            key={task}
            icon={done.has(task) ? "circle-check" : "hand"}
            title={t(`train.task.${task}`)}
            facts={[done.has(task) ? t("train.done") : t(`train.how.${task}`)]}
            href={linkTo(places[task])}
            chevron
          />
        ))}
      </Rows>
    </section>
  );
};

/** P6: what practice is, what to try in it, and the way in or out. */
export const TrainScreen = () => {
  const { training } = useShell();
  const deps = useMaybeDeps();
  const { startPractice, leavePractice } = useStart();
  return (
    <>
      <PageHeader title={t("train.title")} back={linkTo("more")} />
      <p>{t(training ? "train.inside" : "train.what")}</p>
      {training && deps !== undefined && <Tasks deps={deps} />}
      <ul class="points">
        {points.map(([icon, key]) => (
          <li key={key}>
            <Icon name={icon} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
      <BottomBar>
        <Button kind="primary" onClick={training ? leavePractice : startPractice}>
          {t(training ? "train.leave" : "welcome.practise")}
        </Button>
      </BottomBar>
    </>
  );
};
