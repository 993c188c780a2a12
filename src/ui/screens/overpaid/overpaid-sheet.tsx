import { useSignal } from "@preact/signals";

import type { OverpayLine } from "../../../usecases/list-overpayments.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { KeyValues } from "../../components/key-values.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { whyText } from "./overpaid-words.ts";
import { useRegister } from "./use-register.ts";

type Props = { readonly line: OverpayLine; readonly onClose: () => void };

const LineFacts = ({ line }: Pick<Props, "line">) => {
  const format = useFormat();
  const { claim, paid, at } = line;
  const pairs: [string, string][] = [
    [t("overpaid.paid"), `${format.money(paid)}${t("word.separator")}${format.time(at)}`],
  ];
  if (claim !== undefined) {
    pairs.push([t("overpaid.excess"), format.money(claim.amount)]);
    pairs.push([t("overpaid.ticket"), claim.ticket]);
    if (claim.handBackBy !== undefined)
      pairs.push([t("overpaid.by"), format.day(claim.handBackBy)]);
  }
  return (
    <>
      <p>{whyText(line, paid.currency, format)}</p>
      <KeyValues pairs={pairs} />
    </>
  );
};

type End = "hand_back" | "dismiss";

type Actions = Pick<Props, "line"> &
  Pick<ReturnType<typeof useRegister>, "busy" | "move"> & { readonly onEnd: (end: End) => void };

/** Asks the claimant, or refunds once that is done. */
const Next = ({ line: { paymentId: id, claim } }: Pick<Props, "line">) => {
  const format = useFormat();
  return claim?.state === "verified" ? (
    <ButtonLink kind="primary" href={linkTo("new_refund", { p: id })}>
      {t("overpaid.refund", { amount: format.money(claim.amount) })}
    </ButtonLink>
  ) : (
    <ButtonLink kind="primary" icon="user-check" href={linkTo("claim", { id })}>
      {t("overpaid.claim")}
    </ButtonLink>
  );
};

const LineActions = ({ line, busy, move, onEnd }: Actions) => {
  const { paymentId: id, claim } = line;
  const paper = async (kind: "ticket" | "notice"): Promise<void> => {
    if (claim !== undefined || (await move(line, "found"))) go(linkTo("claim_paper", { id, kind }));
  };
  return (
    <>
      <Next line={line} />
      {claim === undefined && (
        <Button icon="check" busy={busy.value} onClick={() => void move(line, "found")}>
          {t("overpaid.register")}
        </Button>
      )}
      <div class="u-grid-2">
        <Button icon="receipt-text" onClick={() => void paper("ticket")}>
          {t("overpaid.write_ticket")}
        </Button>
        <Button icon="printer" onClick={() => void paper("notice")}>
          {t("overpaid.print_notice")}
        </Button>
        <Button onClick={() => onEnd("hand_back")}>{t("overpaid.hand_back")}</Button>
        <Button onClick={() => onEnd("dismiss")}>{t("overpaid.dismiss")}</Button>
      </div>
    </>
  );
};

/** U1: one over-payment and everything that may be done with it; its end is asked about once more. */
export const OverpaidSheet = ({ line, onClose }: Props) => {
  const { busy, fault, move, asking } = useRegister();
  const ending = useSignal<End | undefined>(undefined);
  const settle = async (end: End): Promise<void> => {
    const state = end === "dismiss" ? "dismissed" : "handed_back";
    if (await move(line, state, t("overpaid.settled"))) onClose();
  };
  const end = ending.value;
  return (
    <Sheet title={t("overpaid.title")} onClose={onClose}>
      <div class="u-stack">
        <LineFacts line={line} />
        <FaultNote fault={fault.value} />
        {end === undefined ? (
          <LineActions line={line} busy={busy} move={move} onEnd={(to) => (ending.value = to)} />
        ) : (
          <>
            <p>{t(`overpaid.${end}_sure`)}</p>
            <Button kind="primary" busy={busy.value} onClick={() => void settle(end)}>
              {t("overpaid.sure")}
            </Button>
          </>
        )}
        {asking}
      </div>
    </Sheet>
  );
};
