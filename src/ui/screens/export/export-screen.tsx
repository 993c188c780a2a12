import { useSignal } from "@preact/signals";

import { Amount } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup, type Choice } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Switch } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { backupLimitDays } from "../../../domain/backup-due.ts";
import { readBackupDue } from "../../../usecases/read-backup-due.ts";
import type { BatchOptions, BatchTexts } from "../../../usecases/choose-batch.ts";
import { useProfiles } from "../acquirers/use-profiles.ts";
import { batchTexts } from "./batch-texts.ts";
import { BlockedList } from "./blocked-list.tsx";
import { ExportHistory, formatText } from "./export-history.tsx";
import { FileLookFold } from "./file-look.tsx";
import { PlanSwitch } from "./plan-switch.tsx";
import { findOffer, isForAcquirer, sumsOf, wasUploaded, type ExportState } from "./load-export.ts";
import {
  isLedger,
  useExport,
  type ExportPhase,
  type ExportTarget,
  type Way,
} from "./use-export.ts";
import { useExportState } from "./use-export-state.ts";

const offerText = (state: ExportState, target: ExportTarget, format: Format): string => {
  if (isLedger(target)) return t(`export.note.${target}`);
  const offer = findOffer(state, target);
  return offer === undefined
    ? ""
    : t("export.offer", {
        count: t("word.count", { n: offer.cases.length }),
        amount: format.money(offer.total),
      });
};

const choicesOf = (
  state: ExportState,
  targets: readonly ExportTarget[],
  words: { readonly format: Format; readonly profiles: ReturnType<typeof useProfiles> },
): readonly Choice<ExportTarget>[] =>
  targets.map((value) => ({
    value,
    label: isLedger(value) ? t(`export.format.${value}`) : formatText(value, words.profiles),
    note: offerText(state, value, words.format),
  }));

const idsOf = (offers: ExportState["preview"]["offers"]): readonly string[] =>
  offers.map((offer) => offer.format.id);

/** Asked for before the first export of a day when it is due, demanded after a week (R49, G6). */
const BackupFirst = () => {
  const deps = useDeps();
  const due = readyValue(
    useLive(
      () => undefined,
      () => readBackupDue(deps),
    ).value,
  );
  if (due === undefined || due.level === "fresh") return undefined;
  const { level, hours, refunds } = due;
  const title =
    level === "over"
      ? t("backup.over", { days: backupLimitDays })
      : t("backup.due", { hours, refunds });
  return (
    <Banner tone={level === "over" ? "danger" : "warn"} title={title}>
      <ButtonLink icon="archive-restore" href={linkTo("backup")}>
        {t("backup.make")}
      </ButtonLink>
    </Banner>
  );
};

const Waiting = ({ state }: { readonly state: ExportState }) => {
  const cases = [...state.waiting.values()].filter(isForAcquirer);
  const count = cases.length;
  if (count === 0) return <p class="export-none">{t("export.none")}</p>;
  return (
    <div class="export-waiting">
      <p class="u-small">{t("export.waiting", { n: count })}</p>
      {sumsOf(cases).map((sum) => (
        <Amount key={sum.currency} money={sum} size="large" />
      ))}
    </div>
  );
};

const Said = ({ phase }: { readonly phase: ExportPhase }) => {
  const format = useFormat();
  if (phase.kind === "not_exported")
    return (
      <Banner tone="warn" title={t("export.cancelled")}>
        {phase.because === "blocked" && t("export.blocked_by_system")}
      </Banner>
    );
  if (phase.kind !== "ledger_out" && phase.kind !== "ready") return undefined;
  const { from, to, file, handedOut } = phase.ledger;
  return (
    <Banner
      tone="info"
      title={phase.kind === "ready" ? t("export.ready") : t(`export.out.${phase.out}`)}
    >
      {t("export.package", {
        name: file.name,
        n: format.number(to - from + 1),
        tail: handedOut.hash.slice(-8),
      })}
    </Banner>
  );
};

/** What the button says will leave: refunds and their sum, or the package. */
const whatOf = (state: ExportState, target: ExportTarget, format: Format): string =>
  isLedger(target) ? t(`export.format.${target}`) : offerText(state, target, format);

/** Below this no bar is worth showing (screens.md §8). */
const fewRecords = 20;

/** Upload files first; the signed package when nothing waits. */
const firstTarget = (state: ExportState): ExportTarget =>
  state.preview.offers[0]?.format.id ?? "ledger_new";

/** The two ways out, with what is being made; a second tap when making it took longer than a tap lasts. */
const ExportBar = ({
  job,
  what,
  onSend,
}: {
  readonly job: ReturnType<typeof useExport>;
  readonly what: string;
  readonly onSend: (way: Way) => void;
}) => {
  const format = useFormat();
  const { online } = useShell();
  const phase = job.phase.value;
  const working = phase.kind === "working";
  return (
    <BottomBar policy={online ? undefined : t("export.offline")} policyIcon="cloud-off">
      <FaultNote fault={job.fault.value} />
      {working && phase.of !== undefined && phase.of > fewRecords && (
        <Progress
          label={t("export.working")}
          text={`${format.number(phase.done ?? 0)} / ${format.number(phase.of)}`}
          done={phase.done}
          of={phase.of}
          onCancel={job.cancel}
        />
      )}
      <Button icon="download" busy={working} onClick={() => onSend("save")}>
        {t("export.save")}
      </Button>
      <Button kind="primary" icon="share-2" busy={working} onClick={() => onSend("share")}>
        {phase.kind === "ready" ? t("export.share_ready") : t("export.share", { what })}
      </Button>
    </BottomBar>
  );
};

/** A file that nobody has seen accepted is tried with the smallest refund (upload-files.md §8). */
const TrialSwitch = ({ state, target, options, onOptions }: TargetProps) => {
  const offer = findOffer(state, target);
  if (offer?.unproven !== true || wasUploaded(state, target)) return undefined;
  return (
    <Rows>
      <Switch
        name="trial"
        label={t("export.trial")}
        help={t("export.trial.help")}
        on={options.trial === true}
        onToggle={(on) => onOptions(withTrial(options, on))}
      />
    </Rows>
  );
};

const withTrial = (options: BatchOptions, on: boolean): BatchOptions => {
  const { trial: _, ...rest } = options;
  return on ? { ...rest, trial: true } : rest;
};

type TargetProps = {
  readonly state: ExportState;
  readonly target: ExportTarget;
  readonly options: BatchOptions;
  readonly onOptions: (options: BatchOptions) => void;
};

const Targets = ({
  state,
  target,
  onPick,
}: Pick<TargetProps, "state" | "target"> & {
  readonly onPick: (target: ExportTarget) => void;
}) => {
  const words = { format: useFormat(), profiles: useProfiles() };
  const { offers, others } = state.preview;
  const ledgers: readonly ExportTarget[] = ["ledger_new", "ledger_all"];
  return (
    <>
      <ChipGroup
        legend={t("export.for_whom")}
        name="target"
        choices={choicesOf(state, [...idsOf(offers), ...ledgers], words)}
        value={target}
        columns={2}
        onPick={onPick}
      />
      {others.length > 0 && (
        <Fold title={t("export.others")}>
          <ChipGroup
            legend={t("export.others")}
            quiet
            name="other"
            choices={choicesOf(state, idsOf(others), words)}
            value={target}
            columns={2}
            onPick={onPick}
          />
          <p class="u-small">{t("export.others.help")}</p>
        </Fold>
      )}
    </>
  );
};

const ExportView = ({ state, options, onOptions }: Omit<TargetProps, "target">) => {
  const format = useFormat();
  const picked = useSignal<ExportTarget | undefined>(undefined);
  const job = useExport(options);
  const wanted = picked.value;
  const isOffered =
    wanted !== undefined && (isLedger(wanted) || findOffer(state, wanted) !== undefined);
  const target = isOffered ? wanted : firstTarget(state);
  const phase = job.phase.value;
  const send = (way: Way): void => {
    if (phase.kind === "ready") void job.handOutReady(phase.ledger, way);
    else void job.start(target, way);
  };
  return (
    <>
      <BackupFirst />
      <Waiting state={state} />
      {state.waiting.size > 0 && <PlanSwitch options={options} onOptions={onOptions} />}
      <Targets
        state={state}
        target={target}
        onPick={(value) => {
          picked.value = value;
          if (phase.kind !== "working") job.phase.value = { kind: "choosing" };
        }}
      />
      <TrialSwitch state={state} target={target} options={options} onOptions={onOptions} />
      {isLedger(target) ? (
        <ButtonLink icon="send" href={linkTo("send")}>
          {t("transfer.send.title")}
        </ButtonLink>
      ) : (
        <FileLookFold
          key={`${target} ${options.gradeD} ${options.trial} ${options.only?.size}`}
          target={target}
          options={options}
        />
      )}
      <Said phase={phase} />
      <BlockedList
        state={state}
        gradeD={options.gradeD}
        onGradeD={(gradeD) => onOptions({ ...options, gradeD })}
      />
      <ExportHistory {...state} />
      <ExportBar job={job} what={whatOf(state, target, format)} onSend={send} />
      {job.asking}
    </>
  );
};

const ExportPage = ({ texts }: { readonly texts: BatchTexts }) => {
  const options = useSignal<BatchOptions>({ texts, gradeD: false });
  const state = useExportState(options);
  if (state === undefined) return undefined;
  return (
    <ExportView
      state={state}
      options={options.value}
      onOptions={(wanted) => {
        options.value = wanted;
      }}
    />
  );
};

/** E1: what waits, for whom a file is made, what cannot leave and why, what left before. */
export const ExportScreen = () => {
  const chinese = useWords("zh-CN");
  return (
    <>
      <PageHeader title={t("export.title")} back={linkTo("records")} />
      {chinese !== undefined && <ExportPage texts={batchTexts(chinese)} />}
    </>
  );
};
