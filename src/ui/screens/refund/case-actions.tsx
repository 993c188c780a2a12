import { useSignal } from "@preact/signals";

import { gate } from "../../../domain/refund/gate.ts";
import { commandAllowed, resultsFrom } from "../../../domain/refund/money-track.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { WithdrawSheet } from "../recorded/withdraw-sheet.tsx";
import { TellSheet } from "./tell-sheet.tsx";

const isRefundable = ({ payment }: CaseFile): boolean =>
  payment !== undefined && gate(payment).kind === "refund";

const RefundMore = ({ file, kind }: { file: CaseFile; kind: "tall" | "primary" }) =>
  file.payment !== undefined &&
  isRefundable(file) && (
    <ButtonLink kind={kind} icon="plus" href={linkTo("new_refund", { p: file.payment.paymentId })}>
      {t("action.refund_more")}
    </ButtonLink>
  );

/** What can be done with a refund; only what the domain allows in its state is there. */
export const CaseActions = ({ file }: { readonly file: CaseFile }) => {
  const { refundCase } = file;
  const { money } = latestAttempt(refundCase);
  const id = refundCase.caseId;
  const open = useSignal<"tell" | "withdraw" | undefined>(undefined);
  const close = (): void => {
    open.value = undefined;
  };
  const next = nextOf(refundCase);
  const withdrawable = commandAllowed(money, "withdrawn");
  const markable = next !== "result" && resultsFrom(money).length > 0;
  const again = next !== "again" && isRefundable(file);
  const more = [withdrawable, markable, again].filter((offered) => offered).length;
  return (
    <>
      <div class={more === 1 ? "u-grid-4" : "u-grid-3"}>
        <ButtonLink kind="tall" icon="qr-code" href={linkTo("show", { id })}>
          {t("action.show_customer")}
        </ButtonLink>
        <ButtonLink kind="tall" icon="printer" href={linkTo("receipt", { id })}>
          {t("action.print")}
        </ButtonLink>
        <Button kind="tall" icon="share-2" onClick={() => (open.value = "tell")}>
          {t("action.share")}
        </Button>
        {withdrawable && (
          <Button kind="tall" icon="undo-2" onClick={() => (open.value = "withdraw")}>
            {t("action.withdraw")}
          </Button>
        )}
        {markable && (
          <ButtonLink kind="tall" icon="pencil" href={linkTo("result", { id })}>
            {t("action.mark_result")}
          </ButtonLink>
        )}
        {again && <RefundMore file={file} kind="tall" />}
      </div>
      {open.value === "tell" && <TellSheet refundCase={refundCase} onClose={close} />}
      {open.value === "withdraw" && <WithdrawSheet caseId={id} onClose={close} />}
    </>
  );
};

type Next = "export" | "upload" | "result" | "again" | "none";

/** The one thing that brings a refund on. */
const nextOf = (refundCase: RefundCase): Next => {
  const { money, batchId } = latestAttempt(refundCase);
  switch (money) {
    case "ready":
      return refundCase.training ? "none" : "export";
    case "exported":
      return batchId === undefined ? "result" : "upload";
    case "submitted":
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
      return "result";
    case "failed":
    case "closed":
    case "reversed":
    case "withdrawn":
      return "again";
    case "succeeded":
    case "pending_approval":
    case "conflict":
      return "none";
  }
};

/** The next step as the one filled button. */
export const CaseNext = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { refundCase } = file;
  const { batchId, amount } = latestAttempt(refundCase);
  const next = nextOf(refundCase);
  if (next === "none" || (next === "again" && !isRefundable(file))) return undefined;
  return (
    <BottomBar>
      {next === "again" && <RefundMore file={file} kind="primary" />}
      {next === "export" && (
        <ButtonLink kind="primary" icon="file-up" href={linkTo("export")}>
          {t("records.next.export", { amount: format.money(amount) })}
        </ButtonLink>
      )}
      {next === "upload" && (
        <ButtonLink kind="primary" icon="send" href={linkTo("upload", { batch: batchId ?? "" })}>
          {t("records.next.upload", { amount: format.money(amount) })}
        </ButtonLink>
      )}
      {next === "result" && (
        <ButtonLink kind="primary" icon="pencil" href={linkTo("result", { id: refundCase.caseId })}>
          {t("records.next.result", { amount: format.money(amount) })}
        </ButtonLink>
      )}
    </BottomBar>
  );
};
