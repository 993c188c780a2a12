import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { PageHeader } from "../../components/page-header.tsx";
import { useStart } from "../../deps.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { OtherLanguages } from "../look/language-choice.tsx";
import { findPoorPlace } from "./browser-place.ts";

const promises = [
  ["scan-line", "welcome.fast"],
  ["cloud-off", "welcome.offline"],
  ["shield-check", "welcome.signed"],
] as const satisfies readonly (readonly [IconName, string])[];

const PoorPlace = () => {
  const place = findPoorPlace();
  return place === undefined ? undefined : <Banner tone="warn" title={t(`welcome.${place}`)} />;
};

/** S0: what it does in one glance, then practise or begin. */
export const WelcomeScreen = () => {
  const { startPractice } = useStart();
  return (
    <>
      <PageHeader title={t("welcome.title")}>
        <OtherLanguages />
      </PageHeader>
      <div class="welcome">
        <img class="welcome-mark" src="icons/icon.svg" alt="" width="88" height="88" />
        <p class="welcome-promise">{t("welcome.promise")}</p>
        <ul class="welcome-list">
          {promises.map(([icon, key]) => (
            <li key={key}>
              <Icon name={icon} />
              {t(key)}
            </li>
          ))}
        </ul>
        <p class="u-small">{t("welcome.honest")}</p>
        <PoorPlace />
        <div class="welcome-doors">
          <Button kind="primary" onClick={startPractice}>
            {t("welcome.practise")}
          </Button>
          <p class="u-small u-center">{t("welcome.practice_note")}</p>
          <ButtonLink href={linkTo("shop")}>{t("welcome.real")}</ButtonLink>
        </div>
      </div>
    </>
  );
};
