import { countUnverified, type AcquirerProfile } from "../../../domain/acquirers/profile.ts";
import { Tag } from "../../components/badge.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { route } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { profileName } from "./acquirer-words.ts";
import { useProfiles } from "./use-profiles.ts";

const ProfileRow = ({ profile }: { readonly profile: AcquirerProfile }) => {
  const open = countUnverified(profile);
  const { name, args } = route.value;
  return (
    <Row
      href={linkTo("acquirer", { id: profile.id })}
      title={<bdi>{profileName(profile)}</bdi>}
      facts={[
        t("acquirers.settled", { mode: t(`acquirers.settlement.${profile.settlement}`) }),
        profile.copyOf !== undefined &&
          t("acquirers.copy_of", { name: profileName({ id: profile.copyOf }) }),
      ]}
      end={
        open > 0 && (
          <Tag icon="circle-alert" tone="warn">
            {t("acquirers.unverified_n", { n: open })}
          </Tag>
        )
      }
      current={name === "acquirer" && args.id === profile.id}
    />
  );
};

/** P9: every acquirer with how it settles and how much of it nobody confirmed. */
export const AcquirersScreen = () => {
  const profiles = useProfiles();
  return (
    <>
      <PageHeader title={t("acquirers.title")} back={linkTo("more")} />
      <p class="u-small">{t("acquirers.list_note")}</p>
      {profiles !== undefined && (
        <Rows>
          {profiles.map((profile) => (
            <ProfileRow key={profile.id} profile={profile} />
          ))}
        </Rows>
      )}
    </>
  );
};
