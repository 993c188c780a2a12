import { useSignal } from "@preact/signals";

import {
  compareBackup,
  type BackupStanding,
  type CheckedBackup,
} from "../../../usecases/restore-backup.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { Fold } from "../../components/fold.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { BackupFacts } from "./backup-facts.tsx";
import { CheckForm } from "./check-form.tsx";

type Rehearsed = { readonly backup: CheckedBackup; readonly standing: BackupStanding };

const Verdict = ({ backup, standing }: Rehearsed) => {
  const format = useFormat();
  if (!standing.sameShop) return <Banner tone="warn" title={t("backup.rehearsed_other")} />;
  if (standing.different.length > 0)
    return (
      <Banner
        tone="danger"
        title={t("backup.rehearsed_different", { n: standing.different.length })}
      />
    );
  const title = t("backup.rehearsed", {
    chains: backup.chains,
    records: format.number(backup.records),
  });
  return (
    <Banner tone="arrived" icon="shield-check" title={title}>
      {standing.missingHere === 0
        ? t("backup.rehearsed_newer")
        : t("backup.rehearsed_older", { n: standing.missingHere })}
    </Banner>
  );
};

/** Proves that a backup can be opened and says the same as this device, without changing anything (R49). */
export const Rehearsal = () => {
  const deps = useDeps();
  const rehearsed = useSignal<Rehearsed | undefined>(undefined);
  const compare = async (backup: CheckedBackup): Promise<void> => {
    const standing = await compareBackup(deps, backup);
    if (!standing.ok) return;
    rehearsed.value = { backup, standing: standing.value };
    announce(t("backup.genuine"));
  };
  return (
    <Fold title={t("backup.rehearse")}>
      <p class="u-small">{t("backup.rehearse_text")}</p>
      <CheckForm onChecked={compare} />
      {rehearsed.value !== undefined && (
        <>
          <Verdict {...rehearsed.value} />
          <BackupFacts backup={rehearsed.value.backup} />
        </>
      )}
    </Fold>
  );
};
