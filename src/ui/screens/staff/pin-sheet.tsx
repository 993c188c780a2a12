import { useSignal } from "@preact/signals";

import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import {
  changeOwnPin,
  resetStaffPin,
  type NewPin,
  type OwnPinFault,
} from "../../../usecases/change-staff.ts";
import type { UnlockFault } from "../../../usecases/unlock.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { pinFaultText } from "../../components/person-pin.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { PinField } from "../welcome/pin-field.tsx";
import { useFieldFaults } from "./field-faults.ts";
import { onForm } from "./on-form.ts";

type PinParts = { readonly person: Staff; readonly onDone: () => void };

/** The old PIN is told by its own words: how many tries are left. */
type OldFault = Extract<UnlockFault, { kind: "wrong_pin" | "wait" }>;

const isOld = (fault: OwnPinFault): fault is OldFault =>
  fault.kind === "wrong_pin" || fault.kind === "wait";

const readPin = (form: FormData): NewPin => ({
  pin: textIn(form, "pin"),
  again: textIn(form, "again"),
});

const NewPinFields = ({ fault }: { readonly fault: KnownFault | undefined }) => {
  const faults = useFieldFaults(fault);
  return (
    <>
      <PinField name="pin" label={t("reset.pin")} help={t("first.pin_truth")} fault={faults.pin} />
      <PinField name="again" label={t("reset.pin_again")} fault={faults.again} />
      <p class="u-small">{t("people.pin_kept")}</p>
      <FaultNote fault={faults.other} />
    </>
  );
};

const OwnPinForm = ({ onDone }: Pick<PinParts, "onDone">) => {
  const deps = useDeps();
  const { busy, fault, run } = useJob();
  const old = useSignal<OldFault | undefined>(undefined);
  const submit = async (form: FormData): Promise<void> => {
    old.value = undefined;
    const done = await run(async () => {
      const changed = await changeOwnPin(deps, { old: textIn(form, "old"), ...readPin(form) });
      if (changed.ok) return undefined;
      if (!isOld(changed.fault)) return changed.fault;
      old.value = changed.fault;
      return undefined;
    });
    if (done && old.peek() === undefined) onDone();
  };
  return (
    <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
      <TextField
        name="old"
        label={t("people.old_pin")}
        fault={pinFaultText(old.value)}
        type="password"
        inputMode="numeric"
        autocomplete="current-password"
        look="figure"
        maxLength={6}
        required
      />
      <NewPinFields fault={fault.value} />
      <Button kind="primary" type="submit" busy={busy.value}>
        {t("people.change_pin")}
      </Button>
    </form>
  );
};

const ResetForm = ({ person, onDone }: PinParts) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const submit = async (form: FormData): Promise<void> => {
    const done = await run(async () => {
      const newPin = readPin(form);
      const set = await entitled.run((deps) => resetStaffPin(deps, person.staff, newPin));
      return set.ok ? undefined : set.fault;
    });
    if (done) onDone();
  };
  return (
    <>
      <form class="u-stack" noValidate onSubmit={onForm(busy, submit)}>
        <NewPinFields fault={fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("people.reset_pin")}
        </Button>
      </form>
      {entitled.sheet}
    </>
  );
};

/** A new PIN: one's own with the old one, another person's in an owner's name. */
export const PinSheet = ({
  person,
  own,
  onDone,
  onClose,
}: PinParts & {
  /** It is the person at the till. */
  readonly own: boolean;
  readonly onClose: () => void;
}) => (
  <Sheet title={t(own ? "people.change_pin" : "people.reset_pin")} onClose={onClose}>
    {own ? <OwnPinForm onDone={onDone} /> : <ResetForm person={person} onDone={onDone} />}
  </Sheet>
);
