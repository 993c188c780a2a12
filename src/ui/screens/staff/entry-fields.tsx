import { useSignal, type Signal } from "@preact/signals";

import { money, writeAmount, type MinorUnits } from "../../../domain/money.ts";
import { grantsFor, roles, type TypedStaff } from "../../../domain/staff-entry.ts";
import type { AmountLimits } from "../../../domain/rights.ts";
import type { Role } from "../../../domain/journal-event.ts";
import type { MessageKey } from "../../../i18n/index.ts";
import { ChipGroup } from "../../components/chip-group.tsx";
import { Switch, TextField } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { Rows } from "../../components/row.tsx";
import { textIn } from "../../form-text.ts";
import { useFormat } from "../../format.ts";
import { t, tWith } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";

/** What is chosen by tapping; name and limit are read from the form. */
export type Choices = {
  readonly role: Signal<Role>;
  readonly grants: Signal<readonly string[]>;
};

export const useChoices = (role: Role, grants: readonly string[]): Choices => ({
  role: useSignal(role),
  grants: useSignal(grants),
});

/** The form as it stands. */
export const readTyped = (form: FormData, { role, grants }: Choices): TypedStaff => ({
  name: textIn(form, "name"),
  role: role.peek(),
  limit: textIn(form, "limit"),
  grants: grants.peek(),
});

const Limit = ({
  role,
  own,
  limits,
  fault,
}: {
  readonly role: Role;
  readonly own: MinorUnits | undefined;
  readonly limits: AmountLimits;
  readonly fault: string | undefined;
}) => {
  const format = useFormat();
  const { currency } = useShell().shop;
  const usual = limits[role];
  const help =
    usual === undefined
      ? t("people.limit_help_none")
      : t("people.limit_help", { amount: format.money(money(usual, currency)) });
  return (
    <TextField
      name="limit"
      label={t("people.limit")}
      help={help}
      fault={fault}
      optional
      look="figure"
      inputMode="decimal"
      maxLength={12}
      defaultValue={own === undefined ? "" : writeAmount(money(own, currency))}
    />
  );
};

const grantsTitle = (given: number): string =>
  given === 0 ? t("people.grants") : t("people.grants_given", { n: given });

/** Folded, because a role says nearly everything; how many are given is in the line. */
const Grants = ({ role, grants }: { readonly role: Role; readonly grants: Choices["grants"] }) => (
  <Fold title={grantsTitle(grants.value.length)}>
    <Rows>
      {grantsFor(role).map((grant) => (
        <Switch
          key={grant}
          name={grant}
          label={tWith(`people.grant.${grant}` as MessageKey, {})}
          help={tWith(`people.grant_note.${grant}` as MessageKey, {})}
          on={grants.value.includes(grant)}
          onToggle={(on) => {
            const others = grants.peek().filter((one) => one !== grant);
            grants.value = on ? [...others, grant] : others;
          }}
        />
      ))}
    </Rows>
  </Fold>
);

/** Name, role, own limit and permissions of a person. */
export const EntryFields = ({
  name,
  own,
  limits,
  choices: { role, grants },
  faults,
}: {
  readonly name: string;
  readonly own: MinorUnits | undefined;
  readonly limits: AmountLimits;
  readonly choices: Choices;
  readonly faults: { readonly name: string | undefined; readonly limit: string | undefined };
}) => (
  <>
    <TextField
      name="name"
      label={t("people.name")}
      help={t("people.name_help")}
      fault={faults.name}
      maxLength={60}
      defaultValue={name}
      required
    />
    <div class="u-tight">
      <ChipGroup
        legend={t("people.role")}
        name="role"
        columns={2}
        choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={role.value}
        onPick={(picked) => {
          role.value = picked;
        }}
      />
      <p class="u-small">{t(`people.role_note.${role.value}`)}</p>
    </div>
    {(role.value === "clerk" || role.value === "lead") && (
      <>
        <Limit role={role.value} own={own} limits={limits} fault={faults.limit} />
        <Grants role={role.value} grants={grants} />
      </>
    )}
  </>
);
