import { useLayoutEffect } from "preact/hooks";

import type { BatchOptions } from "../../../usecases/choose-batch.ts";
import { plannedNow, readFloatPlans } from "../../../usecases/read-float-plans.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Switch } from "../../components/field.tsx";
import { Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { route } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";

/** Everything, or only what the submission plan says can go now; the plan itself is one tap away (E5). */
export const PlanSwitch = ({
  options,
  onOptions,
}: {
  readonly options: BatchOptions;
  readonly onOptions: (options: BatchOptions) => void;
}) => {
  const deps = useDeps();
  const { now } = useShell();
  const { value } = route;
  const planned = value.name === "export" && value.args.plan === "1";
  const toggle = async (on: boolean): Promise<void> => {
    const { only: _, ...rest } = options;
    if (!on) return onOptions(rest);
    onOptions({ ...rest, only: plannedNow(await readFloatPlans(deps, now())) });
  };
  useLayoutEffect(() => {
    if (planned) void toggle(true);
  }, [planned]);
  return (
    <>
      <Rows>
        <Switch
          name="plan"
          label={t("plan.only")}
          on={options.only !== undefined}
          onToggle={(on) => void toggle(on)}
        />
      </Rows>
      <ButtonLink icon="clock" href={linkTo("plan")}>
        {t("plan.title")}
      </ButtonLink>
    </>
  );
};
