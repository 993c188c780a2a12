import { textIn } from "../../form-text.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { KnownFault } from "../../../i18n/fault-messages.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { FaultNote, useFaultText } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { useStart } from "../../deps.tsx";
import { useJob } from "../../job.ts";
import { t } from "../../language.ts";
import { PinField } from "../welcome/pin-field.tsx";

const useReset = (person: Staff, onDone: () => void) => {
  const { resetPin } = useStart();
  const { busy, fault, run } = useJob();
  const submit = async (form: FormData): Promise<void> => {
    const pin = textIn(form, "pin");
    const entry = { staff: person.staff, recoveryCode: textIn(form, "code").trim(), pin };
    const done = await run(async () => {
      if (pin !== textIn(form, "again")) return { kind: "pin_differs" };
      const reset = await resetPin(entry);
      return reset.ok ? undefined : reset.fault;
    });
    if (done) onDone();
  };
  return { busy, fault, submit };
};

/** The owner's way back: the recovery code and a new PIN twice; what was typed stays when it is refused. */
export const ResetForm = ({
  person,
  onDone,
  onCancel,
}: {
  readonly person: Staff;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}) => {
  const { busy, fault, submit } = useReset(person, onDone);
  const text = useFaultText();
  const faultOf = (...kinds: readonly KnownFault["kind"][]): string | undefined =>
    fault.value !== undefined && kinds.includes(fault.value.kind) ? text(fault.value) : undefined;
  const code = faultOf("wrong_recovery_code");
  const pin = faultOf("pin_length", "pin_weak");
  const again = faultOf("pin_differs");
  const placed = code ?? pin ?? again;
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement && !busy.value)
      void submit(new FormData(event.currentTarget));
  };
  return (
    <form class="screen" noValidate onSubmit={onSubmit}>
      <TextField
        name="code"
        label={t("reset.code")}
        help={t("reset.code_help")}
        fault={code}
        look="mono"
        spellcheck={false}
        maxLength={40}
        required
      />
      <PinField name="pin" label={t("reset.pin")} help={t("first.pin_truth")} fault={pin} />
      <PinField name="again" label={t("reset.pin_again")} fault={again} />
      {placed === undefined && <FaultNote fault={fault.value} />}
      <Button kind="text" onClick={onCancel}>
        {t("action.cancel")}
      </Button>
      <BottomBar>
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("reset.submit")}
        </Button>
      </BottomBar>
    </form>
  );
};
