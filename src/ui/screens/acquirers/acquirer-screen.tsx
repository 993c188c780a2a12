import { countUnverified, type AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { t } from "../../language.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { profileName } from "./acquirer-words.ts";
import { ErrorList } from "./error-list.tsx";
import { ProfileActions } from "./profile-actions.tsx";
import { ProfileFacts, ProfileNotes } from "./profile-facts.tsx";
import { useProfiles } from "./use-profiles.ts";

const ProfilePage = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const open = countUnverified(profile);
  return (
    <>
      <p>
        <Facts
          facts={[
            t("acquirers.settled", { mode: t(`acquirers.settlement.${profile.settlement}`) }),
            open > 0 && t("acquirers.unverified_n", { n: open }),
            profile.copyOf !== undefined &&
              t("acquirers.copy_of", { name: profileName({ id: profile.copyOf }) }),
          ]}
        />
      </p>
      <ProfileFacts profile={profile} />
      <ProfileNotes profile={profile} />
      <ErrorList profile={profile} />
      <ButtonLink icon="table" href={linkTo("acquirer_columns", { id: profile.id })}>
        {t("acquirers.columns.entry")}
      </ButtonLink>
      <ProfileActions profile={profile} />
      <BottomBar>
        <ButtonLink kind="primary" icon="pencil" href={linkTo("acquirer_edit", { id: profile.id })}>
          {t("acquirers.edit_title", { name: profileName(profile) })}
        </ButtonLink>
      </BottomBar>
    </>
  );
};

/** P9: everything about one acquirer, with its source and whether anybody confirmed it. */
export const AcquirerScreen = ({ route }: { readonly route: RouteOf<"acquirer"> }) => {
  const { id } = route.args;
  const profiles = useProfiles();
  const profile = profiles?.find((one) => one.id === id);
  return (
    <>
      <PageHeader title={profileName(profile ?? { id })} back={linkTo("acquirers")} />
      {profile !== undefined && <ProfilePage key={id} profile={profile} />}
      {profiles !== undefined && profile === undefined && (
        <Empty icon="search" text={t("screen.missing")} />
      )}
    </>
  );
};
