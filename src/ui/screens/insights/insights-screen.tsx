import { useSignal } from "@preact/signals";

import { findChannel } from "../../../domain/channels.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { StaffId } from "../../../domain/ids.ts";
import { writeInsightsCsv } from "../../../domain/insights-csv.ts";
import type { Ranked } from "../../../domain/insights.ts";
import { fileName } from "../../../usecases/file-name.ts";
import { readInsightReport, type InsightReport } from "../../../usecases/read-insights.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { nameOf, reasonText } from "../refund/case-words.ts";
import { FeedbackList } from "./feedback-list.tsx";
import { Ranking, type Named } from "./ranking.tsx";
import { WeekTable } from "./week-table.tsx";

const ranges = ["1", "7", "30", "90"] as const;

type Range = (typeof ranges)[number];

const named = (rows: readonly Ranked[], name: (key: string) => string): readonly Named[] =>
  rows.map((row) => ({ ...row, name: name(row.key) }));

const channelName = (key: string): string => t(`channel.${findChannel(key) ?? "other"}`);

const itemName = (key: string): string =>
  key === "" ? t("insights.item_none") : visibleText(key).text;

/** The four rankings of a report, with the words for what they rank. */
const rankingsOf = (report: InsightReport) => [
  { title: t("insights.reasons"), rows: named(report.reasons, reasonText) },
  { title: t("insights.channels"), rows: named(report.channels, channelName) },
  { title: t("insights.items"), rows: named(report.items, itemName) },
  {
    title: t("insights.staff"),
    rows: named(report.staff, (key) => nameOf(report.people, key as StaffId)),
  },
];

const minute = 60;
const hour = 60 * minute;

/** A time in its largest whole unit. */
const waitText = (seconds: number | undefined): string => {
  if (seconds === undefined) return t("insights.not_yet");
  if (seconds < hour)
    return t("insights.minutes", { n: Math.max(1, Math.round(seconds / minute)) });
  return seconds < 48 * hour
    ? t("insights.hours", { n: Math.round(seconds / hour) })
    : t("insights.days", { n: Math.round(seconds / (24 * hour)) });
};

const rateText = ({ rate, statements }: InsightReport, format: Format): string =>
  rate === undefined
    ? t("insights.rate_none")
    : t("insights.rate_of", { rate: format.percent(rate), n: statements });

const Tiles = ({ report }: { readonly report: InsightReport }) => {
  const format = useFormat();
  const { count, sum, open, ended, arrival, unreferenced, selfApproved, otherCurrency } = report;
  const counted = (n: number, amount: string): string =>
    t("insights.count_sum", { n: format.number(n), amount });
  const some = (key: "insights.unreferenced" | "insights.self" | "insights.ended", n: number) =>
    n === 0 ? [] : [[t(key), t("insights.count", { n: format.number(n) })] as const];
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("insights.sum"), counted(count, format.money(sum))],
          [t("insights.open"), counted(open.count, format.money(open.sum))],
          [t("insights.rate"), rateText(report, format)],
          [t("insights.arrival"), waitText(arrival)],
          ...some("insights.ended", ended),
          ...some("insights.unreferenced", unreferenced),
          ...some("insights.self", selfApproved),
          ...(otherCurrency === 0
            ? []
            : [
                [
                  t("insights.other_currency"),
                  t("insights.count", { n: format.number(otherCurrency) }),
                ] as const,
              ]),
        ]}
      />
    </Card>
  );
};

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
        share: format.percent(first.sum.minor / report.sum.minor),
      })}
    </h2>
  );
};

const Out = ({ report }: { readonly report: InsightReport }) => {
  const deps = useDeps();
  const { save, print } = useAbilities();
  const refused = useSignal(false);
  const saveCsv = async (): Promise<void> => {
    const header = [
      t("insights.part"),
      t("insights.key"),
      t("insights.column.count"),
      t("insights.column.sum"),
      t("first.currency"),
    ] as const;
    const bytes = new TextEncoder().encode(writeInsightsCsv(header, rankingsOf(report)));
    const file = { name: fileName(deps, "insights", "csv"), type: "text/csv", bytes };
    refused.value = (await save(file)) === "blocked";
    if (!refused.peek()) announce(t("insights.saved"));
  };
  return (
    <div class="u-stack">
      <Button icon="table" onClick={() => void saveCsv()}>
        {t("insights.csv")}
      </Button>
      <Button icon="printer" onClick={() => print("a4")}>
        {t("insights.print")}
      </Button>
      {refused.value && <FaultLine>{t("records.slip.refused")}</FaultLine>}
    </div>
  );
};

const Report = ({ report }: { readonly report: InsightReport }) => {
  if (report.count === 0 && report.otherCurrency === 0)
    return <Empty icon="chart-column" text={t("insights.none")} />;
  return (
    <>
      <div class="u-stack" data-paper>
        <Finding report={report} />
        <p class="u-small">{`${report.from} – ${report.to}`}</p>
        {report.ownOnly && <p class="u-small">{t("insights.own_only")}</p>}
        <Tiles report={report} />
        {rankingsOf(report).map(({ title, rows }) => (
          <Ranking key={title} title={title} rows={rows} whole={report.sum} />
        ))}
        <FeedbackList feedback={report.feedback} />
        <section class="u-tight">
          <h2>{t("insights.week")}</h2>
          <p class="u-small">{t("insights.week_note")}</p>
          <WeekTable hours={report.hours} />
        </section>
      </div>
      <Out report={report} />
    </>
  );
};

/** T4: what the refunds of some days say, every sum re-added from the journal (R53). */
export const InsightsScreen = () => {
  const deps = useDeps();
  const range = useSignal<Range>("7");
  const read = readyValue(
    useLive(
      () => range.value,
      (days) => readInsightReport(deps, Number(days)),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("insights.title")} />
      <ChipGroup
        legend={t("insights.range")}
        name="range"
        columns={4}
        choices={ranges.map((value) => ({ value, label: t(`insights.days.${value}`) }))}
        value={range.value}
        onPick={(picked) => (range.value = picked)}
      />
      {read?.ok === true && <Report report={read.value} />}
    </>
  );
};
