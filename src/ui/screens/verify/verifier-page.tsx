import { useSignal } from "@preact/signals";

import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/key-values.tsx";
import { useAbilities } from "../../deps.tsx";
import { t } from "../../language.ts";
import { readVerifierPage } from "./read-verifier-page.ts";

/** Hands out the verifier that needs no app. */
export const VerifierPage = () => {
  const { deliver } = useAbilities();
  const said = useSignal("");
  const say = (sentence: string): void => {
    said.value = sentence;
    announce(sentence);
  };
  const hand = async (): Promise<void> => {
    const file = await readVerifierPage();
    if (file === undefined) return say(t("verify.page_missing"));
    const delivery = await deliver(file, t("verify.page"));
    if (delivery === "cancelled") return;
    say(t(delivery === "blocked" ? "verify.page_blocked" : "verify.page_saved"));
  };
  return (
    <Card>
      <div class="u-tight">
        <h2>{t("verify.page")}</h2>
        <p class="u-small">{t("verify.page_help")}</p>
        <Button icon="share-2" onClick={() => void hand()}>
          {t("verify.page_get")}
        </Button>
        {said.value !== "" && <p class="u-small">{said.value}</p>}
      </div>
    </Card>
  );
};
