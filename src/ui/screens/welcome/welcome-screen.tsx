import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

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

/** Whether this phone approves for a shop without being its till; when nobody can tell, the door stays away. */
const useIsApprover = (): boolean => {
  const { approver } = useStart();
  const is = useSignal(false);
  useLayoutEffect(() => {
    const ask = async (): Promise<void> => {
      const { isApprover } = await import("../../../usecases/read-approval-request.ts");
      is.value = await isApprover(approver);
    };
    ask().catch(() => undefined);
  }, []);
  return is.value;
};

/** S0: what it does in one glance, then practise or begin. */
export const WelcomeScreen = () => {
  const { startPractice } = useStart();
  const isApprover = useIsApprover();
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
          {isApprover && (
            <ButtonLink kind="primary" icon="user-check" href={linkTo("answer_approval")}>
              {t("devices.join.to_approve")}
            </ButtonLink>
          )}
          <Button kind={isApprover ? "secondary" : "primary"} onClick={startPractice}>
            {t("welcome.practise")}
          </Button>
          <p class="u-small u-center">{t("welcome.practice_note")}</p>
          <ButtonLink href={linkTo("shop")}>{t("welcome.real")}</ButtonLink>
          <ButtonLink href={linkTo("join")}>{t("devices.join.title")}</ButtonLink>
          <ButtonLink href={linkTo("restore")}>{t("backup.restore")}</ButtonLink>
        </div>
      </div>
    </>
  );
};
