import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

const heatOf = (count: number, highest: number): string | undefined => {
  if (count === 0) return undefined;
  return `heat-${Math.ceil((count / highest) * 3)}`;
};

/** One refund or two make no busy hour. */
const few = 3;

/** The hour that stands out; undefined where two are equal. */
const busiest = (hours: readonly (readonly number[])[]) => {
  const cells = hours.flatMap((day, weekday) =>
    day.map((count, hour) => ({ weekday, hour, count })),
  );
  const [first, second] = cells.sort((one, other) => other.count - one.count);
  return first === undefined || first.count < few || first.count === second?.count
    ? undefined
    : first;
};

const findingOf = (hours: readonly (readonly number[])[]): string => {
  const most = busiest(hours);
  const weekday = weekdays.find((one) => one === most?.weekday);
  return most === undefined || weekday === undefined
    ? t("insights.week")
    : t("insights.week_most", { weekday: t(`insights.weekday.${weekday}`), hour: most.hour });
};

/** When refunds are recorded: the hours in which there were any, weekday by weekday. */
export const WeekTable = ({ hours }: { readonly hours: readonly (readonly number[])[] }) => {
  const format = useFormat();
  const used = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    hours.some((day) => (day[hour] ?? 0) > 0),
  );
  const highest = Math.max(1, ...hours.flat());
  return (
    <section class="u-tight">
      <h2>{findingOf(hours)}</h2>
      <p class="u-small">{t("insights.week_note")}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys */}
      <section class="insight-week" tabIndex={0} aria-label={t("insights.week")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("insights.weekday")}</th>
              {used.map((hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{t(`insights.weekday.${weekday}`)}</th>
                {used.map((hour) => {
                  const count = hours[weekday]?.[hour] ?? 0;
                  return (
                    <td key={hour} class={heatOf(count, highest)}>
                      {count === 0 ? "" : format.number(count)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
};
