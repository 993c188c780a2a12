import { useLayoutEffect } from "preact/hooks";

import { parseStaff } from "../../../domain/staff-entry.ts";
import type { AmountLimits } from "../../../domain/rights.ts";
import { addStaff, listPeople } from "../../../usecases/change-staff.ts";
import { announce } from "../../components/announce.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { useEntitled } from "../../entitled.tsx";
import { textIn } from "../../form-text.ts";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { PinField } from "../welcome/pin-field.tsx";
import { EntryFields, readTyped, useChoices, type Choices } from "./entry-fields.tsx";
import { useFieldFaults } from "./field-faults.ts";
import { onForm } from "./on-form.ts";

const useAdd = (choices: Choices) => {
  const { run, sheet } = useEntitled();
  const job = useJob();
  const { currency } = useShell().shop;
  const submit = async (form: FormData): Promise<void> => {
    const typed = readTyped(form, choices);
    const pin = { pin: textIn(form, "pin"), again: textIn(form, "again") };
    const done = await job.run(async () => {
      const entry = parseStaff(typed, currency);
      if (!entry.ok) return entry.fault;
      const added = await run((deps) => addStaff(deps, entry.value, pin));
      return added.ok ? undefined : added.fault;
    });
    if (!done) return;
    announce(t("people.added", { name: typed.name }));
    replaceWith(linkTo("staff"));
  };
  return { busy: job.busy, fault: job.fault, submit, sheet };
};

const NewPerson = ({ limits }: { readonly limits: AmountLimits }) => {
  const choices = useChoices("clerk", []);
  const { busy, fault, submit, sheet } = useAdd(choices);
  const faults = useFieldFaults(fault.value);
  return (
    <>
      <form class="screen" noValidate onSubmit={onForm(busy, submit)}>
        <EntryFields name="" own={undefined} limits={limits} choices={choices} faults={faults} />
        <PinField
          name="pin"
          label={t("people.first_pin")}
          help={t("people.first_pin_help")}
          fault={faults.pin}
        />
        <PinField name="again" label={t("first.pin_again")} fault={faults.again} />
        <p class="u-small">{t("first.pin_truth")}</p>
        <FaultNote fault={faults.other} />
        <BottomBar>
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("people.add")}
          </Button>
        </BottomBar>
      </form>
      {sheet}
    </>
  );
};

/** P2: somebody joins, with a first PIN. */
export const NewPersonScreen = () => {
  const deps = useDeps();
  const { markDraftOpen } = useAbilities();
  useLayoutEffect(() => markDraftOpen(), []);
  const list = readyValue(
    useLive(
      () => deps,
      (open) => listPeople(open),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("people.add")} back={linkTo("staff")} />
      {list !== undefined && <NewPerson limits={list.limits} />}
    </>
  );
};
