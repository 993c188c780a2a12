import { useSignal } from "@preact/signals";

import { adviceFor } from "../../../domain/acquirers/advice.ts";
import { instantFromMs, parseWallClock, type Calendar } from "../../../domain/instant.ts";
import type { EvidenceFile, MoneyResult } from "../../../domain/journal-event.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import type { ResultReport } from "../../../domain/refund/decide-result.ts";
import { resultsFrom, type MoneyState } from "../../../domain/refund/money-track.ts";
import { ok, type Result } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { recordResult } from "../../../usecases/record-result.ts";
import { AmountHead } from "../../components/amount.tsx";
import { announce } from "../../components/announce.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote, FaultSentence, useFaultText } from "../../components/fault-note.tsx";
import { NoteField, TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { FilesRow } from "../evidence/files-row.tsx";
import { AnswerAdvice } from "../refund/answer-advice.tsx";
import { CasePage } from "../refund/case-page.tsx";
import { useCaseFile } from "../refund/use-case-file.ts";
import { sources, sourcesOf, type Source } from "./sources.ts";

/** Faults that belong beside the reference or the time. */
const ofReference: ReadonlySet<string> = new Set([
  "evidence_missing",
  "reference_characters",
  "payment_code",
]);

type Choice = {
  readonly result?: MoneyResult;
  readonly by?: Source;
  /** Which attempt it is about, where there are several. */
  readonly attempt?: number;
};

type Told = {
  readonly result: MoneyResult;
  readonly by: Source;
  readonly attempt: number | undefined;
  readonly evidence: readonly EvidenceFile[];
};

/** What the form says; the evidence is judged where it is recorded. */
const reportOf = (
  data: FormData,
  { result, by, attempt, evidence }: Told,
  { zone }: Calendar,
): Result<ResultReport, KnownFault> => {
  const at = parseWallClock(textIn(data, "at").replace("T", " "), zone);
  if (!at.ok) return at;
  const reference = by === "cust" ? {} : { reference: textIn(data, "reference") };
  const answer = textIn(data, "answer");
  return ok({
    result,
    by,
    at: at.value,
    evidence,
    ...reference,
    ...(answer.trim() === "" ? {} : { answer }),
    ...(attempt === undefined ? {} : { attempt }),
  });
};

const useReport = (file: CaseFile) => {
  const deps = useDeps();
  const choice = useSignal<Choice>({});
  const files = useSignal<readonly EvidenceFile[]>([]);
  const answer = useSignal("");
  const entitled = useEntitled();
  const { busy, fault, run } = useJob();
  const missing = useSignal<"result" | "by" | undefined>(undefined);
  const pickResult = (result: MoneyResult): void => {
    missing.value = undefined;
    const { by, ...rest } = choice.peek();
    const kept = by !== undefined && sourcesOf(result).includes(by) ? { by } : {};
    choice.value = { ...rest, result, ...kept };
  };
  const { caseId } = file.refundCase;
  const save = async (form: HTMLFormElement): Promise<void> => {
    const { result, by, attempt } = choice.peek();
    missing.value = result === undefined ? "result" : missingSource(by);
    if (result === undefined || by === undefined) return;
    const data = new FormData(form);
    const done = await run(async () => {
      const told = { result, by, attempt, evidence: files.peek() };
      const report = reportOf(data, told, deps.calendar);
      if (!report.ok) return report.fault;
      const note = textIn(data, "note");
      const saved = await entitled.run((acting) =>
        recordResult(acting, caseId, report.value, note),
      );
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("records.result.saved", { state: t(`state.${result}`) }));
    goBack(linkTo("refund", { id: caseId }));
  };
  return { choice, files, answer, busy, fault, missing, pickResult, save, asking: entitled.sheet };
};

const missingSource = (by: Source | undefined): "by" | undefined =>
  by === undefined ? "by" : undefined;

type Report = ReturnType<typeof useReport>;

const Chips = ({ report, state }: { readonly report: Report; readonly state: MoneyState }) => {
  const { choice, missing, pickResult } = report;
  const { result, by } = choice.value;
  const saidOf = (group: "result" | "by"): string | undefined =>
    missing.value === group ? t(`records.result.missing.${group}`) : undefined;
  return (
    <>
      <div class="u-tight">
        <ChipGroup
          legend={t("records.result.which")}
          name="result"
          choices={resultsFrom(state).map((value) => ({ value, label: t(`state.${value}`) }))}
          value={result}
          columns={2}
          required
          onPick={pickResult}
        />
        <FaultSentence sentence={saidOf("result")} />
      </div>
      <div class="u-tight">
        <ChipGroup
          legend={t("records.result.source")}
          name="by"
          choices={sources.map((value) => ({
            value,
            label: t(`records.by.${value}`),
            disabled: !sourcesOf(result).includes(value),
          }))}
          value={by}
          columns={2}
          required
          onPick={(picked) => {
            missing.value = undefined;
            choice.value = { ...choice.peek(), by: picked };
          }}
        />
        <FaultSentence sentence={saidOf("by")} />
      </div>
    </>
  );
};

const Proof = ({ report }: { readonly report: Report }) => {
  const deps = useDeps();
  const format = useFormat();
  const faultText = useFaultText();
  const { by } = report.choice.value;
  const fault = report.fault.value;
  const sentence = fault === undefined ? undefined : faultText(fault);
  return (
    <>
      {by !== undefined && by !== "cust" && (
        <TextField
          name="reference"
          look="mono"
          label={t(`records.result.reference.${by}`)}
          help={t("records.result.reference_help")}
          fault={fault !== undefined && ofReference.has(fault.kind) ? sentence : undefined}
          maxLength={64}
          required
        />
      )}
      <TextField
        name="at"
        type="datetime-local"
        label={t("records.result.at")}
        fault={fault?.kind === "bad_time" ? sentence : undefined}
        defaultValue={format.fullTime(instantFromMs(deps.now())).replace(" ", "T")}
        required
      />
    </>
  );
};

/** An earlier request can still be answered, even after a new one was opened (X7). */
const WhichAttempt = ({ file, report }: { file: CaseFile; report: Report }) => {
  const { attempts } = file.refundCase;
  if (attempts.length < 2) return undefined;
  const numbers = attempts.map(({ number }) => String(number));
  return (
    <ChipGroup
      legend={t("workflow.result.attempt")}
      name="attempt"
      columns={2}
      choices={attempts.map((attempt) => ({
        value: String(attempt.number),
        label: t("records.history.attempt", { n: attempt.number }),
        note: t("word.tail", { tail: attempt.refundNo.slice(-4) }),
      }))}
      value={String(report.choice.value.attempt ?? attempts.length)}
      onPick={(picked) => {
        const { by } = report.choice.peek();
        const attempt = numbers.indexOf(picked) + 1;
        report.choice.value = { attempt, ...(by === undefined ? {} : { by }) };
      }}
    />
  );
};

const untroubled: ReadonlySet<MoneyResult> = new Set(["processing", "succeeded"]);

/** The acquirer's own words, and what they mean (X18); more evidence and a note. */
const AnswerPart = ({ file, report }: { file: CaseFile; report: Report }) => {
  const { result } = report.choice.value;
  const { answer, files } = report;
  const told = answer.value.trim();
  return (
    <>
      {result !== undefined && !untroubled.has(result) && (
        <TextField
          name="answer"
          label={t("workflow.result.answer")}
          help={t("workflow.result.answer_help")}
          maxLength={200}
          optional
          onInput={(event) => {
            answer.value = event.currentTarget.value;
          }}
        />
      )}
      {told !== "" && <AnswerAdvice advice={adviceFor(file.profile, told)} />}
      <FilesRow files={files} />
      <NoteField name="note" label={t("refund.note")} maxLength={500} optional />
    </>
  );
};

const played = ["abnormal", "unknown", "needs_action"] as const;

/** What has to be done first where the acquirer asks for it, step by step (D8). */
const Playbook = ({ result }: { readonly result: MoneyResult | undefined }) => {
  const book = played.find((one) => one === result);
  return book === undefined ? undefined : (
    <Banner tone="warn" title={t(`workflow.playbook.${book}`)}>
      {t(`workflow.playbook_more.${book}`)}
    </Banner>
  );
};

const ResultForm = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const report = useReport(file);
  const { result, attempt: picked } = report.choice.value;
  const attempt =
    file.refundCase.attempts.find(({ number }) => number === picked) ??
    latestAttempt(file.refundCase);
  const fault = report.fault.value;
  const elsewhere =
    fault?.kind === "bad_time" || (fault !== undefined && ofReference.has(fault.kind));
  return (
    <>
      <form
        class="screen"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void report.save(event.currentTarget);
        }}
      >
        <AmountHead money={attempt.amount}>
          <StateBadge state={attempt.money} />
        </AmountHead>
        <WhichAttempt file={file} report={report} />
        <Chips report={report} state={attempt.money} />
        <Proof report={report} />
        <AnswerPart file={file} report={report} />
        <Playbook result={result} />
        {result === "succeeded" && (
          <Banner tone="neutral" title={t("records.result.arrived_needs")} />
        )}
        <ButtonLink icon="table" href={linkTo("import_results")}>
          {t("export.result.title")}
        </ButtonLink>
        <BottomBar>
          <FaultNote fault={elsewhere ? undefined : fault} />
          <Button kind="primary" type="submit" busy={report.busy.value}>
            {result === undefined
              ? t("records.result.save")
              : t("records.result.save_state", {
                  state: t(`state.${result}`),
                  amount: format.money(attempt.amount),
                })}
          </Button>
        </BottomBar>
      </form>
      {report.asking}
    </>
  );
};

/** D8: what the platform or the customer said, with the evidence for it. */
export const ResultScreen = ({ route }: { readonly route: RouteOf<"result"> }) => {
  const { id } = route.args;
  const live = useCaseFile(id);
  return (
    <>
      <PageHeader title={t("action.mark_result")} back={linkTo("refund", { id })} />
      <CasePage live={live}>{(file) => <ResultForm file={file} />}</CasePage>
    </>
  );
};
