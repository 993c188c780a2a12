import { useSignal } from "@preact/signals";

import type { StatementTable } from "../../../domain/statements/mapped-table.ts";
import {
  directions,
  mappingUnits,
  writeWords,
  type ColumnRole,
  type MappingFault,
  type StatementMapping,
} from "../../../domain/statements/mapping.ts";
import { guessWords } from "../../../domain/statements/mapping-guess.ts";
import { SelectField, TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { t } from "../../language.ts";

type Start = Omit<StatementMapping, "header">;

type FieldsProps = {
  readonly table: StatementTable;
  /** What stands in the form at first. */
  readonly start: Start;
  readonly fault: MappingFault | undefined;
};

/** The field at which a fault stands. */
const places: Readonly<Record<MappingFault["kind"], string>> = {
  no_amount_column: "amount",
  no_day_column: "day",
  no_number_column: "order",
  column_twice: "amount",
  no_kind_column: "kind",
  no_kind_words: "refund_words",
  word_twice: "refund_words",
  no_done_words: "done_words",
};

const faultAt = (name: string, fault: MappingFault | undefined): string | undefined =>
  fault !== undefined && places[fault.kind] === name
    ? t(`recon.map.fault.${fault.kind}`)
    : undefined;

const Column = ({
  of: role,
  table,
  start,
  fault,
  onPick,
}: FieldsProps & {
  readonly of: ColumnRole;
  readonly onPick?: (column: string) => void;
}) => (
  <SelectField
    name={role}
    label={t(`recon.map.${role}`)}
    fault={faultAt(role, fault)}
    choices={[
      { value: "", label: t("recon.map.none") },
      ...table.words.filter((word) => word !== "").map((word) => ({ value: word, label: word })),
    ]}
    value={start.columns[role] ?? ""}
    onPick={onPick}
  />
);

const Words = ({
  list,
  words,
  fault,
}: {
  readonly list: keyof Start["words"];
  readonly words: Start["words"];
  readonly fault: MappingFault | undefined;
}) => (
  <TextField
    name={`${list}_words`}
    label={t(`recon.map.words.${list}`)}
    fault={faultAt(`${list}_words`, fault)}
    defaultValue={writeWords(words[list])}
    maxLength={400}
  />
);

/** The words under a column: those kept for it, else what the first rows suggest. */
const wordsFor = (
  { table, start }: FieldsProps,
  role: "kind" | "status",
  column: string,
): Start["words"] =>
  column === start.columns[role] ? start.words : guessWords(table, { [role]: column });

/** Whether a row is a payment or a refund. */
const DirectionFields = (fields: FieldsProps) => {
  const direction = useSignal(fields.start.direction);
  const column = useSignal(fields.start.columns.kind ?? "");
  const words = wordsFor(fields, "kind", column.value);
  return (
    <>
      <SelectField
        name="direction"
        label={t("recon.map.direction")}
        choices={directions.map((value) => ({ value, label: t(`recon.map.direction.${value}`) }))}
        value={fields.start.direction}
        onPick={(value) => {
          direction.value = value;
        }}
      />
      {direction.value === "column" && (
        <>
          <Column
            {...fields}
            of="kind"
            onPick={(value) => {
              column.value = value;
            }}
          />
          {(["payment", "refund", "revoked"] as const).map((list) => (
            <Words key={`${list} ${column.value}`} list={list} words={words} fault={fields.fault} />
          ))}
          <p class="u-small">{t("recon.map.words.help")}</p>
        </>
      )}
    </>
  );
};

/** Only what is done moved money. */
const StatusFields = (fields: FieldsProps) => {
  const column = useSignal(fields.start.columns.status ?? "");
  return (
    <>
      <Column
        {...fields}
        of="status"
        onPick={(value) => {
          column.value = value;
        }}
      />
      {column.value !== "" && (
        <Words
          key={column.value}
          list="done"
          words={wordsFor(fields, "status", column.value)}
          fault={fields.fault}
        />
      )}
    </>
  );
};

/** Which column is what. */
export const ColumnFields = (fields: FieldsProps) => (
  <>
    <Column {...fields} of="amount" />
    <SelectField
      name="unit"
      label={t("recon.map.unit")}
      choices={mappingUnits.map((value) => ({ value, label: t(`recon.map.unit.${value}`) }))}
      value={fields.start.unit}
    />
    {(["day", "clock", "order", "transaction"] as const).map((role) => (
      <Column key={role} {...fields} of={role} />
    ))}
    <DirectionFields {...fields} />
    <Column {...fields} of="original" />
    <Column {...fields} of="refund" />
    <StatusFields {...fields} />
    <Fold title={t("recon.map.more")}>
      {(["channelRefund", "channel", "merchant", "terminal", "name"] as const).map((role) => (
        <Column key={role} {...fields} of={role} />
      ))}
    </Fold>
  </>
);
