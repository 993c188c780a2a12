import { useSignal } from "@preact/signals";

import { parseRange, type InsightRange } from "../../../domain/insight-days.ts";
import { lastDays } from "../../../usecases/read-insights.ts";
import { Button } from "../../components/button.tsx";
import { ChipGroup } from "../../components/chip-group.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";

/** What is looked at first: a week. */
export const usualDays = 7;

const ranges = ["1", "7", "30", "90", "own"] as const;

type Range = (typeof ranges)[number];

type Pick = (range: InsightRange) => void;

/** Any two days, at most a quarter apart. */
const OwnRange = ({ onPick }: { readonly onPick: Pick }) => {
  const deps = useDeps();
  const { fault, run } = useJob();
  const [, today] = lastDays(deps, 1);
  const take = (form: HTMLFormElement): Promise<boolean> =>
    run(async () => {
      const data = new FormData(form);
      const range = parseRange(textIn(data, "from"), textIn(data, "to"));
      if (!range.ok) return range.fault;
      onPick(range.value);
      return undefined;
    });
  return (
    <form
      class="u-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void take(event.currentTarget);
      }}
    >
      <div class="u-grid-2">
        <TextField name="from" type="date" label={t("insights.from")} required />
        <TextField name="to" type="date" label={t("insights.to")} defaultValue={today} required />
      </div>
      <FaultNote fault={fault.value} />
      <Button type="submit">{t("insights.show")}</Button>
    </form>
  );
};

/** Which days: some up to today in one tap, or any others. */
export const RangePart = ({ onPick }: { readonly onPick: Pick }) => {
  const deps = useDeps();
  const range = useSignal<Range>(`${usualDays}`);
  const pick = (picked: Range): void => {
    range.value = picked;
    if (picked !== "own") onPick(lastDays(deps, Number(picked)));
  };
  return (
    <>
      <ChipGroup
        legend={t("insights.range")}
        name="range"
        choices={ranges.map((value) => ({ value, label: t(`insights.days.${value}`) }))}
        value={range.value}
        onPick={pick}
      />
      {range.value === "own" && <OwnRange onPick={onPick} />}
    </>
  );
};
