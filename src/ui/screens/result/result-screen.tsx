import { useSignal } from "@preact/signals";

import { instantFromMs, parseWallClock, type Calendar } from "../../../domain/instant.ts";
import type { EvidenceSource, MoneyResult } from "../../../domain/journal-event.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import type { ResultReport } from "../../../domain/refund/decide.ts";
import { resultsFrom, tellers, type MoneyState } from "../../../domain/refund/money-track.ts";
import { ok, type Result } from "../../../domain/result.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { recordResult } from "../../../usecases/record-result.ts";
import { AmountHead } from "../../components/amount.tsx";
import { announce } from "../../components/announce.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { CasePage } from "../refund/case-page.tsx";
import { useCaseFile } from "../refund/use-case-file.ts";

type Source = ResultReport["by"];

/** What a person can have looked at; rows and files come by importing them. */
const sources: readonly Source[] = ["portal", "slip", "support", "cust"];

const isSource = (source: EvidenceSource): source is Source =>
  sources.some((one) => one === source);

const sourcesOf = (result: MoneyResult | undefined): readonly Source[] =>
  result === undefined ? sources : tellers(result).filter(isSource);

/** Faults that belong beside the reference or the time. */
const ofReference: ReadonlySet<string> = new Set([
  "evidence_missing",
  "reference_characters",
  "payment_code",
]);

type Choice = { readonly result?: MoneyResult; readonly by?: Source };

/** What the form says; the evidence is judged where it is recorded. */
const reportOf = (
  data: FormData,
  { result, by }: { readonly result: MoneyResult; readonly by: Source },
  { zone }: Calendar,
): Result<ResultReport, KnownFault> => {
  const at = parseWallClock(textIn(data, "at").replace("T", " "), zone);
  if (!at.ok) return at;
  const reference = by === "cust" ? {} : { reference: textIn(data, "reference") };
  return ok({ result, by, at: at.value, ...reference });
};

const useReport = (file: CaseFile) => {
  const deps = useDeps();
  const choice = useSignal<Choice>({});
  const { busy, fault, run } = useJob();
  const pickResult = (result: MoneyResult): void => {
    const { by } = choice.peek();
    const kept = by !== undefined && sourcesOf(result).includes(by) ? { by } : {};
    choice.value = { result, ...kept };
  };
  const { caseId } = file.refundCase;
  const save = async (form: HTMLFormElement): Promise<void> => {
    const { result, by } = choice.peek();
    if (result === undefined || by === undefined) return;
    const done = await run(async () => {
      const report = reportOf(new FormData(form), { result, by }, deps.calendar);
      if (!report.ok) return report.fault;
      const saved = await recordResult(deps, caseId, report.value);
      return saved.ok ? undefined : saved.fault;
    });
    if (!done) return;
    announce(t("records.result.saved", { state: t(`state.${result}`) }));
    goBack(linkTo("refund", { id: caseId }));
  };
  return { choice, busy, fault, pickResult, save };
};

type Report = ReturnType<typeof useReport>;

const Chips = ({ report, state }: { readonly report: Report; readonly state: MoneyState }) => {
  const { choice, pickResult } = report;
  const { result, by } = choice.value;
  return (
    <>
      <ChipGroup
        legend={t("records.result.which")}
        name="result"
        choices={resultsFrom(state).map((value) => ({ value, label: t(`state.${value}`) }))}
        value={result}
        columns={2}
        required
        onPick={pickResult}
      />
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
          choice.value = { ...choice.peek(), by: picked };
        }}
      />
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

const ResultForm = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const report = useReport(file);
  const attempt = latestAttempt(file.refundCase);
  const { result } = report.choice.value;
  const fault = report.fault.value;
  const elsewhere =
    fault?.kind === "bad_time" || (fault !== undefined && ofReference.has(fault.kind));
  return (
    <form
      class="screen"
      onSubmit={(event) => {
        event.preventDefault();
        void report.save(event.currentTarget);
      }}
    >
      <AmountHead money={attempt.amount}>
        <StateBadge state={attempt.money} />
      </AmountHead>
      <Chips report={report} state={attempt.money} />
      <Proof report={report} />
      {result === "succeeded" && (
        <Banner tone="neutral" title={t("records.result.arrived_needs")} />
      )}
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
