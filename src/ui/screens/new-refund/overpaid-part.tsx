import { given } from "../../../domain/given.ts";
import { compare, isZero } from "../../../domain/money.ts";
import { dropDraft } from "../../../usecases/keep-draft.ts";
import type { Overpaid } from "../../../usecases/move-claim.ts";
import { Banner } from "../../components/banner.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { go } from "../../router.ts";
import { linkTo } from "../../routes.ts";
import { whyText } from "../overpaid/overpaid-words.ts";
import { useRegister } from "../overpaid/use-register.ts";
import type { OnePayment } from "./load-payment.ts";
import { numberOf } from "./order.tsx";
import { typedOf } from "./refund-entry.ts";
import type { Editor } from "./use-editor.ts";

type Props = { readonly editor: Editor; readonly one: OnePayment };

/** What was meant, as far as an amount says what was too much. */
const meantOf = ({ editor, one }: Props): number | undefined => {
  const paid = one.found.payment.amount;
  const excess = typedOf(editor.entry.value, editor.left);
  return isZero(excess) || compare(excess, paid) >= 0 ? undefined : paid.minor - excess.minor;
};

/** The customer is gone: what was too much waits in the register. */
const Absent = (props: Props) => {
  const deps = useDeps();
  const { busy, fault, move, asking } = useRegister();
  const { payment } = props.one.found;
  const { suspicion } = props.one.overpaid;
  const register = async (): Promise<void> => {
    const likelyMinor = meantOf(props) ?? suspicion?.likelyMinor;
    const about: Overpaid = {
      paymentId: payment.paymentId,
      factor: suspicion?.factor ?? "manual",
      ...given("likelyMinor", likelyMinor),
      ...given("number", numberOf(payment)),
    };
    if (!(await move(about, "found"))) return;
    go(linkTo("overpaid"));
    await dropDraft(deps, "refund").catch(reportError); // what waits in the register is not offered again as half filled
  };
  return (
    <>
      <Button kind="text" busy={busy.value} onClick={() => void register()}>
        {t("overpaid.note_absent")}
      </Button>
      <FaultNote fault={fault.value} />
      {asking}
    </>
  );
};

/** What is known of an over-payment where its refund is made: the claimant first, then the excess (X25). */
export const OverpaidPart = ({ editor, one }: Props) => {
  const format = useFormat();
  const { claim, suspicion } = one.overpaid;
  const { paymentId: id, amount: paid } = one.found.payment;
  if (claim?.state === "verified")
    return (
      <Banner
        tone="info"
        title={t("overpaid.note_verified", { amount: format.money(claim.amount) })}
      />
    );
  if (claim?.state === "handed_back")
    return <Banner tone="warn" title={t("overpaid.note_handed_back")} />;
  if (claim !== undefined)
    return (
      <ButtonLink icon="hand" href={linkTo("claim", { id })}>
        {t("overpaid.note_open")}
      </ButtonLink>
    );
  if (suspicion === undefined && editor.entry.value.reason !== "overpaid") return undefined;
  return (
    <div class="u-tight">
      {suspicion !== undefined && (
        <Banner
          tone="warn"
          icon="hand"
          title={t("overpaid.note", { why: whyText(suspicion, paid.currency, format) })}
        />
      )}
      <Absent editor={editor} one={one} />
    </div>
  );
};
