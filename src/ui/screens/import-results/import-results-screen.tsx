import { useSignal } from "@preact/signals";

import { writeWords } from "../../../domain/statements/mapping.ts";
import type { ResultReview, ReviewedResult } from "../../../usecases/review-results.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { SelectField, Switch } from "../../components/field.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Progress } from "../../components/progress.tsx";
import { Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { profileName } from "../acquirers/acquirer-words.ts";
import { useProfiles } from "../acquirers/use-profiles.ts";
import { useArrivedFiles } from "../import-statement/use-files.tsx";
import { FileFaultBanner } from "./file-fault.tsx";
import { NameResultColumns } from "./name-result-columns.tsx";
import { NewResults, QuietRows } from "./result-lists.tsx";
import { useResults, type ResultsView } from "./use-results.ts";

type Jobs = ReturnType<typeof useResults>;

const WhosePortal = ({
  acquirer,
  onPick,
}: {
  readonly acquirer: string;
  readonly onPick: (id: string) => void;
}) => {
  const profiles = useProfiles();
  return profiles === undefined ? undefined : (
    <SelectField
      name="acquirer"
      label={t("recon.map.acquirer")}
      choices={profiles.map((one) => ({ value: one.id, label: profileName(one) }))}
      value={acquirer}
      onPick={onPick}
    />
  );
};

const isSure = ({ match }: ReviewedResult): boolean => match.by !== "order";

/** Rows by what becomes of them: news by number, news that a person confirms, and the rest. */
const partsOf = ({ results }: ResultReview) => {
  const news = results.filter(({ isNew }) => isNew);
  return {
    sure: news.filter(isSure),
    byOrder: news.filter((one) => !isSure(one)),
    quiet: results.filter(({ isNew }) => !isNew),
  };
};

const Reviewed = ({
  view: { source, choice, review },
  jobs,
  onColumns,
}: {
  readonly view: Extract<ResultsView, { state: "reviewed" }>;
  readonly jobs: Jobs;
  readonly onColumns: () => void;
}) => {
  const confirmed = useSignal(false);
  const { sure, byOrder, quiet } = partsOf(review);
  const count = sure.length + (confirmed.value ? byOrder.length : 0);
  return (
    <>
      <Banner tone="info" icon="table" title={t("export.result.review", { n: count })}>
        {t("export.result.review_text", { rows: review.file.rows.length })}
      </Banner>
      <WhosePortal
        acquirer={review.acquirer}
        onPick={(acquirer) => void jobs.review(source, { ...choice, acquirer })}
      />
      {review.unknown.length > 0 && (
        <Banner tone="warn" title={t("export.result.unknown", { n: review.unknown.length })}>
          {t("export.result.unknown_words", { words: writeWords(review.unknown) })}
        </Banner>
      )}
      <Button icon="pencil" onClick={onColumns}>
        {t("export.result.columns")}
      </Button>
      <NewResults title={t("export.result.sure", { n: sure.length })} results={sure} />
      {byOrder.length > 0 && (
        <Rows>
          <Switch
            name="orders"
            label={t("export.result.confirm_orders", { n: byOrder.length })}
            help={t("export.result.confirm_help")}
            on={confirmed.value}
            onToggle={(on) => {
              confirmed.value = on;
            }}
          />
        </Rows>
      )}
      <NewResults title={t("export.result.by_order", { n: byOrder.length })} results={byOrder} />
      <QuietRows quiet={quiet} unmatched={review.unmatched} problems={review.file.problems} />
      <BottomBar policy={t("export.result.rule")}>
        <FaultNote fault={jobs.fault.value} />
        <Button
          kind="primary"
          icon="check"
          busy={jobs.busy.value}
          onClick={() => void jobs.apply(confirmed.value)}
        >
          {t("export.result.apply", { n: count })}
        </Button>
      </BottomBar>
    </>
  );
};

const Choosing = ({
  view,
  jobs,
}: {
  readonly view: Extract<ResultsView, { state: "choosing" | "done" }>;
  readonly jobs: Jobs;
}) => (
  <>
    {view.state === "done" && (
      <Banner tone="info" icon="check" title={t("export.result.done", { n: view.moved })}>
        {t(view.moved === 0 ? "export.result.nothing_new" : "export.result.done_text")}
      </Banner>
    )}
    {view.state === "choosing" && view.refused === undefined && (
      <Empty icon="table" text={t("export.result.lead")}>
        <p class="u-small">{t("export.result.lead_text")}</p>
      </Empty>
    )}
    {view.state === "choosing" && view.refused !== undefined && (
      <FileFaultBanner fault={view.refused} />
    )}
    <BottomBar>
      <FaultNote fault={jobs.fault.value} />
      {view.state === "done" && (
        <ButtonLink href={linkTo("records")}>{t("action.done")}</ButtonLink>
      )}
      <FileButton
        kind="primary"
        icon="table"
        label={t("export.result.choose")}
        onFiles={(files) => void jobs.take(files)}
      />
    </BottomBar>
  </>
);

/** E12: a portal's answer moves the refunds it names, once a person has looked at what it says. */
export const ImportResultsScreen = () => {
  const jobs = useResults();
  const { view } = jobs;
  useArrivedFiles((files) => void jobs.take(files));
  const now = view.value;
  const reading = jobs.reading.value;
  return (
    <>
      <PageHeader title={t("export.result.title")} back={linkTo("export")} />
      {reading !== undefined && <Progress {...reading} onCancel={jobs.cancel} />}
      {reading === undefined && (now.state === "choosing" || now.state === "done") && (
        <Choosing view={now} jobs={jobs} />
      )}
      {now.state === "reviewed" && (
        <Reviewed
          key={`${now.review.acquirer} ${now.review.file.mapping.header}`}
          view={now}
          jobs={jobs}
          onColumns={() => {
            const { source, choice, review } = now;
            const { table, mapping } = review.file;
            const { unknown } = review;
            const named = { before: mapping, fault: undefined, unknown };
            view.value = { state: "naming", source, choice, table, ...named };
          }}
        />
      )}
      {now.state === "naming" && (
        <NameResultColumns
          table={now.table}
          before={now.before}
          fault={now.fault}
          unknown={now.unknown}
          onNamed={(mapping) => void jobs.review(now.source, { ...now.choice, mapping })}
          onCancel={() => {
            view.value = { state: "choosing" };
          }}
        />
      )}
      {jobs.asking}
    </>
  );
};
