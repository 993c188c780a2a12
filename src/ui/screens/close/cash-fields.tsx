import type { Signal } from "@preact/signals";

import type { Money } from "../../../domain/money.ts";
import { cashDifference, expectedCash, parseCashCount } from "../../../domain/shift.ts";
import type { CloseEntry } from "../../../usecases/close-shift.ts";
import { NoteField, TextField } from "../../components/field.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";

const fields = ["open", "takings", "counted"] as const;

/** What should be in the drawer and by how much it differs, as soon as all three read as amounts. */
const Expected = ({ entry, paidOut }: { readonly entry: CloseEntry; readonly paidOut: Money }) => {
  const format = useFormat();
  const read = parseCashCount(entry, paidOut.currency);
  const count = read.ok ? read.value : undefined;
  return (
    <KeyValues
      pairs={[
        [t("proof.close.paid_out"), format.money(paidOut)],
        ...(count === undefined
          ? []
          : [
              [t("proof.close.expected"), format.money(expectedCash(count, paidOut))] as const,
              [
                t("proof.close.difference"),
                format.difference(cashDifference(count, paidOut)),
              ] as const,
            ]),
      ]}
    />
  );
};

/** The drawer: what it began with, what came in, what is in it now; for shops that have one (X38). */
export const CashFields = ({
  entry,
  paidOut,
}: {
  readonly entry: Signal<CloseEntry>;
  readonly paidOut: Money;
}) => {
  const change = (name: keyof CloseEntry, text: string): void => {
    entry.value = { ...entry.peek(), [name]: text };
  };
  return (
    <section class="u-stack">
      <h2>{t("proof.close.cash")}</h2>
      <p class="u-small">{t("proof.close.cash_note")}</p>
      {fields.map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(`proof.close.${name}`)}
          look="figure"
          inputMode="decimal"
          maxLength={16}
          onInput={(event) => change(name, event.currentTarget.value)}
        />
      ))}
      <Expected entry={entry.value} paidOut={paidOut} />
      <NoteField
        name="reason"
        label={t("proof.close.reason")}
        maxLength={200}
        optional
        onInput={(event) => change("reason", event.currentTarget.value)}
      />
    </section>
  );
};
