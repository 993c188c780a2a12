import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Currency } from "../../../domain/currency.ts";
import { parseAmount, type AmountFault, type Money } from "../../../domain/money.ts";
import { ok, type Result } from "../../../domain/result.ts";
import { whoMay } from "../../../domain/rights.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { listStaff } from "../../../storage/queries.ts";
import {
  enrolDevice,
  type EnrolAnswer,
  type EnrolEntry,
  type ReadRequest,
} from "../../../usecases/enrol-device.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Card } from "../../components/key-values.tsx";
import { Progress } from "../../components/progress.tsx";
import { Segments } from "../../components/segments.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { useShell } from "../../shell-context.tsx";
import { onForm } from "../staff/on-form.ts";
import { Fingerprint } from "./fingerprint.tsx";
import { RecoveryField } from "./recovery-field.tsx";

type Role = EnrolEntry["role"];

const roles: readonly Role[] = ["device", "approver"];

const readLimit = (typed: string, currency: Currency): Result<Money | undefined, AmountFault> =>
  typed.trim() === "" ? ok(undefined) : parseAmount(typed, currency);

const readEntry = (
  form: FormData,
  { role, people, currency }: { role: Role; people: readonly Staff[]; currency: Currency },
): Result<EnrolEntry, AmountFault> => {
  const entry = { label: textIn(form, "label"), role, recoveryCode: textIn(form, "recovery") };
  const limit = readLimit(textIn(form, "limit"), currency);
  if (!limit.ok) return limit;
  if (role === "device") return ok({ ...entry, limit: limit.value });
  const holder = people.find(({ staff }) => staff === textIn(form, "staff"))?.staff;
  return ok({ ...entry, limit: limit.value, staff: holder });
};

const HolderField = ({ people }: { readonly people: readonly Staff[] }) => (
  <SelectField
    name="staff"
    label={t("devices.holder")}
    choices={people.map(({ staff, name }) => ({ value: staff, label: name }))}
    value={people[0]?.staff}
  />
);

const LimitField = ({
  role,
  fault,
}: {
  readonly role: Role;
  readonly fault: string | undefined;
}) => (
  <TextField
    key={role}
    name="limit"
    label={t(`devices.compare.limit.${role}`)}
    help={t(`devices.compare.limit_help.${role}`)}
    fault={fault}
    inputMode="decimal"
    look="figure"
    optional
  />
);

const labelFaults: ReadonlySet<KnownFault["kind"]> = new Set(["label_missing", "label_taken"]);
const limitFaults: ReadonlySet<KnownFault["kind"]> = new Set([
  "amount_not_a_number",
  "amount_too_many_decimals",
  "amount_too_large",
]);

type Props = {
  readonly request: ReadRequest;
  /** What the invitation called it. */
  readonly label: string;
  readonly onAnswer: (answer: EnrolAnswer, label: string) => void;
  readonly onDiffers: () => void;
};

const useEnrol = ({ request, onAnswer }: Props) => {
  const deps = useDeps();
  const { currency } = useShell().shop;
  const role = useSignal<Role>("device");
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const staff = readyValue(
    useLive(
      () => deps,
      ({ journal }) => listStaff(journal.db),
    ).value,
  );
  const people = whoMay(staff ?? [], "approve");
  const submit = async (form: FormData): Promise<void> => {
    await run(async () => {
      const entry = readEntry(form, { role: role.peek(), people, currency });
      if (!entry.ok) return entry.fault;
      const done = await entitled.run((acting) => enrolDevice(acting, request, entry.value));
      if (!done.ok) return done.fault;
      onAnswer(done.value, entry.value.label);
      return undefined;
    });
  };
  return { role, people, busy, fault, submit, sheet: entitled.sheet };
};

/** Both screens show the same 8 groups, or nothing goes on; then the owner says what the device may do. */
export const CompareForm = (props: Props) => {
  const { role, people, busy, fault, submit, sheet } = useEnrol(props);
  const text = useFaultText();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const known = fault.value;
  const at = (kinds: typeof labelFaults): string | undefined =>
    known !== undefined && kinds.has(known.kind) ? text(known) : undefined;
  const [label, limit] = [at(labelFaults), at(limitFaults)];
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {t("devices.compare.title")}
      </h2>
      <p>{t("devices.compare.lead")}</p>
      <Card>
        <Fingerprint label={t("devices.fingerprint")} text={props.request.fingerprint} />
      </Card>
      <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
        <Segments
          label={t("devices.role")}
          name="role"
          choices={roles.map((value) => ({ value, label: t(`devices.role.${value}`) }))}
          value={role.value}
          onPick={(picked) => {
            role.value = picked;
          }}
        />
        <TextField
          name="label"
          label={t("devices.compare.label")}
          help={t("devices.compare.label_help")}
          fault={label}
          defaultValue={props.label}
          maxLength={12}
          required
        />
        {role.value === "approver" && <HolderField people={people} />}
        <LimitField role={role.value} fault={limit} />
        <RecoveryField />
        {label === undefined && limit === undefined && <FaultNote fault={known} />}
        {busy.value && <Progress label={t("devices.compare.making")} />}
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("devices.compare.same")}
        </Button>
      </form>
      <Button icon="circle-x" onClick={props.onDiffers}>
        {t("devices.compare.differs")}
      </Button>
      {sheet}
    </>
  );
};
