import { useSignal } from "@preact/signals";

import { commandAllowed } from "../../../domain/refund/money-track.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { tellCustomer } from "../../../usecases/tell-customer.ts";
import { announce } from "../../components/announce.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { FaultLine } from "../../components/field.tsx";
import { useAbilities, useDeps } from "../../deps.tsx";
import { language, t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { customerText } from "../refund/customer-text.ts";
import { WithdrawSheet } from "./withdraw-sheet.tsx";

/** Hands the customer's text out as a file; that it was told is recorded only when it went out. */
const useShare = (refundCase: RefundCase): (() => Promise<boolean>) => {
  const deps = useDeps();
  const { deliver } = useAbilities();
  const { shop } = useShell();
  return async () => {
    const number = latestAttempt(refundCase).refundNo;
    const title = t("refund.recorded.share_name", { number });
    const text = customerText(t, { refundCase, shop, language: language.peek() });
    const bytes = new TextEncoder().encode(text);
    const delivery = await deliver({ name: `${title}.txt`, type: "text/plain", bytes }, title);
    if (delivery === "cancelled") return true;
    if (delivery === "blocked") return false;
    announce(t(`refund.recorded.${delivery}`));
    await tellCustomer(deps, refundCase.caseId, { via: "share", language: language.peek() });
    return true;
  };
};

/** What can be done with a refund that was just recorded; 撤回 only while it has not left. */
export const RecordedActions = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const share = useShare(refundCase);
  const refused = useSignal(false);
  const withdrawing = useSignal(false);
  const { caseId: id } = refundCase;
  const onShare = async (): Promise<void> => {
    refused.value = !(await share());
  };
  return (
    <div class="u-tight">
      <div class="u-grid-4">
        <ButtonLink kind="tall" icon="qr-code" href={linkTo("show", { id })}>
          {t("action.show_customer")}
        </ButtonLink>
        <ButtonLink kind="tall" icon="printer" href={linkTo("receipt", { id })}>
          {t("action.print")}
        </ButtonLink>
        <Button kind="tall" icon="share-2" onClick={() => void onShare()}>
          {t("action.share")}
        </Button>
        {commandAllowed(latestAttempt(refundCase).money, "withdrawn") && (
          <Button
            kind="tall"
            icon="undo-2"
            onClick={() => {
              withdrawing.value = true;
            }}
          >
            {t("action.withdraw")}
          </Button>
        )}
      </div>
      {refused.value && <FaultLine>{t("refund.recorded.not_shared")}</FaultLine>}
      {withdrawing.value && (
        <WithdrawSheet
          caseId={id}
          onClose={() => {
            withdrawing.value = false;
          }}
        />
      )}
    </div>
  );
};
