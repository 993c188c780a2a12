import type { ComponentChildren } from "preact";

import { Button } from "../../components/button.tsx";
import { DayGroup } from "../../components/row.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import type { DayOfList } from "./day-groups.ts";

/** `今天 11月22日 · 3 笔 ¥133.90`; a day that is not loaded whole shows its date alone. */
const headOf = <Row,>(day: DayOfList<Row>, format: Format): string => {
  const date = format.day(day.date);
  if (!day.whole) return date;
  const count = t("word.count", { n: day.rows.length });
  return t("records.day", {
    date,
    sums: [count, ...day.sums.map(format.money)].join(" "),
  });
};

/** A list by days with its way on. */
export const DayList = <Row,>({
  days,
  more,
  onMore,
  children,
}: {
  readonly days: readonly DayOfList<Row>[];
  readonly more: boolean;
  readonly onMore: () => void;
  readonly children: (row: Row) => ComponentChildren;
}) => {
  const format = useFormat();
  return (
    <>
      {days.map((day) => (
        <DayGroup key={day.date} title={headOf(day, format)}>
          {day.rows.map(children)}
        </DayGroup>
      ))}
      {more && <Button onClick={onMore}>{t("action.load_more")}</Button>}
    </>
  );
};
