import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import type { Checkpoint } from "../../../usecases/make-checkpoint.ts";
import type { OpenShift } from "../../../usecases/read-shift.ts";
import { announce } from "../../components/announce.ts";
import { Button } from "../../components/button.tsx";
import { FaultLine } from "../../components/field.tsx";
import { Fold } from "../../components/fold.tsx";
import { useAbilities } from "../../deps.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { PaperChoice, usePaper } from "../../print/paper-choice.tsx";
import type { SlipLine } from "../../print/slip-lines.ts";
import { drawSlip } from "../../print/slip-picture.ts";
import { Slip } from "../../print/slip.tsx";
import { closePairs } from "./close-words.ts";

type Closed = {
  readonly last: NonNullable<OpenShift["last"]>;
  readonly shown: Checkpoint;
};

const closeLines = ({ last, shown }: Closed, format: Format): readonly SlipLine[] => [
  { kind: "title", text: t("proof.close.title") },
  { kind: "centre", text: visibleText(shown.shopName).text },
  { kind: "rule" },
  ...closePairs(last, format).map(
    ([label, value]) => ({ kind: "pair", label, value }) satisfies SlipLine,
  ),
  { kind: "text", text: t("proof.close.gross") },
  { kind: "rule" },
  {
    kind: "code",
    what: t("proof.checkpoint.qr"),
    text: shown.token,
    under: [shown.place, shown.short],
  },
];

/** The shift on paper or as a picture: what leaves the till bears its end out (refundlog.md §6). */
export const CloseSlip = (closed: Closed) => {
  const { print, deliver } = useAbilities();
  const { paper, change } = usePaper();
  const refused = useSignal(false);
  const lines = closeLines(closed, useFormat());
  const share = async (): Promise<void> => {
    const title = t("proof.close.file", { place: closed.shown.place });
    const bytes = await drawSlip(lines, paper.peek());
    const out = await deliver({ name: `${title}.png`, type: "image/png", bytes }, title);
    refused.value = out === "blocked";
    if (out === "shared" || out === "saved") announce(t("proof.sign.out"));
  };
  return (
    <Fold title={t("proof.close.slip")}>
      <p class="u-small">{t("proof.close.slip_note")}</p>
      <PaperChoice paper={paper.value} onPick={change} />
      <div class="receipt-desk">
        <Slip lines={lines} paper={paper.value} />
      </div>
      {refused.value && <FaultLine>{t("proof.sign.blocked")}</FaultLine>}
      <Button icon="image" onClick={() => void share()}>
        {t("records.slip.share")}
      </Button>
      <Button icon="printer" onClick={() => print(paper.peek())}>
        {t("proof.close.print")}
      </Button>
    </Fold>
  );
};
