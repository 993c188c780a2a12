import type { UnmatchedRow } from "../../../domain/results/match-results.ts";
import type { RowMeaning } from "../../../domain/results/told-result.ts";
import { CNY } from "../../../domain/currency.ts";
import { money } from "../../../domain/money.ts";
import type { ReviewedResult } from "../../../usecases/review-results.ts";
import { StateBadge } from "../../components/badge.tsx";
import { Fold } from "../../components/fold.tsx";
import { mostListed, NotListed } from "../../components/not-listed.tsx";
import { DayGroup, Row, Rows } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

const adviceText = (meaning: RowMeaning): string | undefined => {
  const advice = meaning.kind === "unlisted" ? undefined : meaning.advice;
  const [first] = advice?.actions ?? [];
  return advice === undefined || first === undefined
    ? undefined
    : [t(`acquirers.error.${advice.meaning}`), t(`acquirers.action.${first}`)].join(
        t("word.separator"),
      );
};

const ResultRows = ({ results }: { readonly results: readonly ReviewedResult[] }) => {
  const format = useFormat();
  return (
    <>
      {results.slice(0, mostListed).map(({ match: { row, refunds }, meaning }) => (
        <Row
          key={row.line}
          title={<bdi>{row.status}</bdi>}
          facts={[
            ...refunds.map((one) => t("word.tail", { tail: format.tail(one.refundNo) })),
            row.reason !== "" && <bdi key="reason">{row.reason}</bdi>,
            adviceText(meaning),
          ]}
          amount={money(row.minor, refunds[0]?.amount.currency ?? CNY)}
          end={meaning.kind === "result" && <StateBadge state={meaning.result} />}
          href={linkTo("refund", { id: refunds[0]?.caseId ?? "" })}
        />
      ))}
    </>
  );
};

/** Rows that would move their refunds. */
export const NewResults = ({
  title,
  results,
}: {
  readonly title: string;
  readonly results: readonly ReviewedResult[];
}) =>
  results.length === 0 ? undefined : (
    <>
      <DayGroup title={title}>
        <ResultRows results={results} />
      </DayGroup>
      <NotListed of={results.length} />
    </>
  );

/** Rows that move nothing, each with its reason, and lines that are no rows. */
export const QuietRows = ({
  quiet,
  unmatched,
  problems,
}: {
  readonly quiet: readonly ReviewedResult[];
  readonly unmatched: readonly UnmatchedRow[];
  readonly problems: readonly number[];
}) => {
  const format = useFormat();
  return (
    <>
      {quiet.length > 0 && (
        <Fold title={t("export.result.quiet", { n: quiet.length })}>
          <Rows>
            <ResultRows results={quiet} />
          </Rows>
          <NotListed of={quiet.length} />
        </Fold>
      )}
      {unmatched.length > 0 && (
        <Fold title={t("export.result.unmatched", { n: unmatched.length })}>
          <Rows>
            {unmatched.slice(0, mostListed).map(({ row, why }) => (
              <Row
                key={row.line}
                title={t(`export.result.why.${why}`)}
                facts={[
                  t("recon.import.problem_line", { line: format.number(row.line) }),
                  <bdi key="number">
                    {row.refundNo ?? row.orderNo ?? row.transactionNo ?? row.channelRefundNo}
                  </bdi>,
                ]}
                amount={money(row.minor, CNY)}
              />
            ))}
          </Rows>
          <NotListed of={unmatched.length} />
        </Fold>
      )}
      {problems.length > 0 && (
        <p class="u-small">{t("export.result.problems", { n: problems.length })}</p>
      )}
    </>
  );
};
