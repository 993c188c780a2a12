import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { mailLinkOf } from "../../../usecases/merchant-copy.ts";
import { Amount } from "../../components/amount.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Facts } from "../../components/facts.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { reasonText } from "../refund/case-words.ts";
import { copyTexts } from "./copy-words.ts";
import { NotSentLine } from "./not-sent-line.tsx";
import type { OutboxActions } from "./use-outbox.ts";

/** The address that opens the mail program; undefined until it is written, or without an address of the shop. */
const useMailLink = ({ caseId }: RefundCase): string | undefined => {
  const deps = useDeps();
  const format = useFormat();
  const href = useSignal<string | undefined>(undefined);
  useLayoutEffect(() => {
    mailLinkOf(deps, caseId, copyTexts(format)).then((made) => {
      href.value = made.ok ? made.value : undefined;
    }, reportError);
  }, [caseId]);
  return href.value;
};

const Which = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const format = useFormat();
  return (
    <p>
      <Amount money={refundCase.amount} />
      <Facts
        facts={[
          reasonText(refundCase.reason),
          format.time(refundCase.createdAt),
          t("word.tail", { tail: format.tail(latestAttempt(refundCase).refundNo) }),
        ]}
      />
    </p>
  );
};

/** The copy of one refund and its three ways out. */
export const CopySheet = ({
  refundCase,
  actions,
  onClose,
}: {
  readonly refundCase: RefundCase;
  readonly actions: OutboxActions;
  readonly onClose: () => void;
}) => {
  const { caseId } = refundCase;
  const { busy, fault, notSent, share, mailed } = actions;
  const href = useMailLink(refundCase);
  const close = (done: boolean): void => {
    if (done) onClose();
  };
  return (
    <Sheet title={t("todo.outbox.copy")} onClose={onClose}>
      <Which refundCase={refundCase} />
      <ButtonLink icon="receipt-text" href={linkTo("refund", { id: caseId })}>
        {t("todo.outbox.open_refund")}
      </ButtonLink>
      {href !== undefined && (
        <>
          <p class="u-small">{t("todo.outbox.mailed_help")}</p>
          <div class="u-grid-2">
            <ButtonLink icon="send" href={href}>
              {t("todo.outbox.mail_app")}
            </ButtonLink>
            <Button
              icon="check"
              busy={busy.value}
              onClick={() => void mailed(caseId).then(close, reportError)}
            >
              {t("todo.outbox.mailed")}
            </Button>
          </div>
        </>
      )}
      <NotSentLine notSent={notSent.value} />
      <FaultNote fault={fault.value} />
      <Button
        kind="primary"
        icon="share-2"
        busy={busy.value}
        onClick={() => void share([caseId]).then(close, reportError)}
      >
        {t("todo.outbox.share_one")}
      </Button>
    </Sheet>
  );
};
