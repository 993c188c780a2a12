import type {
  CurrencySums,
  StatementSummary as Summary,
} from "../../../domain/statements/statement-row.ts";
import { money } from "../../../domain/money.ts";
import { Icon } from "../../components/icon.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { Tile } from "../../components/tile.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { ProblemLines } from "./problem-lines.tsx";
import { channelOf, writePeriod } from "./statement-words.ts";
import { writeTotal } from "./totals.ts";

/** What was paid and refunded in one currency, as the rows say. */
const Sums = ({ sums }: { readonly sums: CurrencySums }) => {
  const format = useFormat();
  const tiles = [
    { label: t("recon.import.paid"), sum: sums.payments },
    { label: t("recon.import.refunded"), sum: sums.refunds },
    ...(sums.revoked.count === 0 ? [] : [{ label: t("recon.import.revoked"), sum: sums.revoked }]),
  ];
  return (
    <div class="u-grid-2">
      {tiles.map(({ label, sum }) => (
        <Tile
          key={label}
          label={label}
          figure={format.money(money(sum.minor, sums.currency))}
          note={t("recon.import.pieces", { n: format.number(sum.count) })}
        />
      ))}
    </div>
  );
};

const encodings: Readonly<Record<Summary["encoding"], string>> = {
  "utf-8": "UTF-8",
  gb18030: "GB18030 (GBK)",
};

const Mark = ({ same }: { readonly same: boolean }) => (
  <span class={same ? "import-same" : "import-differs tone-danger"}>
    <Icon name={same ? "check" : "x"} size="small" />
    {t(same ? "recon.import.totals.same" : "recon.import.totals.differs")}
  </span>
);

/** The file's own sums beside what its rows add up to. */
const Totals = ({ summary }: { readonly summary: Summary }) => {
  const format = useFormat();
  if (summary.totals.length === 0) return <p class="u-small">{t("recon.import.totals.none")}</p>;
  return (
    <DataTable
      caption={t("recon.import.totals")}
      head={[
        t("recon.import.totals.what"),
        t("recon.import.totals.file"),
        t("recon.import.totals.read"),
        t("recon.import.totals.result"),
      ]}
      rows={summary.totals
        .map((total) => writeTotal(total, summary, format))
        .map(({ name, declared, read, same }) => [
          <bdi key="name">{name}</bdi>,
          declared,
          read,
          <Mark key="mark" same={same} />,
        ])}
    />
  );
};

/** What was read of a file: whose it is, its sums, whether they agree, and what was odd. */
export const StatementSummary = ({
  summary,
  counts,
}: {
  readonly summary: Summary;
  /** How many rows were new and known; undefined when nothing was imported. */
  readonly counts: { readonly newRows: number; readonly knownRows: number } | undefined;
}) => {
  const format = useFormat();
  const rows = (n: number): string => t("recon.rows", { rows: format.number(n) });
  const { firstDay, lastDay } = summary;
  return (
    <>
      {summary.sums.map((sums) => (
        <Sums key={sums.currency} sums={sums} />
      ))}
      <Card>
        <KeyValues
          pairs={[
            [t("recon.import.channel"), channelOf(summary.acquirer)],
            [t("recon.import.layout"), t(`recon.layout.${summary.layout}`)],
            ...(firstDay === undefined || lastDay === undefined
              ? []
              : [[t("recon.import.period"), writePeriod(firstDay, lastDay, format)] as const]),
            [t("recon.import.encoding"), encodings[summary.encoding]],
            [t("recon.import.rows"), rows(summary.rows)],
            ...(counts === undefined
              ? []
              : [
                  [t("recon.import.new"), rows(counts.newRows)] as const,
                  [t("recon.import.known"), rows(counts.knownRows)] as const,
                ]),
            ...(summary.problemCount === 0
              ? []
              : [[t("recon.import.problems"), rows(summary.problemCount)] as const]),
          ]}
        />
      </Card>
      <Totals summary={summary} />
      <ProblemLines summary={summary} />
      {summary.notes.length > 0 && (
        <ul class="import-notes">
          {summary.notes.map((note) => (
            <li key={note}>
              <Icon name="info" size="small" />
              <span>{t(`recon.note.${note}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
