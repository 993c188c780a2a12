import { isSame } from "../../../domain/acquirers/edited-profile.ts";
import {
  errorActions,
  errorMeanings,
  errorStates,
  type AcquirerError,
} from "../../../domain/acquirers/error-catalogue.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { cutText } from "../../../domain/typed-text.ts";
import { changeProfile } from "../../../usecases/change-profile.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { SelectField, TextField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { actionText } from "./acquirer-words.ts";
import { useProfileChange } from "./use-profile-change.ts";

type Props = { readonly profile: AcquirerProfile; readonly onClose: () => void };

const longestCode = 80;

/** Meanings that say something; "not listed" is what an entry ends. */
const meanings = errorMeanings.filter((meaning) => meaning !== "unlisted");

const chosen = <T extends string>(from: readonly [T, ...T[]], value: string): T =>
  from.find((one) => one === value) ?? from[0];

const errorIn = (form: FormData): AcquirerError => ({
  codes: [cutText(textIn(form, "code"), longestCode)],
  meaning: chosen(errorMeanings, textIn(form, "meaning")),
  state: chosen(errorStates, textIn(form, "state")),
  actions: [chosen(errorActions, textIn(form, "action"))],
  verified: true,
});

const Fields = ({ fault }: { readonly fault: string | undefined }) => (
  <>
    <TextField
      name="code"
      look="mono"
      label={t("acquirers.own_error.code")}
      fault={fault}
      maxLength={longestCode}
      spellcheck={false}
      required
    />
    <SelectField
      name="meaning"
      label={t("acquirers.own_error.meaning")}
      choices={meanings.map((value) => ({ value, label: t(`acquirers.error.${value}`) }))}
    />
    <SelectField
      name="state"
      label={t("acquirers.own_error.state")}
      choices={errorStates.map((value) => ({ value, label: t(`state.${value}`) }))}
      value="unknown"
    />
    <SelectField
      name="action"
      label={t("acquirers.own_error.action")}
      choices={errorActions.map((value) => ({ value, label: actionText(value) }))}
      value="query"
    />
  </>
);

/** An answer that no catalogue lists, as the owner learnt to read it. */
export const AddErrorSheet = ({ profile, onClose }: Props) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const save = async (form: HTMLFormElement): Promise<void> => {
    const own = errorIn(new FormData(form));
    const edited = { ...profile, ownErrors: [own, ...profile.ownErrors] };
    const said = t("acquirers.own_error.saved");
    if ((await change(said, (deps) => changeProfile(deps, edited))) !== undefined) onClose();
  };
  const refused = fault.value?.kind === "bad_policy";
  return (
    <Sheet title={t("acquirers.own_error.title")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <Fields fault={refused ? t("acquirers.bad.text") : undefined} />
        <FaultNote fault={refused ? undefined : fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("acquirers.own_error.save")}
        </Button>
      </form>
      {sheet}
    </Sheet>
  );
};

/** An entry of the owner's own, to be taken away again. */
export const OwnErrorSheet = ({
  profile,
  error,
  onClose,
}: Props & { readonly error: AcquirerError }) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const remove = async (): Promise<void> => {
    const ownErrors = profile.ownErrors.filter((one) => !isSame(one, error));
    const said = t("acquirers.own_error.removed");
    const saved = await change(said, (deps) => changeProfile(deps, { ...profile, ownErrors }));
    if (saved !== undefined) onClose();
  };
  const [code = ""] = error.codes;
  return (
    <Sheet title={code} onClose={onClose}>
      <p>{t(`acquirers.error.${error.meaning}`)}</p>
      <FaultNote fault={fault.value} />
      <Button kind="primary" icon="trash" busy={busy.value} onClick={() => void remove()}>
        {t("acquirers.own_error.remove", { code })}
      </Button>
      {sheet}
    </Sheet>
  );
};
