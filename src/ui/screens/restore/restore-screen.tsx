import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { restoreBackup, type CheckedBackup } from "../../../usecases/restore-backup.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useStart } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { BackupFacts } from "../backup/backup-facts.tsx";
import { CheckForm } from "../backup/check-form.tsx";

type Ready = { readonly backup: CheckedBackup; readonly recoveryCode: string };

const cautions = ["backup.before_1", "backup.before_2", "backup.before_3"] as const;

/** What is in it and what to know before; the last tap writes. */
const Confirm = ({ backup, recoveryCode }: Ready) => {
  const { setUp, reopen } = useStart();
  const { busy, fault, run } = useJob();
  const restore = async (): Promise<void> => {
    const done = await run(async () => {
      const restored = await restoreBackup(setUp, backup, recoveryCode);
      return restored.ok ? undefined : restored.fault;
    });
    if (done) reopen();
  };
  return (
    <>
      <Banner tone="arrived" icon="shield-check" title={t("backup.genuine")} />
      <BackupFacts backup={backup} />
      <h2>{t("backup.before")}</h2>
      <ul class="u-stack">
        {cautions.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      {busy.value && <Progress label={t("backup.restoring")} />}
      <FaultNote fault={fault.value} />
      <BottomBar>
        <Button kind="primary" busy={busy.value} onClick={() => void restore()}>
          {t("backup.restore_now")}
        </Button>
      </BottomBar>
    </>
  );
};

/** S0b: a backup on a device where nothing was recorded yet. */
export const RestoreScreen = () => {
  const { markDraftOpen } = useAbilities();
  const ready = useSignal<Ready | undefined>(undefined);
  useLayoutEffect(() => markDraftOpen(), []);
  return (
    <div class="screen u-stack">
      <PageHeader title={t("backup.restore")} back={linkTo("welcome")} />
      {ready.value === undefined ? (
        <>
          <p>{t("backup.restore_text")}</p>
          <CheckForm
            onChecked={(backup, recoveryCode) => {
              ready.value = { backup, recoveryCode };
              announce(t("backup.genuine"));
              scrollTo(0, 0);
            }}
          />
        </>
      ) : (
        <Confirm {...ready.value} />
      )}
    </div>
  );
};
