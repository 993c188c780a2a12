import { useSignal, type Signal } from "@preact/signals";

import type { Result } from "../../../domain/result.ts";
import type { AmountLimits } from "../../../domain/rights.ts";
import { parseStaff } from "../../../domain/staff-entry.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import {
  changeStaff,
  disableStaff,
  enableStaff,
  type ChangeStaffFault,
  type Person,
} from "../../../usecases/change-staff.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { announce } from "../../components/announce.ts";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { EntryFields, readTyped, useChoices, type Choices } from "./entry-fields.tsx";
import { useFieldFaults } from "./field-faults.ts";
import { onForm } from "./on-form.ts";
import { PinSheet } from "./pin-sheet.tsx";

type Sentence = `people.${"saved" | "disabled_done" | "enabled_done" | "pin_done"}`;
type Said = Signal<Sentence | undefined>;

const useChange = (staff: Staff, said: Said) => {
  const { busy, fault, run } = useJob();
  const entitled = useEntitled();
  const { currency } = useShell().shop;
  const change = async (
    sentence: Sentence,
    work: (deps: Deps) => Promise<Result<undefined, ChangeStaffFault>>,
  ): Promise<KnownFault | undefined> => {
    const done = await entitled.run(work);
    if (!done.ok) return done.fault;
    said.value = sentence;
    announce(t(sentence));
    return undefined;
  };
  const act = (work: () => Promise<KnownFault | undefined>): Promise<boolean> => {
    said.value = undefined;
    return run(work);
  };
  return {
    busy,
    fault,
    sheet: entitled.sheet,
    save: (form: FormData, choices: Choices): Promise<boolean> =>
      act(async () => {
        const entry = parseStaff(readTyped(form, choices), currency);
        if (!entry.ok) return entry.fault;
        return change("people.saved", (deps) => changeStaff(deps, staff.staff, entry.value));
      }),
    toggle: (): Promise<boolean> =>
      act(() =>
        staff.active
          ? change("people.disabled_done", (deps) => disableStaff(deps, staff.staff))
          : change("people.enabled_done", (deps) => enableStaff(deps, staff.staff)),
      ),
  };
};

const PersonFacts = ({ staff, pin }: Person) => (
  <Card>
    <KeyValues
      pairs={[
        [t("people.state"), t(staff.active ? "people.active" : "people.inactive")],
        [t("people.pin"), t(`people.pin_state.${pin}`)],
      ]}
    />
  </Card>
);

/** A person and the limits of the roles. */
export type PersonParts = { readonly person: Person; readonly limits: AmountLimits };

/** What may be changed about a person: on and off, PIN, and what they may do. */
export const PersonForm = ({ person, limits }: PersonParts) => {
  const { staff, own } = person;
  const self = useDeps().staff()?.staff === staff.staff;
  const said = useSignal<Sentence | undefined>(undefined);
  const pinOpen = useSignal(false);
  const choices = useChoices(staff.role, staff.grants);
  const { busy, fault, sheet, save, toggle } = useChange(staff, said);
  const faults = useFieldFaults(fault.value);
  const closePin = (): void => {
    pinOpen.value = false;
  };
  const onPinDone = (): void => {
    closePin();
    said.value = "people.pin_done";
    announce(t("people.pin_done"));
  };
  const submit = async (form: FormData): Promise<void> => {
    await save(form, choices);
  };
  return (
    <>
      <form class="screen" noValidate onSubmit={onForm(busy, submit)}>
        {said.value !== undefined && <Banner tone="info" icon="check" title={t(said.value)} />}
        <PersonFacts {...person} />
        <div class="u-grid-2">
          <Button
            icon="lock"
            onClick={() => {
              pinOpen.value = true;
            }}
          >
            {t(self ? "people.change_pin" : "people.reset_pin")}
          </Button>
          <Button icon={staff.active ? "ban" : "user-check"} onClick={() => void toggle()}>
            {t(staff.active ? "people.disable" : "people.enable")}
          </Button>
        </div>
        {staff.active && <p class="u-small">{t("people.disable_note")}</p>}
        <EntryFields
          name={staff.name}
          own={own}
          limits={limits}
          choices={choices}
          faults={faults}
        />
        <FaultNote fault={faults.other} />
        <BottomBar>
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("action.save")}
          </Button>
        </BottomBar>
      </form>
      {sheet}
      {pinOpen.value && (
        <PinSheet person={staff} own={self} onDone={onPinDone} onClose={closePin} />
      )}
    </>
  );
};
