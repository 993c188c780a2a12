import { useSignal } from "@preact/signals";

import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { readOutbox, type Outbox, type SentCopy } from "../../../usecases/read-outbox.ts";
import { Tag } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { FaultNote } from "../../components/fault-note.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo } from "../../routes.ts";
import { reasonText } from "../refund/case-words.ts";
import { CopySheet } from "./copy-sheet.tsx";
import { NotSentLine } from "./not-sent-line.tsx";
import { useOutbox, type OutboxActions } from "./use-outbox.ts";

const Waiting = ({
  outbox: { waiting, total },
  actions,
}: {
  readonly outbox: Outbox;
  readonly actions: OutboxActions;
}) => {
  const format = useFormat();
  const open = useSignal<RefundCase | undefined>(undefined);
  const failed = actions.notSent.value?.caseIds ?? [];
  if (waiting.length === 0) return undefined;
  return (
    <>
      <DayGroup title={t("todo.outbox.waiting", { n: total })}>
        {waiting.map((refundCase) => (
          <Row
            key={refundCase.caseId}
            title={reasonText(refundCase.reason)}
            facts={[
              format.time(refundCase.createdAt),
              t("word.tail", { tail: format.tail(latestAttempt(refundCase).refundNo) }),
            ]}
            amount={refundCase.amount}
            end={
              failed.includes(refundCase.caseId) ? (
                <Tag icon="circle-alert" tone="warn">
                  {t("todo.outbox.unsent")}
                </Tag>
              ) : (
                <Tag icon="clock" tone="neutral">
                  {t("todo.outbox.queued")}
                </Tag>
              )
            }
            onClick={() => {
              open.value = refundCase;
            }}
          />
        ))}
      </DayGroup>
      {open.value !== undefined && (
        <CopySheet
          refundCase={open.value}
          actions={actions}
          onClose={() => {
            open.value = undefined;
          }}
        />
      )}
    </>
  );
};

const Sent = ({ sent }: { readonly sent: readonly SentCopy[] }) => {
  const format = useFormat();
  if (sent.length === 0) return undefined;
  return (
    <DayGroup title={t("todo.outbox.sent")}>
      {sent.map(({ refundCase, at, via }) => (
        <Row
          key={refundCase.caseId}
          title={reasonText(refundCase.reason)}
          facts={[format.time(at), t(`records.via.${via}`)]}
          amount={refundCase.amount}
          href={linkTo("refund", { id: refundCase.caseId })}
        />
      ))}
    </DayGroup>
  );
};

const NoMail = () => (
  <>
    <Banner tone="warn" icon="send" title={t("todo.outbox.no_mail")}>
      {t("todo.outbox.no_mail_more")}
    </Banner>
    <ButtonLink icon="store" href={linkTo("shop")}>
      {t("todo.outbox.go_shop")}
    </ButtonLink>
  </>
);

const ShareAll = ({
  outbox: { waiting },
  actions,
}: {
  readonly outbox: Outbox;
  readonly actions: OutboxActions;
}) => (
  <BottomBar>
    <NotSentLine notSent={actions.notSent.value} />
    <FaultNote fault={actions.fault.value} />
    <Button
      kind="primary"
      icon="share-2"
      busy={actions.busy.value}
      onClick={() => void actions.share(waiting.map(({ caseId }) => caseId))}
    >
      {t("todo.outbox.share_all", { count: t("word.count", { n: waiting.length }) })}
    </Button>
  </BottomBar>
);

/** E6: copies for the merchant's own mail, waiting and sent. */
export const OutboxScreen = () => {
  const deps = useDeps();
  const actions = useOutbox();
  const live = useLive(
    () => undefined,
    () => readOutbox(deps),
  );
  const outbox = readyValue(live.value);
  return (
    <>
      <PageHeader title={t("todo.outbox.title")} back={linkTo("todo")} />
      {outbox?.mail !== undefined && <p>{t("todo.outbox.to", { mail: outbox.mail })}</p>}
      {outbox !== undefined && outbox.mail === undefined && <NoMail />}
      {outbox !== undefined && <Waiting outbox={outbox} actions={actions} />}
      {outbox?.waiting.length === 0 && <Empty icon="check" text={t("todo.outbox.empty")} />}
      {outbox !== undefined && <Sent sent={outbox.sent} />}
      <ButtonLink icon="table" href={linkTo("import_results")}>
        {t("export.result.title")}
      </ButtonLink>
      {outbox !== undefined && outbox.mail !== undefined && outbox.waiting.length > 0 && (
        <ShareAll outbox={outbox} actions={actions} />
      )}
      {actions.asking}
    </>
  );
};
