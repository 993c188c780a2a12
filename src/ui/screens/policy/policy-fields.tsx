import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

import { eligibilities, reasonCodes, type ReasonCode } from "../../../domain/reasons.ts";
import type { PolicyField, PolicyForm } from "../../../domain/policy/policy-form.ts";
import { Fold } from "../../components/fold.tsx";
import { NoteField, SelectField, Switch, TextField } from "../../components/field.tsx";
import { Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";

/** What the fields say at first, and the sentence that one of them has against it. */
export type FieldsOf = {
  readonly form: PolicyForm;
  readonly faultAt: (field: PolicyField) => string | undefined;
};

const Part = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <section class="policy-part">
    <h2>{title}</h2>
    {children}
  </section>
);

type OneField = FieldsOf & {
  readonly field: PolicyField;
  readonly label: string;
  readonly help?: string;
};

const shown = ({ form, faultAt, field, label, help }: OneField) => ({
  name: field,
  label,
  ...(help === undefined ? {} : { help }),
  fault: faultAt(field),
  defaultValue: form(field),
});

const DaysField = ({ optional = false, ...one }: OneField & { readonly optional?: boolean }) => (
  <TextField {...shown(one)} optional={optional} look="figure" inputMode="numeric" maxLength={4} />
);

const AmountField = ({ optional = false, ...one }: OneField & { readonly optional?: boolean }) => (
  <TextField {...shown(one)} optional={optional} look="figure" inputMode="decimal" maxLength={12} />
);

const TickField = ({ form, field, label, help }: OneField) => {
  const on = useSignal(form(field) === "on");
  return (
    <Switch
      name={field}
      label={label}
      help={help}
      on={on.value}
      onToggle={(next) => {
        on.value = next;
      }}
    />
  );
};

const Periods = (fields: FieldsOf) => (
  <Part title={t("policy.windows")}>
    {(["windowDays", "coolingOffDays"] as const).map((field) => {
      const key = field === "windowDays" ? "window_days" : "cooling_off_days";
      return (
        <DaysField
          key={field}
          {...fields}
          field={field}
          label={t(`policy.${key}`)}
          help={t(`policy.${key}_help`)}
        />
      );
    })}
  </Part>
);

const Proof = (fields: FieldsOf) => (
  <Part title={t("policy.proof")}>
    <Rows>
      <TickField
        {...fields}
        field="receiptRequired"
        label={t("policy.receipt_required")}
        help={t("policy.receipt_required_help")}
      />
      <TickField
        {...fields}
        field="unusedRequired"
        label={t("policy.unused_required")}
        help={t("policy.unused_required_help")}
      />
    </Rows>
    <AmountField {...fields} field="photoFrom" label={t("policy.photo_from")} />
    <AmountField {...fields} field="typedTwiceFrom" label={t("policy.typed_twice_from")} />
  </Part>
);

const Goods = (fields: FieldsOf) => (
  <Part title={t("policy.goods")}>
    <NoteField
      {...shown({
        ...fields,
        field: "excludedGoods",
        label: t("policy.excluded_goods"),
        help: t("policy.excluded_goods_help"),
      })}
      optional
    />
  </Part>
);

const Limits = ({ of: role, ...fields }: FieldsOf & { readonly of: "clerk" | "lead" }) => (
  <Part title={t(`policy.role.${role}`)}>
    <AmountField
      {...fields}
      field={`limits.${role}.amount`}
      label={t("policy.limit.amount")}
      optional
    />
    <DaysField {...fields} field={`limits.${role}.days`} label={t("policy.limit.days")} optional />
    <DaysField
      {...fields}
      field={`limits.${role}.refunds`}
      label={t("policy.limit.refunds")}
      optional
    />
    <p class="u-small">{t("policy.limit_help")}</p>
  </Part>
);

const ReasonField = ({ form, reason }: FieldsOf & { readonly reason: ReasonCode }) => {
  const field: PolicyField = `eligible.${reason}`;
  return (
    <SelectField
      name={field}
      label={t(`reason.${reason}`)}
      choices={eligibilities.map((value) => ({ value, label: t(`policy.eligible.${value}`) }))}
      value={eligibilities.find((one) => one === form(field))}
    />
  );
};

/** P3: every reason, the chips first. */
const Reasons = (fields: FieldsOf) => (
  <Fold title={t("policy.reasons")}>
    <div class="policy-part">
      {reasonCodes.map((reason) => (
        <ReasonField key={reason} {...fields} reason={reason} />
      ))}
    </div>
  </Fold>
);

const Texts = (fields: FieldsOf) => (
  <Part title={t("policy.text")}>
    <NoteField
      {...shown({
        ...fields,
        field: "text.zh",
        label: t("policy.text_zh"),
        help: t("policy.text_help"),
      })}
      maxLength={2000}
      optional
    />
    <NoteField
      {...shown({ ...fields, field: "text.en", label: t("policy.text_en") })}
      maxLength={4000}
      optional
    />
  </Part>
);

/** Everything an owner decides about refunds. */
export const PolicyFields = (fields: FieldsOf) => (
  <>
    <Periods {...fields} />
    <Proof {...fields} />
    <Goods {...fields} />
    <Limits {...fields} of="clerk" />
    <Limits {...fields} of="lead" />
    <Reasons {...fields} />
    <Texts {...fields} />
  </>
);
