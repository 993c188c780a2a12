import { useSignal } from "@preact/signals";

import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useAbilities } from "../../deps.tsx";
import { language, t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

const useCheck = () => {
  const { checkForUpdate } = useAbilities();
  const state = useSignal<"idle" | "checking" | "checked">("idle");
  const check = async (): Promise<void> => {
    state.value = "checking";
    await checkForUpdate();
    state.value = "checked";
    announce(t("about.checked"));
  };
  return { state, check };
};

/** Read offline like everything else; the guide in the language on screen. */
const pages = () =>
  [
    ["privacy", `docs/${language.value.toLowerCase()}/guide.html#data`],
    ["changes", "docs/changelog.html"],
    ["licences", "docs/licences.html"],
  ] as const;

/** P8: which build this is, where the data stays, under which licence it comes. */
export const AboutScreen = () => {
  const { app } = useAbilities();
  const { state, check } = useCheck();
  const [version = app, hash = ""] = app.split("+");
  return (
    <>
      <PageHeader title={t("about.title")} back={linkTo("more")} />
      <Card>
        <KeyValues
          pairs={[
            [t("about.version"), version],
            [t("about.build"), <code key="hash">{hash}</code>],
            [t("about.licence"), "MIT"],
          ]}
        />
      </Card>
      <Button icon="refresh-cw" busy={state.value === "checking"} onClick={() => void check()}>
        {t("about.check")}
      </Button>
      {state.value === "checked" && <p class="u-small u-center">{t("about.checked")}</p>}
      <section class="u-tight">
        <h2>{t("about.data")}</h2>
        <p>{t("about.data_stays")}</p>
        <p>{t("about.host")}</p>
      </section>
      <Rows>
        {pages().map(([word, href]) => (
          <Row key={word} title={t(`about.${word}`)} href={href} chevron />
        ))}
      </Rows>
      <ButtonLink icon="shield-check" href="docs/refundlog.html">
        {t("about.format")}
      </ButtonLink>
      <Fold title={t("about.licence_title")}>
        <p>{t("about.licence_text")}</p>
      </Fold>
    </>
  );
};
