import { useSignal } from "@preact/signals";

import { plannedNow, readFloatPlans } from "../../../usecases/read-float-plans.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { useMinute } from "../../minute.ts";
import { linkTo } from "../../routes.ts";
import { PlanPart } from "./plan-part.tsx";

/** E5: what to hand in now, what to top up, what ends when, and which refund would fail first; advice only (X13). */
export const PlanScreen = () => {
  const deps = useDeps();
  const moment = useMinute();
  const noted = useSignal(0);
  const read = readyValue(
    useLive(
      () => [moment.value, noted.value] as const,
      ([at]) => readFloatPlans(deps, at),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("plan.title")} back={linkTo("export")} />
      <p class="u-small">{t("plan.lead")}</p>
      {read?.plans.map((plan) => (
        <PlanPart
          key={`${plan.acquirer} ${plan.currency}`}
          plan={plan}
          onNoted={() => (noted.value += 1)}
        />
      ))}
      {read?.plans.length === 0 && <Empty icon="check" text={t("plan.empty")} />}
      {read !== undefined && read.held > 0 && (
        <p class="u-small">{t("plan.held", { n: read.held })}</p>
      )}
      {read !== undefined && plannedNow(read).size > 0 && (
        <BottomBar>
          <ButtonLink kind="primary" icon="file-up" href={linkTo("export", { plan: "1" })}>
            {t("plan.choose")}
          </ButtonLink>
        </BottomBar>
      )}
    </>
  );
};
