import type { ComponentChildren } from "preact";

import { Button } from "../../components/button.tsx";
import { DayGroup } from "../../components/row.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import type { DayOfList } from "./day-groups.ts";

/** What a list counts; Chinese says 笔 for both. */
type Counted = "refunds" | "payments";

/** `今天 11月22日 · 3 笔 ¥133.90`; a day that is not loaded whole shows its date alone. */
const headOf = <Row,>(day: DayOfList<Row>, of: Counted, format: Format): string => {
  const date = format.day(day.date);
  if (!day.whole) return date;
  const count = t(of === "refunds" ? "word.count" : "word.count_payments", { n: day.rows.length });
  return t("records.day", {
    date,
    sums: [count, ...day.sums.map(format.money)].join(" "),
  });
};

/** A list by days with its way on. */
export const DayList = <Row,>({
  of,
  days,
  more,
  onMore,
  children,
}: {
  readonly of: Counted;
  readonly days: readonly DayOfList<Row>[];
  readonly more: boolean;
  readonly onMore: () => void;
  readonly children: (row: Row) => ComponentChildren;
}) => {
  const format = useFormat();
  return (
    <>
      {days.map((day) => (
        <DayGroup key={day.date} title={headOf(day, of, format)}>
          {day.rows.map(children)}
        </DayGroup>
      ))}
      {more && <Button onClick={onMore}>{t("action.load_more")}</Button>}
    </>
  );
};
