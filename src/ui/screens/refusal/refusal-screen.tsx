import { useSignal } from "@preact/signals";

import { visibleText } from "../../../domain/codes/visible-text.ts";
import { writeRef } from "../../../domain/ids.ts";
import type { Payment } from "../../../domain/payment.ts";
import { findAlternatives, findRefusal } from "../../../domain/reasons.ts";
import type { Refusal } from "../../../domain/refund/refusal.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { Translate } from "../../../i18n/index.ts";
import { getPayment, getRefusal, listStaff } from "../../../storage/queries.ts";
import { findErasableRefusal } from "../../../usecases/customer-tellings.ts";
import type { Deps } from "../../../usecases/deps.ts";
import { eraseRefusal } from "../../../usecases/erase-customer.ts";
import { Amount } from "../../components/amount.tsx";
import { Banner } from "../../components/banner.tsx";
import { BottomBar } from "../../components/bottom-bar.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue, useLive } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { declineText } from "../new-refund/decline-part.tsx";
import { markPractice } from "../refund/customer-text.ts";
import { EraseSheet } from "../refund/erase-sheet.tsx";
import { MessageSheet } from "../refund/message-sheet.tsx";
import { nameOf, refusalText } from "../refund/case-words.ts";

type Loaded = {
  readonly refusal: Refusal;
  readonly payment: Payment | undefined;
  readonly people: readonly Staff[];
};

const load = async (deps: Deps, ref: string): Promise<Loaded | "missing"> => {
  const { db } = deps.journal;
  const refusal = await getRefusal(db, ref);
  if (refusal === undefined) return "missing";
  const { paymentId } = refusal;
  return {
    refusal,
    payment: paymentId === undefined ? undefined : await getPayment(db, paymentId),
    people: await listStaff(db),
  };
};

/** The sentence that the customer gets, in their language. */
const messageOf = (words: Translate, { reason, offers, training }: Refusal): string => {
  const text = declineText(words, findRefusal(reason) ?? "other", findAlternatives(offers));
  return markPractice(words, text, training);
};

const Facts = ({ loaded: { refusal, payment, people } }: { readonly loaded: Loaded }) => {
  const format = useFormat();
  return (
    <Card>
      <KeyValues
        pairs={[
          [t("refund.decline.why"), refusalText(refusal.reason)],
          [t("workflow.refusal.at"), format.time(refusal.at)],
          [t("records.field.by"), nameOf(people, refusal.staff)],
          ...(payment === undefined
            ? []
            : [
                [t("word.paid"), <Amount key="paid" money={payment.amount} />] as const,
                [t("records.field.channel"), channelText(payment.channel)] as const,
                [t("workflow.refusal.goods"), goodsOf(payment)] as const,
              ]),
          ...(refusal.text === undefined
            ? []
            : [
                [
                  t("refund.note"),
                  <ForeignText key="note">{visibleText(refusal.text, 500).text}</ForeignText>,
                ] as const,
              ]),
          ...(refusal.erased === true ? [[t("erasure.field"), t("erasure.erased")] as const] : []),
        ]}
      />
    </Card>
  );
};

/** A declined request is opened again once, with something new in hand (R24). */
const Again = ({ refusal, payment }: Loaded) => {
  if (refusal.reopenedAs !== undefined)
    return (
      <ButtonLink icon="receipt-text" href={linkTo("refund", { id: refusal.reopenedAs })}>
        {t("workflow.refusal.reopened")}
      </ButtonLink>
    );
  if (payment === undefined) return undefined;
  return (
    <ButtonLink
      icon="camera"
      href={linkTo("new_refund", { p: payment.paymentId, o: writeRef(refusal.ref) })}
    >
      {t("workflow.refusal.again")}
    </ButtonLink>
  );
};

const RefusalView = ({ loaded }: { readonly loaded: Loaded }) => {
  const telling = useSignal(false);
  const erasing = useSignal(false);
  const { refusal } = loaded;
  return (
    <>
      <Banner tone="neutral" icon="ban" title={messageOf(t, refusal)} />
      <Button icon="share-2" onClick={() => (telling.value = true)}>
        {t("records.tell.title")}
      </Button>
      <Facts loaded={loaded} />
      <Again {...loaded} />
      {refusal.text !== undefined && (
        <Button icon="trash" onClick={() => (erasing.value = true)}>
          {t("erasure.title")}
        </Button>
      )}
      {erasing.value && (
        <EraseSheet
          of={writeRef(refusal.ref)}
          find={(deps) => findErasableRefusal(deps, refusal.ref)}
          erase={(deps, { why }) => eraseRefusal(deps, refusal.ref, why)}
          onClose={() => (erasing.value = false)}
        />
      )}
      {telling.value && (
        <MessageSheet
          name={t("workflow.refusal.file")}
          write={(words) => messageOf(words, refusal)}
          onSent={async () => undefined}
          onClose={() => (telling.value = false)}
        />
      )}
      <BottomBar>
        <ButtonLink kind="primary" icon="scan-line" href={linkTo("scan")}>
          {t("action.next")}
        </ButtonLink>
      </BottomBar>
    </>
  );
};

/** R7 after it was recorded: why, what was offered, and the way back with new evidence. */
export const RefusalScreen = ({ route }: { readonly route: RouteOf<"refusal"> }) => {
  const deps = useDeps();
  const { ref } = route.args;
  const loaded = readyValue(
    useLive(
      () => ref,
      (wanted) => load(deps, wanted),
    ).value,
  );
  return (
    <>
      <PageHeader title={t("refund.type.decline")} back={linkTo("records")} />
      {loaded === "missing" && <Empty icon="search" text={t("refund.recorded.missing")} />}
      {loaded !== undefined && loaded !== "missing" && <RefusalView loaded={loaded} />}
    </>
  );
};
