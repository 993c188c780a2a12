import { Card } from "../../components/key-values.tsx";
import { Icon } from "../../components/icon.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { channelOf } from "../import-statement/statement-words.ts";
import type { CoveredDays } from "./covered-days.ts";

const Day = ({ date, covered }: CoveredDays["days"][number]) => {
  const day = useFormat().day(date);
  return (
    <li class={covered ? "day-cell day-covered" : "day-cell"}>
      <span class="u-hidden">
        {t(covered ? "recon.day.covered" : "recon.day.missing", { day })}
      </span>
      <span aria-hidden="true">{Number(date.slice(8))}</span>
      <Icon name={covered ? "check" : "minus"} size="small" />
    </li>
  );
};

/** The days of one channel: those with a statement are tinted and ticked. */
export const DayStrip = ({ acquirer, days }: CoveredDays) => (
  <Card>
    <h3>{channelOf(acquirer)}</h3>
    <p class="u-small">
      {t("recon.days.some", { n: days.filter(({ covered }) => covered).length, of: days.length })}
    </p>
    <ol class="day-strip">
      {days.map((day) => (
        <Day key={day.date} {...day} />
      ))}
    </ol>
  </Card>
);
