import { useComputed } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { parseProfileForm, type ProfileEntry } from "../../../domain/acquirers/profile-form.ts";
import type { AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { rightOf } from "../../../domain/rights.ts";
import { changeProfile } from "../../../usecases/change-profile.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { textIn } from "../../form-text.ts";
import { t } from "../../language.ts";
import { goBack } from "../../router.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { profileName } from "./acquirer-words.ts";
import { BadMemberContext, type BadMember } from "./edit-field.tsx";
import { EditFields } from "./edit-fields.tsx";
import { badMemberText } from "./field-fault.ts";
import { useProfileChange } from "./use-profile-change.ts";
import { useProfiles } from "./use-profiles.ts";

const entryOf = (form: HTMLFormElement): ProfileEntry => {
  const data = new FormData(form);
  return {
    text: (name) => textIn(data, name),
    ticks: (name) => data.getAll(name).filter((one) => typeof one === "string"),
  };
};

const useEdit = (profile: AcquirerProfile) => {
  const { busy, fault, sheet, change } = useProfileChange();
  const save = async (form: HTMLFormElement): Promise<void> => {
    const entry = entryOf(form);
    const saved = await change(t("acquirers.saved"), async (deps) => {
      const edited = parseProfileForm(profile, entry);
      return edited.ok ? changeProfile(deps, edited.value) : edited;
    });
    if (saved !== undefined) goBack(linkTo("acquirer", { id: profile.id }));
  };
  const bad = useComputed((): BadMember | undefined => {
    const told = fault.value;
    if (told?.kind !== "bad_policy") return undefined;
    return { at: told.at, text: badMemberText(told.at, profile) };
  });
  return { busy, fault, bad, sheet, save };
};

const EditForm = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const { markDraftOpen } = useAbilities();
  const staff = useDeps().staff();
  const { busy, fault, bad, sheet, save } = useEdit(profile);
  useLayoutEffect(() => markDraftOpen(), []); // no update comes over a half-filled form
  const owns = staff !== undefined && rightOf(staff, "manage_policy") === "yes";
  return (
    <>
      <form
        class="screen"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <p class="u-small">{t("acquirers.edit_note")}</p>
        <BadMemberContext.Provider value={bad.value}>
          <EditFields profile={profile} />
        </BadMemberContext.Provider>
        <BottomBar {...(owns ? {} : { policy: t("acquirers.edit_owner") })}>
          <FaultNote fault={fault.value} />
          <Button kind="primary" type="submit" busy={busy.value}>
            {t("acquirers.edit_save")}
          </Button>
        </BottomBar>
      </form>
      {sheet}
    </>
  );
};

/** P9: the form of one acquirer; what is saved is a new version. */
export const AcquirerEditScreen = ({ route }: { readonly route: RouteOf<"acquirer_edit"> }) => {
  const { id } = route.args;
  const profiles = useProfiles();
  const profile = profiles?.find((one) => one.id === id);
  return (
    <>
      <PageHeader
        title={t("acquirers.edit_title", { name: profileName(profile ?? { id }) })}
        back={linkTo("acquirer", { id })}
      />
      {profile !== undefined && <EditForm key={id} profile={profile} />}
      {profiles !== undefined && profile === undefined && (
        <Empty icon="search" text={t("screen.missing")} />
      )}
    </>
  );
};
