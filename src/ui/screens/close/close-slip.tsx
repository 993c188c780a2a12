import { useSignal } from "@preact/signals";

import type { Currency } from "../../../domain/currency.ts";
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
import { useShell } from "../../shell-context.tsx";
import { closePairs, sumPairs } from "./close-words.ts";

type Closed = {
  readonly last: NonNullable<OpenShift["last"]>;
  readonly shown: Checkpoint;
};

type Place = { readonly format: Format; readonly currency: Currency };

const pairLine = ([label, value]: readonly [string, string]): SlipLine => ({
  kind: "pair",
  label,
  value,
});

const closeLines = ({ last, shown }: Closed, place: Place): readonly SlipLine[] => [
  { kind: "title", text: t("proof.close.title") },
  { kind: "centre", text: visibleText(shown.shopName).text },
  { kind: "rule" },
  ...closePairs(last, place).map(pairLine),
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
  const { currency } = useShell().shop;
  const lines = closeLines(closed, { format: useFormat(), currency });
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

const interimLines = (
  shift: OpenShift,
  { format, shop, at }: { readonly format: Format; readonly shop: string; readonly at: string },
): readonly SlipLine[] => [
  { kind: "title", text: t("proof.close.x") },
  { kind: "centre", text: visibleText(shop).text },
  { kind: "rule" },
  pairLine([t("records.slip.time"), at]),
  pairLine([t("proof.close.day"), shift.day]),
  ...sumPairs(shift, format).map(pairLine),
  pairLine([t("proof.close.paid_out"), format.money(shift.paidOut)]),
  { kind: "text", text: t("proof.close.gross") },
];

/** The shift so far on paper: nothing is closed and nothing recorded (an X report). */
export const InterimSlip = ({ shift }: { readonly shift: OpenShift }) => {
  const { print } = useAbilities();
  const { paper, change } = usePaper();
  const format = useFormat();
  const { shop, now } = useShell();
  const lines = interimLines(shift, { format, shop: shop.name, at: format.fullTime(now()) });
  return (
    <Fold title={t("proof.close.x")}>
      <p class="u-small">{t("proof.close.x_note")}</p>
      <PaperChoice paper={paper.value} onPick={change} />
      <div class="receipt-desk">
        <Slip lines={lines} paper={paper.value} />
      </div>
      <Button icon="printer" onClick={() => print(paper.peek())}>
        {t("proof.close.x_print")}
      </Button>
    </Fold>
  );
};
