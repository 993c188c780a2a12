import {
  isFundBill,
  type CurrencySums,
  type StatementSummary as Summary,
} from "../../../domain/statements/statement-row.ts";
import { money } from "../../../domain/money.ts";
import { Tag } from "../../components/badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { DayGroup, Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { FirstRows } from "./first-rows.tsx";
import { ProblemLines } from "./problem-lines.tsx";
import { channelOf, kindWord, writePeriod } from "./statement-words.ts";
import { writeTotal } from "./totals.ts";

const linesOf = (sums: CurrencySums, layout: string) =>
  isFundBill(layout)
    ? [
        { label: kindWord("income"), sum: sums.income },
        { label: kindWord("refund"), sum: sums.refunds },
        { label: kindWord("expense"), sum: sums.expense },
      ]
    : [
        { label: kindWord("payment"), sum: sums.payments },
        { label: kindWord("refund"), sum: sums.refunds },
        ...(sums.revoked.count === 0 ? [] : [{ label: kindWord("revoked"), sum: sums.revoked }]),
      ];

/** What was paid, refunded and voided in one currency, or what moved, as the rows say. */
const Sums = ({ sums, layout }: { readonly sums: CurrencySums; readonly layout: string }) => {
  const format = useFormat();
  return (
    <Rows>
      {linesOf(sums, layout).map(({ label, sum }) => (
        <Row
          key={label}
          title={label}
          facts={[t("recon.import.pieces", { n: format.number(sum.count) })]}
          amount={money(sum.minor, sums.currency)}
        />
      ))}
    </Rows>
  );
};

const encodings: Readonly<Record<Summary["encoding"], string>> = {
  "utf-8": "UTF-8",
  gb18030: "GB18030 (GBK)",
  xlsx: "XLSX",
};

const Mark = ({ same }: { readonly same: boolean }) => (
  <Tag icon={same ? "check" : "x"} tone={same ? "neutral" : "danger"}>
    {t(same ? "recon.import.totals.same" : "recon.import.totals.differs")}
  </Tag>
);

/** The file's own sums beside what its rows add up to. */
const Totals = ({ summary }: { readonly summary: Summary }) => {
  const format = useFormat();
  if (summary.totals.length === 0) return <p class="u-small">{t("recon.import.totals.none")}</p>;
  return (
    <DayGroup title={t("recon.import.totals")}>
      {summary.totals
        .map((total) => writeTotal(total, summary, format))
        .map(({ name, declared, read, same }) => (
          <Row
            key={name}
            title={<bdi>{name}</bdi>}
            facts={[
              t("recon.import.totals.file", { value: declared }),
              t("recon.import.totals.read", { value: read }),
            ]}
            end={<Mark same={same} />}
          />
        ))}
    </DayGroup>
  );
};

/** What was read of a file: whose it is, its sums, whether they agree, and what was odd. */
export const StatementSummary = ({
  summary,
  counts,
  isAsked = false,
}: {
  readonly summary: Summary;
  /** How many rows were new and known; undefined when nothing was imported. */
  readonly counts: { readonly newRows: number; readonly knownRows: number } | undefined;
  /** Before it counts: the first rows lie open. */
  readonly isAsked?: boolean;
}) => {
  const format = useFormat();
  const rows = (n: number): string => t("recon.rows", { rows: format.number(n) });
  const { firstDay, lastDay } = summary;
  return (
    <>
      {summary.sums.map((sums) => (
        <Sums key={sums.currency} sums={sums} layout={summary.layout} />
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
      <FirstRows rows={summary.firstRows} open={isAsked} />
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
