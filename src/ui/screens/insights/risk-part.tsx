import type { Handling } from "../../../domain/handling.ts";
import type { InsightRange } from "../../../domain/insight-days.ts";
import { riskKinds, type RiskKind, type Risky } from "../../../domain/risks.ts";
import { readRisks, type RiskReport } from "../../../usecases/read-risks.ts";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { nameOf } from "../refund/case-words.ts";

/** More of one kind are counted and not listed. */
const most = 20;

const nameIn = ({ chains }: RiskReport, { device, staff }: Pick<Risky, "device" | "staff">) =>
  nameOf(chains.find((chain) => chain.device === device)?.people ?? [], staff);

const Kind = ({ kind, report }: { readonly kind: RiskKind; readonly report: RiskReport }) => {
  const format = useFormat();
  const all = report.kinds[kind];
  const count = t("audit.risk.count", { n: all.length });
  return (
    <Fold title={[t(`audit.risk.${kind}`), count].join(t("word.separator"))}>
      <Rows>
        {all.slice(0, most).map((one) => (
          <Row
            key={one.caseId}
            title={<bdi>{nameIn(report, one)}</bdi>}
            facts={[format.time(one.at)]}
            amount={one.amount}
            href={linkTo("refund", { id: one.caseId })}
          />
        ))}
      </Rows>
      {all.length > most && <p class="u-small">{t("audit.risk.more", { n: all.length - most })}</p>}
    </Fold>
  );
};

const kindsOf = (kinds: RiskReport["people"][number]["kinds"]): string => {
  const some = riskKinds.filter((kind) => kinds[kind] > 0);
  if (some.length === 0) return t("audit.risk.none");
  return some
    .map((kind) => `${t(`audit.risk.${kind}`)} ${t("audit.risk.count", { n: kinds[kind] })}`)
    .join(t("word.separator"));
};

const handlingText = ({ median, counted }: Handling, format: Format): string =>
  median === undefined
    ? t("audit.handling.none")
    : t("audit.handling.of", { seconds: format.number(median), n: format.number(counted) });

/** Every counter with the way to its refunds, and how long the till took (X30, R56). */
const View = ({ report }: { readonly report: RiskReport }) => {
  const format = useFormat();
  const found = riskKinds.filter((kind) => report.kinds[kind].length > 0);
  const { handling } = report;
  return (
    <section class="u-tight">
      <h2>{t("audit.risk.title")}</h2>
      <p class="u-small">{t("audit.risk.note")}</p>
      {found.length === 0 && <p>{t("audit.risk.none")}</p>}
      {found.map((kind) => (
        <Kind key={kind} kind={kind} report={report} />
      ))}
      <Card>
        <KeyValues
          pairs={[
            ...report.people.map(
              (person) =>
                [
                  t("audit.risk.of", { name: nameIn(report, person), n: person.count }),
                  kindsOf(person.kinds),
                ] as const,
            ),
            [t("audit.handling"), handlingText(handling, format)],
          ]}
        />
      </Card>
      <p class="u-small">{t("audit.handling.note")}</p>
      {handling.setAside > 0 && (
        <p class="u-small">{t("audit.handling.aside", { n: handling.setAside })}</p>
      )}
    </section>
  );
};

/** What stands out in the days of a report; it is read apart, so that the report need not wait for it. */
export const RiskPart = ({ range }: { readonly range: InsightRange }) => {
  const deps = useDeps();
  const read = readyValue(
    useLive(
      () => range,
      (days) => readRisks(deps, days),
    ).value,
  );
  return read?.ok === true && read.value.count > 0 ? <View report={read.value} /> : undefined;
};
