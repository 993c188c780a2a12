import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";

const points = [
  ["store", "train.day"],
  ["ban", "train.apart"],
  ["scan-line", "train.sample"],
  ["hard-drive", "train.kept"],
] as const satisfies readonly (readonly [IconName, string])[];

/** P6: what practice is, and the way in or out. */
export const TrainScreen = () => {
  const { training } = useShell();
  const { startPractice, leavePractice } = useStart();
  return (
    <>
      <PageHeader title={t("train.title")} back={linkTo("more")} />
      <p>{t(training ? "train.inside" : "train.what")}</p>
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
