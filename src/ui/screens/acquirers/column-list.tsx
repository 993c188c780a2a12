import type { Signal } from "@preact/signals";

import { changeColumn, moveColumn, removeColumn } from "../../../domain/batches/edited-layout.ts";
import {
  timePatterns,
  type ExportColumn,
  type ExportFormat,
} from "../../../domain/batches/export-format.ts";
import { Button } from "../../components/button.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { t } from "../../language.ts";

type Edit = {
  readonly draft: Signal<ExportFormat>;
  readonly column: ExportColumn;
  readonly at: number;
};

/** Caption, unit, pattern or fixed text, as far as the column has them. */
const ColumnParts = ({ draft, column, at }: Edit) => {
  const change = (part: Partial<ExportColumn>): void => {
    draft.value = changeColumn(draft.peek(), at, part);
  };
  return (
    <>
      {column.caption !== undefined && (
        <TextField
          name={`caption_${at}`}
          label={t("acquirers.columns.caption")}
          defaultValue={column.caption}
          maxLength={80}
          onInput={(event) => change({ caption: event.currentTarget.value })}
        />
      )}
      {column.unit !== undefined && (
        <SelectField
          name={`unit_${at}`}
          label={t("acquirers.fact.amountUnit")}
          choices={(["yuan", "fen"] as const).map((value) => ({
            value,
            label: t(`acquirers.amountUnit.${value}`),
          }))}
          value={column.unit}
          onPick={(unit) => change({ unit })}
        />
      )}
      {column.pattern !== undefined && (
        <SelectField
          name={`pattern_${at}`}
          label={t("acquirers.columns.pattern")}
          choices={timePatterns.map((value) => ({ value, label: value }))}
          value={column.pattern}
          onPick={(pattern) => change({ pattern })}
        />
      )}
      {column.field === "const" && (
        <TextField
          name={`text_${at}`}
          label={t("acquirers.columns.text")}
          defaultValue={column.text ?? ""}
          maxLength={80}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      )}
    </>
  );
};

const ColumnItem = ({ draft, column, at }: Edit) => {
  const name = t(`acquirers.columns.field.${column.field}`);
  const move = (by: -1 | 1): void => {
    draft.value = moveColumn(draft.peek(), at, by);
  };
  return (
    <li class="u-tight">
      <h3>{t("acquirers.columns.nth", { n: at + 1, name })}</h3>
      <ColumnParts draft={draft} column={column} at={at} />
      <div class="u-grid-3">
        <Button aria-label={t("acquirers.columns.up", { name })} onClick={() => move(-1)}>
          {t("acquirers.columns.move_up")}
        </Button>
        <Button aria-label={t("acquirers.columns.down", { name })} onClick={() => move(1)}>
          {t("acquirers.columns.move_down")}
        </Button>
        <Button
          aria-label={t("acquirers.columns.remove", { name })}
          onClick={() => {
            draft.value = removeColumn(draft.peek(), at);
          }}
        >
          {t("acquirers.columns.take_away")}
        </Button>
      </div>
    </li>
  );
};

/** The columns in the order of the file, each with what can be said of it. */
export const ColumnList = ({ draft }: Pick<Edit, "draft">) => {
  const { columns } = draft.value;
  return (
    <ol class="u-stack">
      {columns.map((column, at) => (
        <ColumnItem
          key={`${at} ${column.field} ${columns.length}`}
          draft={draft}
          column={column}
          at={at}
        />
      ))}
    </ol>
  );
};
