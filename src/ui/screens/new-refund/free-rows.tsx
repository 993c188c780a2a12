import type { Money } from "../../../domain/money.ts";
import { worthOfFree } from "../../../domain/goods-lines.ts";
import { Amount } from "../../components/amount.tsx";
import { Button, IconButton } from "../../components/button.tsx";
import { TextField, FaultLine } from "../../components/field.tsx";
import { t } from "../../language.ts";
import { freeLineOf, type FreeRow } from "./refund-entry.ts";

const emptyRow: FreeRow = { name: "", price: "", quantity: "1" };

const isStarted = ({ name, price }: FreeRow): boolean => name !== "" || price !== "";

const RowFields = ({
  row,
  left,
  onChange,
  onRemove,
}: {
  readonly row: FreeRow;
  readonly left: Money;
  readonly onChange: (row: FreeRow) => void;
  readonly onRemove: () => void;
}) => {
  const line = freeLineOf(row, left);
  const worth = line && worthOfFree(line);
  return (
    <li class="free-row">
      <TextField
        name="line-name"
        label={t("refund.lines.name")}
        defaultValue={row.name}
        maxLength={100}
        optional
        onInput={(event) => onChange({ ...row, name: event.currentTarget.value })}
      />
      <div class="free-numbers">
        <TextField
          name="line-price"
          label={t("refund.lines.price")}
          inputMode="decimal"
          defaultValue={row.price}
          maxLength={16}
          onInput={(event) => onChange({ ...row, price: event.currentTarget.value })}
        />
        <TextField
          name="line-quantity"
          label={t("refund.lines.quantity")}
          inputMode="decimal"
          defaultValue={row.quantity}
          maxLength={16}
          onInput={(event) => onChange({ ...row, quantity: event.currentTarget.value })}
        />
        <IconButton icon="trash" label={t("refund.lines.remove")} onClick={onRemove} />
      </div>
      {worth !== undefined && (
        <p class="free-worth">
          <Amount money={worth} />
        </p>
      )}
      {line === undefined && isStarted(row) && <FaultLine>{t("fault.bad_quantity")}</FaultLine>}
    </li>
  );
};

/** Goods typed by hand: name, price of one, how many; half a unit is a quantity too (X32). */
export const FreeRows = ({
  rows,
  left,
  onChange,
}: {
  readonly rows: readonly FreeRow[];
  readonly left: Money;
  readonly onChange: (rows: readonly FreeRow[]) => void;
}) => (
  <div class="u-stack">
    <ul class="free-rows">
      {rows.map((row, at) => (
        <RowFields
          key={at}
          row={row}
          left={left}
          onChange={(changed) => onChange(rows.map((one, index) => (index === at ? changed : one)))}
          onRemove={() => onChange(rows.filter((_, index) => index !== at))}
        />
      ))}
    </ul>
    <Button icon="plus" onClick={() => onChange([...rows, emptyRow])}>
      {t("refund.lines.add")}
    </Button>
  </div>
);
