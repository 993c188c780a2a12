import { useSignal } from "@preact/signals";

import type { InsightRange } from "../../../domain/insight-days.ts";
import { writeInsightsCsv } from "../../../domain/insights-csv.ts";
import { fileName } from "../../../usecases/file-name.ts";
import type { InsightReport } from "../../../usecases/read-insights.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultLine } from "../../components/field.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { drawInsights } from "./insights-picture.ts";
import { rankingsOf } from "./rankings.ts";
import { tilesOf } from "./tiles.tsx";

const csvOf = (report: InsightReport, tables: ReturnType<typeof rankingsOf>): string => {
  const header = [
    t("insights.part"),
    t("insights.key"),
    t("insights.column.count"),
    t("insights.column.sum"),
    t("first.currency"),
  ] as const;
  const days = report.days.map(({ date, ...day }) => ({ key: date, name: date, ...day }));
  return writeInsightsCsv(header, [{ title: t("insights.daily"), rows: days }, ...tables]);
};

/** The report as a table, a picture and on paper. */
export const OutPart = ({
  report,
  range,
}: {
  readonly report: InsightReport;
  readonly range: InsightRange;
}) => {
  const deps = useDeps();
  const format = useFormat();
  const { shop } = useShell();
  const { save, deliver, print } = useAbilities();
  const refused = useSignal(false);
  const tables = rankingsOf(report, format);
  const hear = (out: Awaited<ReturnType<typeof save>>, said: string): void => {
    refused.value = out === "blocked";
    if (out === "shared" || out === "saved") announce(said);
  };
  const saveCsv = async (): Promise<void> => {
    const bytes = new TextEncoder().encode(csvOf(report, tables));
    const file = { name: fileName(deps, "insights", "csv"), type: "text/csv", bytes };
    hear(await save(file), t("insights.saved"));
  };
  const sharePicture = async (): Promise<void> => {
    const bytes = await drawInsights({
      title: `${t("insights.title")} · ${shop.name}`,
      days: range.join(" – "),
      practice: deps.training ? t("records.slip.practice") : "",
      tiles: tilesOf(report, format),
      tables,
      whole: report.sum,
      format,
    });
    const file = { name: fileName(deps, "insights", "png"), type: "image/png", bytes };
    hear(await deliver(file, t("insights.title")), t("action.saved"));
  };
  return (
    <div class="u-stack">
      <Button icon="image" onClick={() => void sharePicture()}>
        {t("insights.picture")}
      </Button>
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
