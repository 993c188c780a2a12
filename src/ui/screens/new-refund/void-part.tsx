import { instantFromMs } from "../../../domain/instant.ts";
import { voidUntil } from "../../../domain/refund/void-rule.ts";
import { Banner } from "../../components/banner.tsx";
import { Button } from "../../components/button.tsx";
import { Row, Rows } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import type { OnePayment } from "./load-payment.ts";
import type { Editor } from "./use-editor.ts";

/** Said before any amount is typed: settled at once there may be nothing to refund from (X14). */
export const SettlementPart = ({ one }: { readonly one: OnePayment }) => {
  const { settlement, d0Refund } = one.context.profile;
  if (settlement !== "D0") return undefined;
  const needsFloat = d0Refund === "needs_float";
  return (
    <Banner
      tone="warn"
      title={t(needsFloat ? "refund.settlement.needs_float" : "refund.settlement.unknown")}
    />
  );
};

/** The payment can still be voided whole: offered, with until when (R1, X15); or chosen, with the way back. */
export const VoidPart = ({
  editor,
  one,
}: {
  readonly editor: Editor;
  readonly one: OnePayment;
}) => {
  const deps = useDeps();
  const format = useFormat();
  const { payment } = one.found;
  const now = instantFromMs(deps.now());
  const until = voidUntil({ ...one.context, payment, now });
  const { type } = editor.entry.value;
  if (type === "void")
    return (
      <Banner tone="info" title={t("refund.void.chosen", { amount: format.money(payment.amount) })}>
        <p>{t("refund.void.offer_more")}</p>
        <Button kind="text" onClick={() => editor.pickType("refund")}>
          {t("refund.void.instead")}
        </Button>
      </Banner>
    );
  if (until === undefined || type !== "refund") return undefined;
  return (
    <Rows>
      <Row
        icon="undo-2"
        title={t("refund.void.offer", { time: format.deadline(until) })}
        chevron
        onClick={() => editor.pickType("void")}
      />
    </Rows>
  );
};
