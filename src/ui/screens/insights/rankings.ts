import { findChannel } from "../../../domain/channels.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { StaffId } from "../../../domain/ids.ts";
import { waitSteps } from "../../../domain/insights.ts";
import type { Money } from "../../../domain/money.ts";
import type { Ranked } from "../../../domain/ranking.ts";
import type { InsightReport } from "../../../usecases/read-insights.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { nameOf, reasonText } from "../refund/case-words.ts";
import { waitText } from "./wait-text.ts";

/** A line of a ranking with the word that people have for it. */
export type Named = Ranked & { readonly name: string };

/** A table that is its own chart: what it ranks, and what it found. */
export type NamedTable = {
  readonly title: string;
  readonly finding: string;
  readonly rows: readonly Named[];
};

/** Of fewer refunds nothing is found. */
const enough = 5;

/** The share of a part in the whole. */
export const shareOf = (part: Money, whole: Money): number =>
  whole.minor === 0 ? 0 : part.minor / whole.minor;

const named = (rows: readonly Ranked[], name: (key: string) => string): readonly Named[] =>
  rows.map((row) => ({ ...row, name: name(row.key) }));

const channelName = (key: string): string => t(`channel.${findChannel(key) ?? "other"}`);

const itemName = (key: string): string =>
  key === "" ? t("insights.item_none") : visibleText(key).text;

const types = ["full", "partial", "exchange", "return"] as const;

const typeName = (key: string): string => {
  const type = types.find((one) => one === key);
  if (type !== undefined) return t(`records.type.${type}`);
  return t(`workflow.mode.${key === "void" ? "void" : "unreferenced"}`);
};

const waitName = (key: string): string =>
  t(`insights.wait.${waitSteps.find((step) => step === key) ?? "open"}`);

/** Only what stands out is called the most: of few refunds, or of two that are equal, nothing is. */
const findingOf = (
  title: string,
  rows: readonly Named[],
  report: InsightReport,
  format: Format,
) => {
  const [first, second] = rows;
  const stands = first !== undefined && first.sum.minor > (second?.sum.minor ?? 0);
  return report.count < enough || !stands
    ? title
    : t("insights.most", {
        what: title,
        name: first.name,
        share: format.percent(shareOf(first.sum, report.sum)),
      });
};

const waitFinding = (title: string, { count, arrival }: InsightReport): string =>
  count < enough || arrival === undefined
    ? title
    : t("insights.half", { what: title, time: waitText(arrival) });

/** The rankings of a report, with the words for what they rank and for what they found. */
export const rankingsOf = (report: InsightReport, format: Format): readonly NamedTable[] => {
  const ranked = (title: string, rows: readonly Named[]): NamedTable => ({
    title,
    rows,
    finding: findingOf(title, rows, report, format),
  });
  const waits = t("insights.waits");
  return [
    ranked(t("insights.reasons"), named(report.reasons, reasonText)),
    ranked(t("insights.types"), named(report.types, typeName)),
    ranked(t("insights.channels"), named(report.channels, channelName)),
    { title: waits, rows: named(report.waits, waitName), finding: waitFinding(waits, report) },
    ranked(t("insights.items"), named(report.items, itemName)),
    ranked(
      t("insights.staff"),
      named(report.staff, (key) => nameOf(report.people, key as StaffId)),
    ),
  ];
};
