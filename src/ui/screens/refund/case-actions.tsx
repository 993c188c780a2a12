import { useSignal, type Signal } from "@preact/signals";

import { latestAttempt } from "../../../domain/refund/case.ts";
import { commandAllowed, resultsFrom } from "../../../domain/refund/money-track.ts";
import { findErasable } from "../../../usecases/customer-tellings.ts";
import { eraseCustomer } from "../../../usecases/erase-customer.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Fold } from "../../components/fold.tsx";
import type { IconName } from "../../components/icon-names.ts";
import { Row, Rows } from "../../components/row.tsx";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { WithdrawSheet } from "../recorded/withdraw-sheet.tsx";
import { ContactSheet } from "./contact-sheet.tsx";
import { EraseSheet } from "./erase-sheet.tsx";
import { FeedbackSheet } from "./feedback-sheet.tsx";
import { InvoiceSheet } from "./invoice-sheet.tsx";
import { isRefundable, nextStep } from "./next-step.ts";
import { lastResult, RetractSheet } from "./retract-sheet.tsx";
import { ResendSheet } from "./retry-sheet.tsx";
import { TellSheet } from "./tell-sheet.tsx";

type Open =
  | "tell"
  | "withdraw"
  | "contact"
  | "feedback"
  | "invoice"
  | "resend"
  | "retract"
  | "erase";

type Props = { readonly file: CaseFile; readonly open: Signal<Open | undefined> };

const canResend = ({ refundCase, profile, isFormer }: CaseFile): boolean => {
  const { money } = latestAttempt(refundCase);
  if (isFormer || refundCase.destination !== "original" || money === "exported") return false;
  return commandAllowed(money, "submitted") && (money !== "unknown" || profile.resendIdempotent);
};

const troubles: ReadonlySet<string> = new Set(["needs_action", "unknown", "abnormal"]);

/** The acquirer has to be asked: whom to call stands in the open. */
const asksSupport = ({ refundCase }: CaseFile): boolean =>
  troubles.has(latestAttempt(refundCase).money);

const Tall = ({ file, open }: Props) => {
  const { refundCase } = file;
  const { money, amount } = latestAttempt(refundCase);
  const asked = amount.minor > 0 && refundCase.destination === "original";
  const id = refundCase.caseId;
  const step = nextStep(file);
  const withdrawable = !file.isFormer && commandAllowed(money, "withdrawn");
  const markable = step !== "result" && asked && resultsFrom(money).length > 0;
  const marked = markable && money !== "pending_approval" && money !== "withdrawn";
  const troubled = asksSupport(file);
  const more = [withdrawable, marked, troubled].filter((offered) => offered).length;
  return (
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
      {troubled && (
        <ButtonLink kind="tall" icon="phone" href={linkTo("support", { id })}>
          {t("action.support")}
        </ButtonLink>
      )}
      {marked && (
        <ButtonLink kind="tall" icon="pencil" href={linkTo("result", { id })}>
          {t("action.mark_result")}
        </ButtonLink>
      )}
    </div>
  );
};

type Entry = { readonly icon: IconName; readonly title: string; readonly href: string };

/** Pages that belong to this refund now and then. */
const pagesOf = (file: CaseFile): readonly Entry[] => {
  const { refundCase } = file;
  const id = refundCase.caseId;
  const step = nextStep(file);
  const goods = refundCase.goods !== "none" || refundCase.type === "exchange";
  const payment = refundCase.paymentId;
  const pages: readonly (readonly [boolean, Entry])[] = [
    [
      true,
      { icon: "receipt-text", title: t("forms.title.application"), href: linkTo("form", { id }) },
    ],
    [true, { icon: "shield-check", title: t("action.dispute"), href: linkTo("dispute", { id }) }],
    [
      !asksSupport(file),
      {
        icon: "phone",
        title: t("action.support"),
        href: linkTo("support", { id }),
      },
    ],
    [
      goods && step !== "goods",
      {
        icon: "package-check",
        title: t("workflow.goods.title"),
        href: linkTo("goods", { id }),
      },
    ],
    [
      !file.isFormer && step !== "reopen" && refundCase.approval === "rejected",
      {
        icon: "user-check",
        title: t("workflow.reopen.title"),
        href: linkTo("approval", { id }),
      },
    ],
    [
      step !== "again" && isRefundable(file) && payment !== undefined,
      {
        icon: "plus",
        title: t("action.refund_more"),
        href: linkTo("new_refund", { p: payment ?? "" }),
      },
    ],
  ];
  return pages.filter(([offered]) => offered).map(([, entry]) => entry);
};

const EraseRow = ({ open }: Pick<Props, "open">) => (
  <Row icon="trash" title={t("erasure.title")} chevron onClick={() => (open.value = "erase")} />
);

/** What is needed now and then. */
const More = ({ file, open }: Props) => {
  const { refundCase } = file;
  const sheets = [
    ["contact", "pencil", true],
    ["feedback", "users", true],
    ["invoice", "receipt-text", true],
    ["resend", "send", canResend(file)],
    ["retract", "undo-2", !file.isFormer && lastResult(refundCase) !== undefined],
  ] as const;
  return (
    <Fold title={t("workflow.more")}>
      <Rows>
        {pagesOf(file).map((entry) => (
          <Row key={entry.href} chevron {...entry} />
        ))}
        {sheets.map(
          ([name, icon, offered]) =>
            offered && (
              <Row
                key={name}
                icon={icon}
                title={t(`workflow.more.${name}`)}
                chevron
                onClick={() => (open.value = name)}
              />
            ),
        )}
        <EraseRow open={open} />
      </Rows>
    </Fold>
  );
};

const Sheets = ({ file, open }: Props) => {
  const { refundCase } = file;
  const close = (): void => {
    open.value = undefined;
  };
  const result = lastResult(refundCase);
  switch (open.value) {
    case "tell":
      return <TellSheet refundCase={refundCase} onClose={close} />;
    case "withdraw":
      return <WithdrawSheet caseId={refundCase.caseId} onClose={close} />;
    case "contact":
      return <ContactSheet caseId={refundCase.caseId} onClose={close} />;
    case "feedback":
      return <FeedbackSheet caseId={refundCase.caseId} onClose={close} />;
    case "invoice":
      return <InvoiceSheet refundCase={refundCase} onClose={close} />;
    case "resend":
      return <ResendSheet file={file} onClose={close} />;
    case "erase":
      return (
        <EraseSheet
          of={refundCase.caseId}
          find={(deps) => findErasable(deps, refundCase.caseId)}
          erase={(deps, wish) => eraseCustomer(deps, { ...wish, caseId: refundCase.caseId })}
          onClose={close}
        />
      );
    case "retract":
      return result === undefined ? undefined : (
        <RetractSheet refundCase={refundCase} result={result} onClose={close} />
      );
    case undefined:
      return undefined;
  }
};

/** What can be done with a refund; only what the domain allows in its state is there. */
export const CaseActions = ({ file }: { readonly file: CaseFile }) => {
  const open = useSignal<Open | undefined>(undefined);
  return (
    <>
      <Tall file={file} open={open} />
      <More file={file} open={open} />
      <Sheets file={file} open={open} />
    </>
  );
};

/** Of another device's refund only what it says of the customer is a matter for this one too. */
export const ElsewhereActions = ({ file }: { readonly file: CaseFile }) => {
  const open = useSignal<Open | undefined>(undefined);
  return (
    <>
      <Rows>
        <EraseRow open={open} />
      </Rows>
      <Sheets file={file} open={open} />
    </>
  );
};
