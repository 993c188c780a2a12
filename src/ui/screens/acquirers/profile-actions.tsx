import { useSignal } from "@preact/signals";

import { writeProfile } from "../../../domain/acquirers/edited-profile.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { addProfile, resetProfile } from "../../../usecases/change-profile.ts";
import { Button } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { TextField } from "../../components/field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { replaceWith } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { profileName } from "./acquirer-words.ts";
import { useProfileChange } from "./use-profile-change.ts";

type Props = { readonly profile: AcquirerProfile; readonly onClose: () => void };

const nameOnly: ReadonlySet<string> = new Set(["acquirer", "copyOf", "name"]);

/** Whether anything but its name differs from what this version ships. */
const isEdited = (profile: AcquirerProfile): boolean =>
  Object.keys(writeProfile(profile)).some((member) => !nameOnly.has(member));

const CopySheet = ({ profile, onClose }: Props) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const copy = async (form: HTMLFormElement): Promise<void> => {
    const name = textIn(new FormData(form), "name");
    const said = t("acquirers.copied");
    const id = await change(said, (deps) => addProfile(deps, profile.id, name));
    if (id === undefined) return;
    onClose();
    replaceWith(linkTo("acquirer", { id }));
  };
  const refused = fault.value?.kind === "bad_policy";
  return (
    <Sheet title={t("acquirers.copy")} onClose={onClose}>
      <form
        class="u-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void copy(event.currentTarget);
        }}
      >
        <p>{t("acquirers.copy_text")}</p>
        <TextField
          name="name"
          label={t("acquirers.edit.name")}
          defaultValue={`${profileName(profile)} 2`}
          fault={refused ? t("acquirers.bad.text") : undefined}
          maxLength={40}
          required
        />
        <FaultNote fault={refused ? undefined : fault.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("acquirers.copy_save")}
        </Button>
      </form>
      {sheet}
    </Sheet>
  );
};

const ResetSheet = ({ profile, onClose }: Props) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const reset = async (): Promise<void> => {
    const said = t("acquirers.reset_done");
    const saved = await change(said, (deps) => resetProfile(deps, profile.id));
    if (saved !== undefined) onClose();
  };
  return (
    <Sheet title={t("acquirers.reset")} onClose={onClose}>
      <p>{t("acquirers.reset_text")}</p>
      <FaultNote fault={fault.value} />
      <Button kind="primary" busy={busy.value} onClick={() => void reset()}>
        {t("acquirers.reset")}
      </Button>
      {sheet}
    </Sheet>
  );
};

/** Copy and reset, each behind one sentence. */
export const ProfileActions = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const open = useSignal<"copy" | "reset" | undefined>(undefined);
  const close = (): void => {
    open.value = undefined;
  };
  return (
    <>
      <div class="u-grid-2">
        <Button
          icon="copy"
          onClick={() => {
            open.value = "copy";
          }}
        >
          {t("acquirers.copy")}
        </Button>
        {isEdited(profile) && (
          <Button
            icon="undo-2"
            onClick={() => {
              open.value = "reset";
            }}
          >
            {t("acquirers.reset")}
          </Button>
        )}
      </div>
      {open.value === "copy" && <CopySheet profile={profile} onClose={close} />}
      {open.value === "reset" && <ResetSheet profile={profile} onClose={close} />}
    </>
  );
};
