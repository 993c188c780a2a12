import type { Money } from "../../../domain/money.ts";
import { Amount } from "../../components/amount.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { shareOf, type NamedTable } from "./rankings.ts";

/** More lines are in the saved table. */
const mostRows = 8;

/** A bar as long as its share of the money; what it says stands in the cell beside it. */
const Bar = ({ share }: { readonly share: number }) => (
  <svg class="insight-bar" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">
    <rect width={Math.max(1, share * 100)} height="4" rx="1" />
  </svg>
);

/** Most money first, and what that says above it: a table that is its own chart, readable by everybody. */
export const Ranking = ({
  table: { title, finding, rows },
  whole,
}: {
  readonly table: NamedTable;
  readonly whole: Money;
}) => {
  const format = useFormat();
  return (
    <table class="insight-table">
      <caption>{finding}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="u-hidden">{title}</span>
          </th>
          <th scope="col">{t("insights.column.count")}</th>
          <th scope="col">{t("insights.column.sum")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostRows).map(({ key, name, count, sum }) => (
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
      {rows.length > mostRows && (
        <tfoot>
          <tr>
            <td colSpan={3}>{t("insights.more", { n: rows.length - mostRows })}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
};
