import { rotateKey, type RotateEntry } from "../../../usecases/rotate-key.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { SelectField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { Progress } from "../../components/progress.tsx";
import { useDeps, useStart } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { onForm } from "../staff/on-form.ts";
import { RecoveryField } from "./recovery-field.tsx";

const reasons = ["schedule", "suspect"] as const satisfies readonly RotateEntry["why"][];

const entryOf = (form: FormData): RotateEntry => ({
  why: reasons.find((one) => one === textIn(form, "why")) ?? "schedule",
  recoveryCode: textIn(form, "recovery"),
});

const useRotate = () => {
  const { setUp, reopen } = useStart();
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const submit = async (form: FormData): Promise<void> => {
    await run(async () => {
      const { newDeviceKey } = setUp;
      const done = await entitled.run((deps) =>
        rotateKey({ ...deps, newDeviceKey }, entryOf(form)),
      );
      if (!done.ok) return done.fault;
      reopen();
      return undefined;
    });
  };
  return { busy, fault, submit, sheet: entitled.sheet };
};

/** This device goes on under another key; the page is opened anew when it does. */
export const RotatePart = () => {
  const { training } = useDeps();
  const { busy, fault, submit, sheet } = useRotate();
  if (training) return undefined;
  return (
    <Fold title={t("devices.rotate.title")}>
      <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
        <p>{t("devices.rotate.lead")}</p>
        <p>{t("devices.rotate.after")}</p>
        <SelectField
          name="why"
          label={t("devices.rotate.why")}
          choices={reasons.map((value) => ({ value, label: t(`devices.rotate.why.${value}`) }))}
          value="schedule"
        />
        <RecoveryField />
        <FaultNote fault={fault.value} />
        {busy.value && <Progress label={t("devices.compare.making")} />}
        <Button kind="danger" type="submit" icon="refresh-cw" busy={busy.value}>
          {t("devices.rotate.submit")}
        </Button>
      </form>
      {sheet}
    </Fold>
  );
};
