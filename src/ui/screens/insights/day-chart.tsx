import type { InsightDay, InsightRange } from "../../../domain/insight-days.ts";
import type { BusinessDate } from "../../../domain/instant.ts";
import { readTakings, type Takings } from "../../../usecases/read-insights.ts";
import { Amount } from "../../components/amount.tsx";
import { Fold } from "../../components/fold.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { shareOf } from "./rankings.ts";

type Day = InsightDay & { readonly rate: number | undefined };

/** Rates stand only on days whose statements are all here and that had takings. */
const withRates = (days: readonly InsightDay[], takings: Takings | undefined): readonly Day[] => {
  const known = takings?.kind === "days" ? takings.days : [];
  const paid = new Map<BusinessDate, InsightDay>(known.map((day) => [day.date, day]));
  return days.map((day) => {
    const taken = paid.get(day.date)?.sum;
    const rate = taken === undefined || taken.minor === 0 ? undefined : shareOf(day.sum, taken);
    return { ...day, rate };
  });
};

/** One unit is a hundredth of the height; a day is ten wide. */
const Columns = ({ days }: { readonly days: readonly Day[] }) => {
  const most = Math.max(1, ...days.map(({ sum }) => sum.minor));
  const isRated = days.some(({ rate }) => rate !== undefined);
  const highest = Math.max(0, ...days.map(({ rate = 0 }) => rate));
  return (
    <svg
      class="insight-days"
      aria-hidden="true"
      viewBox={`0 0 ${days.length * 10} 100`}
      preserveAspectRatio="none"
    >
      {days.map(({ date, sum, rate }, index) => {
        const height = (sum.minor / most) * 96;
        return (
          <g key={date} transform={`translate(${index * 10} 0)`}>
            {isRated && rate === undefined && <rect class="gap" width="10" height="100" />}
            <rect x="1" y={100 - height} width="8" height={height} />
            {rate !== undefined && highest > 0 && (
              <rect class="rate" x="1" y={97 - (rate / highest) * 94} width="8" height="2" />
            )}
          </g>
        );
      })}
    </svg>
  );
};

const DayTable = ({ days }: { readonly days: readonly Day[] }) => {
  const format = useFormat();
  return (
    <table class="insight-table">
      <thead>
        <tr>
          <th scope="col">{t("insights.day")}</th>
          <th scope="col">{t("insights.column.count")}</th>
          <th scope="col">{t("insights.column.sum")}</th>
          <th scope="col">{t("insights.rate_day")}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ date, count, sum, rate }) => (
          <tr key={date}>
            <th scope="row">{format.day(date)}</th>
            <td>{format.number(count)}</td>
            <td>
              <Amount money={sum} />
            </td>
            <td>{rate === undefined ? "–" : format.percent(rate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const noteOf = (days: readonly Day[], takings: Takings | undefined): string => {
  if (takings?.kind === "too_many") return t("insights.rate_many");
  return days.some(({ rate }) => rate !== undefined)
    ? t("insights.chart_note")
    : t("insights.chart_no_rate");
};

/** What the days say, in one sentence; nothing where two of them are equal. */
const findingOf = (days: readonly Day[], format: Format): string => {
  const [first, second] = [...days].sort((one, other) => other.sum.minor - one.sum.minor);
  return first === undefined || first.sum.minor === (second?.sum.minor ?? 0)
    ? t("insights.daily")
    : t("insights.daily_most", { day: format.day(first.date), amount: format.money(first.sum) });
};

/** Refunds by day with their rate, as a picture and behind a fold as a table; days that nothing is known of are shaded. */
export const DayChart = ({
  days,
  range,
}: {
  readonly days: readonly InsightDay[];
  readonly range: InsightRange;
}) => {
  const deps = useDeps();
  const format = useFormat();
  const takings = readyValue(
    useLive(
      () => undefined,
      () => readTakings(deps, range),
    ).value,
  );
  const rated = withRates(days, takings);
  return (
    <figure class="u-tight">
      <figcaption>
        <h2>{findingOf(rated, format)}</h2>
        <p class="u-small">{noteOf(rated, takings)}</p>
      </figcaption>
      <Columns days={rated} />
      <p class="insight-ends u-small" aria-hidden="true">
        <span>{format.day(range[0])}</span>
        <span>{format.day(range[1])}</span>
      </p>
      <Fold title={t("insights.table")}>
        <DayTable days={[...rated].reverse()} />
      </Fold>
    </figure>
  );
};
