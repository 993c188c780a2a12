import { addDays, businessDate } from "../../../domain/instant.ts";
import type { StatementImport } from "../../../domain/books.ts";
import { listImports } from "../../../storage/queries.ts";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { DownloadHelp } from "../import-statement/download-help.tsx";
import { handOver } from "../import-statement/handed-files.ts";
import { DropVeil, useFileDrop } from "../import-statement/use-files.tsx";
import { coveredDays } from "./covered-days.ts";
import { DayStrip } from "./day-strip.tsx";
import { LastImports } from "./last-imports.tsx";
import { ReconResults } from "./recon-results.tsx";

const daysShown = 14;
const importsShown = 10;
/** Two channels imported daily fill the strip many times over. */
const importsRead = 200;

const openImport = (files: readonly File[]): void => {
  handOver(files);
  go(linkTo("import_statement"));
};

const counts = ({ takenBack }: StatementImport): boolean => takenBack === undefined;

/** A day's statement comes the morning after, so yesterday is the newest that can be here. */
const Covered = ({ imports }: { readonly imports: readonly StatementImport[] }) => {
  const { shop, now } = useShell();
  const yesterday = addDays(businessDate(now(), shop.calendar), -1);
  return (
    <section class="u-tight">
      <h2>{t("recon.days.title", { n: daysShown })}</h2>
      {coveredDays(imports.filter(counts), yesterday, daysShown).map((days) => (
        <DayStrip key={days.acquirer} {...days} />
      ))}
      <p class="u-small">{t("recon.days.help")}</p>
    </section>
  );
};

/** T3: which days have a statement, what was imported last, and the way to the next one. */
export const ReconScreen = () => {
  const { db } = useDeps().journal;
  const live = useLive(
    () => db,
    (journal) => listImports(journal, importsRead),
  );
  const imports = readyValue(live.value);
  const over = useFileDrop(openImport);
  return (
    <>
      <PageHeader title={t("recon.title")} />
      {imports?.length === 0 && <Empty icon="scale" text={t("recon.empty")} />}
      <FileButton kind="primary" icon="download" label={t("recon.import")} onFiles={openImport} />
      <ButtonLink icon="shield-check" href={linkTo("ack")}>
        {t("recon.ack")}
      </ButtonLink>
      <ButtonLink icon="git-compare" href={linkTo("merge")}>
        {t("merge.entry")}
      </ButtonLink>
      {imports !== undefined && imports.length > 0 && (
        <>
          <ReconResults />
          <Covered imports={imports} />
          <LastImports imports={imports.slice(0, importsShown)} />
        </>
      )}
      <DownloadHelp />
      <DropVeil over={over} text={t("recon.drop")} />
    </>
  );
};
