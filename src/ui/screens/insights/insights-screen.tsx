import { useSignal } from "@preact/signals";

import type { InsightRange } from "../../../domain/insight-days.ts";
import type { Satisfaction } from "../../../domain/satisfaction.ts";
import {
  lastDays,
  readInsightReport,
  type InsightReport,
} from "../../../usecases/read-insights.ts";
import { Empty } from "../../components/empty.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { reasonText } from "../refund/case-words.ts";
import { DayChart } from "./day-chart.tsx";
import { FeedbackList } from "./feedback-list.tsx";
import { OutPart } from "./out-part.tsx";
import { RangePart, usualDays } from "./range-part.tsx";
import { Ranking } from "./ranking.tsx";
import { rankingsOf, shareOf } from "./rankings.ts";
import { RiskPart } from "./risk-part.tsx";
import { Tiles } from "./tiles.tsx";
import { WeekTable } from "./week-table.tsx";

/** The finding in one sentence; the tables below show where it comes from. */
const Finding = ({ report }: { readonly report: InsightReport }) => {
  const format = useFormat();
  const [first] = report.reasons;
  if (first === undefined) return undefined;
  return (
    <h2>
      {t("insights.finding", {
        n: report.count,
        amount: format.money(report.sum),
        reason: reasonText(first.key),
        share: format.percent(shareOf(first.sum, report.sum)),
      })}
    </h2>
  );
};

/** How satisfied customers were by what the refunds were for, the worst first (R28). */
const ByReason = ({ satisfaction }: { readonly satisfaction: readonly Satisfaction[] }) => {
  const format = useFormat();
  if (satisfaction.length === 0) return undefined;
  return (
    <section class="u-tight">
      <h2>{t("insights.satisfaction")}</h2>
      <Card>
        <KeyValues
          pairs={satisfaction.map(({ key, count, mean }) => [
            reasonText(key),
            t("insights.mean", { mean: format.number(Math.round(mean * 10) / 10), n: count }),
          ])}
        />
      </Card>
    </section>
  );
};

const Report = ({
  report,
  range,
}: {
  readonly report: InsightReport;
  readonly range: InsightRange;
}) => {
  const format = useFormat();
  if (report.count === 0 && report.otherCurrency === 0)
    return <Empty icon="chart-column" text={t("insights.none")} />;
  return (
    <>
      <div class="u-stack" data-paper>
        <Finding report={report} />
        <p class="u-small">{t("insights.basis", { days: range.join(" – ") })}</p>
        {report.ownOnly && <p class="u-small">{t("insights.own_only")}</p>}
        <Tiles report={report} />
        {report.days.length > 1 && <DayChart key={range.join()} days={report.days} range={range} />}
        {rankingsOf(report, format).map((table) => (
          <Ranking key={table.title} table={table} whole={report.sum} />
        ))}
        <FeedbackList feedback={report.feedback} />
        <ByReason satisfaction={report.satisfaction} />
        <WeekTable hours={report.hours} />
        <RiskPart key={`risks ${range.join()}`} range={range} />
      </div>
      <OutPart report={report} range={range} />
    </>
  );
};

/** T4: what the refunds of some days say, every sum re-added from the journal (R53). */
export const InsightsScreen = () => {
  const deps = useDeps();
  const range = useSignal(lastDays(deps, usualDays));
  const read = readyValue(
    useLive(
      () => range.value,
      async (days) => ({ days, report: await readInsightReport(deps, days) }),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("insights.title")} />
      <RangePart onPick={(picked) => (range.value = picked)} />
      {read?.report.ok === true && <Report report={read.report.value} range={read.days} />}
    </>
  );
};
