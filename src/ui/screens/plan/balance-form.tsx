import { writeAmount } from "../../../domain/money.ts";
import { noteBalance } from "../../../usecases/note-balance.ts";
import type { AcquirerPlan } from "../../../usecases/read-float-plans.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** What a person reads off the portal; a note of this device, no record. */
export const BalanceForm = ({
  plan: { acquirer, noted },
  onNoted,
}: {
  readonly plan: AcquirerPlan;
  readonly onNoted: () => void;
}) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const faultText = useFaultText();
  const save = async (form: HTMLFormElement): Promise<void> => {
    const typed = textIn(new FormData(form), "balance");
    const kept = await run(async () => {
      const done = await entitled.run((deps) => noteBalance(deps, acquirer, typed));
      return done.ok ? undefined : done.fault;
    });
    if (!kept) return;
    announce(t("action.saved"));
    onNoted();
  };
  return (
    <>
      <form
        class="u-tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <TextField
          name="balance"
          label={t("plan.balance")}
          help={t("plan.balance_help")}
          fault={fault.value && faultText(fault.value)}
          look="figure"
          inputMode="decimal"
          maxLength={16}
          defaultValue={noted === undefined ? "" : writeAmount(noted.amount)}
        />
        <Button type="submit" icon="check" busy={busy.value}>
          {t("action.save")}
        </Button>
      </form>
      {entitled.sheet}
    </>
  );
};
