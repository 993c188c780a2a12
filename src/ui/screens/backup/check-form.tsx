import { useSignal } from "@preact/signals";

import {
  checkBackup,
  type CheckedBackup,
  type CheckJob,
} from "../../../usecases/restore-backup.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useStart } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { RecoveryField } from "../devices/recovery-field.tsx";

type Checked = (backup: CheckedBackup, recoveryCode: string) => Promise<void> | void;

const useCheck = (onChecked: Checked) => {
  const { setUp } = useStart();
  const { backups } = useAbilities();
  const job = useJob();
  const file = useSignal<File | undefined>(undefined);
  const stop = useSignal<AbortController | undefined>(undefined);
  const progress = useSignal<readonly [done: number, of: number] | undefined>(undefined);
  const check = (form: HTMLFormElement): Promise<boolean> =>
    job.run(async () => {
      const picked = file.peek();
      if (picked === undefined) return { kind: "backup_not_ours" };
      const recoveryCode = textIn(new FormData(form), "recovery");
      stop.value = new AbortController();
      const { signal } = stop.value;
      const onProgress: CheckJob["onProgress"] = (done, of) => {
        if (done % 50 === 0) progress.value = [done, of];
      };
      const opened = { file: picked, recoveryCode };
      const checked = await checkBackup(setUp, backups, opened, { onProgress, signal });
      stop.value = undefined;
      progress.value = undefined;
      if (!checked.ok) return checked.fault.kind === "cancelled" ? undefined : checked.fault;
      await onChecked(checked.value, recoveryCode);
      return undefined;
    });
  return { job, file, stop, progress, check };
};

/** Picks a backup, asks for its code and checks everything in it; nothing is stored. */
export const CheckForm = ({ onChecked }: { readonly onChecked: Checked }) => {
  const format = useFormat();
  const { job, file, stop, progress, check } = useCheck(onChecked);
  const busy = job.busy.value;
  return (
    <form
      class="u-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void check(event.currentTarget);
      }}
    >
      <FileButton
        icon="file-up"
        label={file.value?.name ?? t("backup.rehearse_file")}
        disabled={busy}
        onFiles={([picked]) => (file.value = picked)}
      />
      <RecoveryField />
      {busy && (
        <Progress
          label={
            progress.value === undefined
              ? t("backup.opening")
              : t("backup.checking", {
                  done: format.number(progress.value[0]),
                  of: format.number(progress.value[1]),
                })
          }
          done={progress.value?.[0]}
          of={progress.value?.[1]}
          onCancel={() => stop.peek()?.abort()}
        />
      )}
      <FaultNote fault={job.fault.value} />
      {file.value !== undefined && (
        <Button type="submit" icon="shield-check" busy={busy}>
          {t("backup.restore_check")}
        </Button>
      )}
    </form>
  );
};
