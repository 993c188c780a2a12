import type { Ranked } from "../../../domain/insights.ts";
import type { Money } from "../../../domain/money.ts";
import { Amount } from "../../components/amount.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

export type Named = Ranked & { readonly name: string };

const most = 8;

const shareOf = (part: Money, whole: Money): number =>
  whole.minor === 0 ? 0 : part.minor / whole.minor;

/** A bar as long as its share of the money; what it says stands in the cell beside it. */
const Bar = ({ share }: { readonly share: number }) => (
  <svg class="insight-bar" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">
    <rect width={Math.max(1, share * 100)} height="4" rx="1" />
  </svg>
);

/** Most money first: a table that is its own chart, readable by everybody. */
export const Ranking = ({
  title,
  rows,
  whole,
}: {
  readonly title: string;
  readonly rows: readonly Named[];
  readonly whole: Money;
}) => {
  const format = useFormat();
  return (
    <table class="insight-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t("insights.column.count")}</th>
          <th scope="col">{t("insights.column.sum")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, most).map(({ key, name, count, sum }) => (
          <tr key={key}>
            <th scope="row">
              <bdi>{name}</bdi>
              <Bar share={shareOf(sum, whole)} />
              <span class="u-small">{format.percent(shareOf(sum, whole))}</span>
            </th>
            <td>{format.number(count)}</td>
            <td>
              <Amount money={sum} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
