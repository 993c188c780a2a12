import { useSignal } from "@preact/signals";

import { Button } from "../../components/button.tsx";
import { QrPanel } from "../../components/qr-panel.tsx";
import { t } from "../../language.ts";

/** A code for another phone; in its place the key card of this one, where the other does not know it yet. */
export const CodeOrCard = ({
  text,
  what,
  short,
  findCard,
}: {
  readonly text: string;
  readonly what: string;
  /** What both screens show under their codes. */
  readonly short: string;
  readonly findCard: () => Promise<string | undefined>;
}) => {
  const card = useSignal<string | undefined>(undefined);
  const toggle = async (): Promise<void> => {
    card.value = card.peek() === undefined ? await findCard() : undefined;
  };
  return (
    <>
      {card.value === undefined ? (
        <QrPanel text={text} what={what} caption={short} />
      ) : (
        <QrPanel text={card.value} what={t("phone.card.own")} caption={t("phone.card.own")} />
      )}
      <Button kind="text" icon="qr-code" onClick={() => void toggle()}>
        {t(card.value === undefined ? "phone.card.show" : "phone.card.hide")}
      </Button>
    </>
  );
};
