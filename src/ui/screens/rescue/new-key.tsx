import { replaceLostKey } from "../../../usecases/rotate-key.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useStart } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { RecoveryField } from "../devices/recovery-field.tsx";

/** The records are whole and the browser lost the key (F70): with the recovery code this device goes on under a new one. */
export const NewKey = () => {
  const { setUp, reopen } = useStart();
  const { busy, fault, run } = useJob();
  const replace = async (form: HTMLFormElement): Promise<void> => {
    const recoveryCode = textIn(new FormData(form), "recovery");
    const done = await run(async () => {
      const replaced = await replaceLostKey(setUp, recoveryCode);
      return replaced.ok ? undefined : replaced.fault;
    });
    if (done) reopen();
  };
  return (
    <form
      class="u-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void replace(event.currentTarget);
      }}
    >
      <h2>{t("backup.key_title")}</h2>
      <p class="u-small">{t("backup.key_text")}</p>
      <p class="u-small">{t("backup.before_2")}</p>
      <RecoveryField />
      <FaultNote fault={fault.value} />
      <Button type="submit" busy={busy.value}>
        {t("backup.key_make")}
      </Button>
    </form>
  );
};
