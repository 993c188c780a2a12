import type { InsightReport } from "../../../usecases/read-insights.ts";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { waitText } from "./wait-text.ts";

const rateText = ({ rate, statements }: InsightReport, format: Format): string =>
  rate === undefined
    ? t("insights.rate_none")
    : t("insights.rate_of", { rate: format.percent(rate), n: statements });

/** The numbers of a report, each with its word; risks only where there are some. */
export const tilesOf = (
  report: InsightReport,
  format: Format,
): readonly (readonly [word: string, number: string])[] => {
  const { count, sum, open, arrival } = report;
  const counted = (n: number, amount: string): string =>
    t("insights.count_sum", { n: format.number(n), amount });
  const some = (
    key: "unreferenced" | "self" | "ended" | "declined" | "other_currency",
    n: number,
  ) =>
    n === 0 ? [] : [[t(`insights.${key}`), t("insights.count", { n: format.number(n) })] as const];
  return [
    [t("insights.sum"), counted(count, format.money(sum))],
    [t("insights.open"), counted(open.count, format.money(open.sum))],
    [t("insights.rate"), rateText(report, format)],
    [t("insights.arrival"), waitText(arrival)],
    ...some("ended", report.ended),
    ...some("declined", report.declined),
    ...some("unreferenced", report.unreferenced),
    ...some("self", report.selfApproved),
    ...some("other_currency", report.otherCurrency),
  ];
};

/** The numbers of a report on one card. */
export const Tiles = ({ report }: { readonly report: InsightReport }) => {
  const format = useFormat();
  return (
    <Card>
      <KeyValues pairs={tilesOf(report, format)} />
    </Card>
  );
};
