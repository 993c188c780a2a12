import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { useAbilities } from "../../deps.tsx";
import { t } from "../../language.ts";

/** A code for another device; where its camera cannot be used, the text goes another way. */
export const CodeCard = ({ text, what }: { readonly text: string; readonly what: string }) => {
  const { copyText } = useAbilities();
  const copy = async (): Promise<void> =>
    announce(t((await copyText(text)) ? "action.copied" : "action.copy_refused"));
  return (
    <>
      <QrPanel text={text} what={what} caption={what} />
      <Button icon="copy" onClick={() => void copy()}>
        {t("devices.copy_code")}
      </Button>
    </>
  );
};
