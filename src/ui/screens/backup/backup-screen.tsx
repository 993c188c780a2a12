import { useSignal } from "@preact/signals";

import { backupLimitDays } from "../../../domain/backup-due.ts";
import { instantFromMs } from "../../../domain/instant.ts";
import {
  backupHandedOut,
  hasBackupKey,
  makeBackup,
  prepareBackups,
  type Backup,
} from "../../../usecases/make-backup.ts";
import type { Delivery } from "../../../usecases/deps.ts";
import { readBackupDue } from "../../../usecases/read-backup-due.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { RecoveryField } from "../devices/recovery-field.tsx";
import { useSizeText } from "./size-text.ts";
import { Rehearsal } from "./rehearsal.tsx";

type Standing = Awaited<ReturnType<typeof readBackupDue>> & { readonly hasKey: boolean };

const useStanding = (): Standing | undefined => {
  const deps = useDeps();
  const live = useLive(
    () => undefined,
    async () => ({ ...(await readBackupDue(deps)), hasKey: await hasBackupKey(deps) }),
  );
  return readyValue(live.value);
};

const Facts = ({ standing: { note, refunds, records, level, hours } }: { standing: Standing }) => {
  const format = useFormat();
  const size = useSizeText();
  return (
    <>
      {level === "over" && (
        <Banner tone="danger" title={t("backup.over", { days: backupLimitDays })} />
      )}
      {level === "due" && <Banner tone="warn" title={t("backup.due", { hours, refunds })} />}
      <Card>
        <KeyValues
          pairs={[
            [
              t("backup.last"),
              note === undefined ? t("backup.none") : format.fullTime(instantFromMs(note.at)),
            ],
            ...(note === undefined
              ? []
              : [
                  [
                    t("backup.contents"),
                    t("backup.contents_of", {
                      records: format.number(note.records),
                      size: size(note.bytes),
                    }),
                  ] as const,
                ]),
            [t("backup.since"), t("backup.since_of", { refunds, records })],
          ]}
        />
      </Card>
      <p class="u-small">{t("backup.what")}</p>
    </>
  );
};

/** The code is asked for once; a wrong one would make backups that nobody can open. */
const CodeForm = () => {
  const deps = useDeps();
  const { backups } = useAbilities();
  const { busy, fault, run } = useJob();
  const save = (form: HTMLFormElement): Promise<boolean> =>
    run(async () => {
      const saved = await prepareBackups(deps, backups, textIn(new FormData(form), "recovery"));
      return saved.ok ? undefined : saved.fault;
    });
  return (
    <form
      class="u-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget);
      }}
    >
      <h2>{t("backup.code_title")}</h2>
      <p class="u-small">{t("backup.code_text")}</p>
      <RecoveryField />
      <FaultNote fault={fault.value} />
      <Button kind="primary" type="submit" busy={busy.value}>
        {t("backup.code_save")}
      </Button>
    </form>
  );
};

/** What was written waits for a tap of its own: a share sheet opens only right after one. */
const useMaking = () => {
  const deps = useDeps();
  const { backups, deliver, keepInFolder } = useAbilities();
  const job = useJob();
  const lines = useSignal(0);
  const stop = useSignal<AbortController | undefined>(undefined);
  const made = useSignal<Backup | undefined>(undefined);
  const refused = useSignal(false);
  const make = (): Promise<boolean> =>
    job.run(async () => {
      lines.value = 0;
      stop.value = new AbortController();
      const { signal } = stop.value;
      const onProgress = (count: number): void => void (lines.value = count);
      const backup = await makeBackup(deps, backups, { onProgress, signal });
      stop.value = undefined;
      if (!backup.ok) return backup.fault.kind === "cancelled" ? undefined : backup.fault;
      made.value = backup.value;
      return undefined;
    });
  const handOut = async (backup: Backup, out: Promise<Delivery>): Promise<void> => {
    const delivery = await out;
    refused.value = delivery === "cancelled" || delivery === "blocked";
    if (refused.value) return;
    await backupHandedOut(deps, backup);
    made.value = undefined;
    announce(t("backup.out"));
  };
  const send = (backup: Backup): Promise<void> =>
    handOut(backup, deliver(backup.file, t("backup.title")));
  const keep =
    keepInFolder && ((backup: Backup): Promise<void> => handOut(backup, keepInFolder(backup.file)));
  return { job, lines, stop, made, refused, make, send, keep };
};

const Making = () => {
  const format = useFormat();
  const size = useSizeText();
  const { job, lines, stop, made, refused, make, send, keep } = useMaking();
  const backup = made.value;
  return (
    <>
      {job.busy.value && (
        <Progress
          label={t("backup.making")}
          text={format.number(lines.value)}
          onCancel={() => stop.peek()?.abort()}
        />
      )}
      {backup !== undefined && (
        <Banner
          tone="info"
          title={t("backup.made", {
            records: format.number(backup.note.records),
            size: size(backup.note.bytes),
          })}
        />
      )}
      {backup !== undefined && keep !== undefined && (
        <Button icon="hard-drive" onClick={() => void keep(backup)}>
          {t("backup.folder")}
        </Button>
      )}
      {refused.value && <FaultLine>{t("backup.not_out")}</FaultLine>}
      <FaultNote fault={job.fault.value} />
      <BottomBar>
        {backup === undefined ? (
          <Button
            kind="primary"
            icon="shield-check"
            busy={job.busy.value}
            onClick={() => void make()}
          >
            {t("backup.make")}
          </Button>
        ) : (
          <Button kind="primary" icon="share-2" onClick={() => void send(backup)}>
            {t("backup.hand_out")}
          </Button>
        )}
      </BottomBar>
    </>
  );
};

const Real = () => {
  const standing = useStanding();
  return (
    <>
      {standing !== undefined && <Facts standing={standing} />}
      {standing?.hasKey === false && <CodeForm />}
      <Rehearsal />
      <p class="u-small">{t("backup.erased")}</p>
      {standing?.hasKey === true && <Making />}
    </>
  );
};

/** E3: how old the last backup is, a new one in two taps, and the proof that one can be restored. */
export const BackupScreen = () => (
  <>
    <PageHeader title={t("backup.title")} back={linkTo("more")} />
    {useDeps().training ? <Banner tone="info" title={t("backup.practice")} /> : <Real />}
  </>
);
