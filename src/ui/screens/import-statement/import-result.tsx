import { useLayoutEffect } from "preact/hooks";

import { isFundBill } from "../../../domain/statements/statement-row.ts";
import { findTable } from "../../../domain/statements/mapped-table.ts";
import { alertNow, announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FileButton } from "../../components/file-button.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useFaultWords } from "./fault-words.ts";
import { StatementSummary } from "./statement-summary.tsx";
import type { ImportView } from "./use-import.ts";

type Take = (files: readonly File[]) => void;

/** Where it goes on once the rows are here: to the scanner, or to the payments. */
const Onward = ({ take }: { readonly take: Take }) => (
  <>
    <div class="u-grid-2">
      <ButtonLink icon="receipt-text" href={linkTo("records", { f: "payments" })}>
        {t("recon.import.payments")}
      </ButtonLink>
      <ButtonLink icon="scale" href={linkTo("recon")}>
        {t("recon.import.compared")}
      </ButtonLink>
      <FileButton icon="plus" label={t("recon.import.another")} onFiles={take} />
    </div>
    <BottomBar>
      <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
        {t("recon.import.scan")}
      </ButtonLink>
    </BottomBar>
  </>
);

/** What a finished import brought. */
export const ImportDone = ({
  read,
  take,
}: {
  readonly read: Extract<ImportView, { state: "done" }>["read"];
  readonly take: Take;
}) => {
  const format = useFormat();
  const { newRows, knownRows, summary, odd } = read;
  const title =
    newRows === 0
      ? t("recon.import.nothing_new", { rows: format.number(knownRows) })
      : t("recon.import.done", { rows: format.number(newRows) });
  useLayoutEffect(() => {
    announce(title);
    scrollTo(0, 0); // what was looked through before is as long, and would stay in view
  }, [title]);
  return (
    <>
      <Banner tone="info" icon="database" title={title}>
        {t(isFundBill(summary.layout) ? "recon.import.done_fund" : "recon.import.done_more")}
      </Banner>
      <StatementSummary summary={summary} counts={read} />
      {odd.suspects.length > 0 && (
        <ButtonLink icon="hand" href={linkTo("overpaid")}>
          {t("overpaid.import", { n: odd.suspects.length })}
        </ButtonLink>
      )}
      <Onward take={take} />
    </>
  );
};

type Refused = Extract<ImportView, { state: "refused" }>;

const summaryOf = ({ fault }: Refused) => ("summary" in fault ? fault.summary : undefined);

/** The first lines of a file that nobody knows, where they look like a table. */
const linesOf = ({ fault }: Refused): readonly string[] | undefined =>
  "lines" in fault && findTable(fault.lines) !== undefined ? fault.lines : undefined;

/** Why nothing was imported, what the file said, and the way on. */
export const ImportRefused = ({
  refused,
  take,
  onAnyway,
  onColumns,
}: {
  readonly refused: Refused;
  readonly take: Take;
  readonly onAnyway: () => void;
  /** Opens the form that says which column is what. */
  readonly onColumns: (lines: readonly string[]) => void;
}) => {
  const format = useFormat();
  const words = useFaultWords()(refused.fault);
  const summary = summaryOf(refused);
  const lines = linesOf(refused);
  useLayoutEffect(() => alertNow(`${words.title} ${words.next}`), [refused]);
  return (
    <>
      <Banner tone={words.tone} icon="circle-alert" title={<bdi>{words.title}</bdi>}>
        {words.next}
      </Banner>
      {summary !== undefined && <StatementSummary summary={summary} counts={undefined} />}
      {refused.fault.kind === "no_summary" && (
        <Button onClick={onAnyway}>
          {t("recon.import.anyway", { rows: format.number(refused.fault.summary.rows) })}
        </Button>
      )}
      {lines !== undefined && (
        <Button icon="table" onClick={() => onColumns(lines)}>
          {t("recon.map.entry")}
        </Button>
      )}
      {refused.fault.kind === "already_imported" ? (
        <Onward take={take} />
      ) : (
        <BottomBar>
          <FileButton kind="primary" icon="table" label={t("recon.import.retry")} onFiles={take} />
        </BottomBar>
      )}
    </>
  );
};
