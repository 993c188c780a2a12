import { useSignal } from "@preact/signals";

import { Amount } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup, type Choice } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import type { BatchTexts } from "../../../usecases/export-batch.ts";
import { batchTexts } from "./batch-texts.ts";
import { BlockedList } from "./blocked-list.tsx";
import { ExportHistory, formatText } from "./export-history.tsx";
import { isForAcquirer, loadExport, sumsOf, type ExportState } from "./load-export.ts";
import { useExport, type ExportPhase, type ExportTarget, type Way } from "./use-export.ts";

const offerText = (state: ExportState, target: ExportTarget, format: Format): string => {
  const offer = state.preview.offers.find((one) => one.format === target);
  if (offer === undefined) return t(`export.note.${target as "ledger_new" | "ledger_all"}`);
  return t("export.offer", {
    count: t("word.count", { n: offer.cases.length }),
    amount: format.money(offer.total),
  });
};

const targetsOf = (state: ExportState, format: Format): readonly Choice<ExportTarget>[] => {
  const formats = state.preview.offers.map((offer) => offer.format);
  const targets: readonly ExportTarget[] = [...formats, "ledger_new", "ledger_all"];
  return targets.map((value) => ({
    value,
    label:
      value === "ledger_new" || value === "ledger_all"
        ? t(`export.format.${value}`)
        : formatText(value),
    note: offerText(state, value, format),
  }));
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
  target === "ledger_new" || target === "ledger_all"
    ? t(`export.format.${target}`)
    : offerText(state, target, format);

/** Below this no bar is worth showing (screens.md §8). */
const fewRecords = 20;

/** Upload files first; the signed package when nothing waits. */
const firstTarget = (state: ExportState): ExportTarget =>
  state.preview.offers[0]?.format ?? "ledger_new";

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

const ExportView = ({
  state,
  texts,
  gradeD,
  onGradeD,
}: {
  readonly state: ExportState;
  readonly texts: BatchTexts;
  readonly gradeD: boolean;
  readonly onGradeD: (on: boolean) => void;
}) => {
  const format = useFormat();
  const picked = useSignal<ExportTarget | undefined>(undefined);
  const job = useExport(texts);
  const targets = targetsOf(state, format);
  const target = targets.find(({ value }) => value === picked.value)?.value ?? firstTarget(state);
  const phase = job.phase.value;
  const working = phase.kind === "working";
  const send = (way: Way): void => {
    if (phase.kind === "ready") void job.handOutReady(phase.ledger, way);
    else void job.start(target, { way, gradeD });
  };
  return (
    <>
      <Waiting state={state} />
      <ChipGroup
        legend={t("export.for_whom")}
        name="target"
        choices={targets}
        value={target}
        columns={2}
        onPick={(value) => {
          picked.value = value;
          if (!working) job.phase.value = { kind: "choosing" };
        }}
      />
      {(target === "ledger_new" || target === "ledger_all") && (
        <ButtonLink icon="send" href={linkTo("send")}>
          {t("transfer.send.title")}
        </ButtonLink>
      )}
      <Said phase={phase} />
      <BlockedList state={state} gradeD={gradeD} onGradeD={onGradeD} />
      <ExportHistory {...state} />
      <ExportBar job={job} what={whatOf(state, target, format)} onSend={send} />
      {job.asking}
    </>
  );
};

const ExportPage = ({ texts }: { readonly texts: BatchTexts }) => {
  const deps = useDeps();
  const gradeD = useSignal(false);
  const live = useLive(
    () => gradeD.value,
    (allowed) => loadExport(deps, { texts, gradeD: allowed }),
  );
  const state = readyValue(live.value);
  if (state === undefined) return undefined;
  return (
    <ExportView
      state={state}
      texts={texts}
      gradeD={gradeD.value}
      onGradeD={(on) => {
        gradeD.value = on;
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
