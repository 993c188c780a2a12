import type { ComponentChildren } from "preact";

import { latestAttempt, reachOf } from "../../../domain/refund/case.ts";
import { dueDates, earliest } from "../../../domain/due-dates.ts";
import type { Calendar } from "../../../domain/instant.ts";
import { remaining } from "../../../domain/payment.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { longestText } from "../../../domain/typed-text.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import { Amount } from "../../components/amount.tsx";
import { ForeignText } from "../../components/foreign-text.tsx";
import { Card, CopyNumber, KeyValues } from "../../components/key-values.tsx";
import { useFormat, type Format } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { channelText, numberOf } from "../new-refund/order.tsx";
import { dueOf, identityText, invoiceText, nameOf, reasonText, typeText } from "./case-words.ts";

type Writing = { readonly format: Format; readonly calendar: Calendar };

type Pair = readonly [name: string, value: ComponentChildren];

const given = (name: string, value: ComponentChildren | undefined): readonly Pair[] =>
  value === undefined ? [] : [[name, value]];

const paymentPairs = ({ payment }: CaseFile, format: Format): readonly Pair[] =>
  payment === undefined
    ? []
    : [
        [t("word.paid"), <Amount key="paid" money={payment.amount} />],
        ...given(t("records.field.paid_at"), payment.paidAt && format.time(payment.paidAt)),
        [t("records.field.channel"), channelText(payment.channel)],
        [t("records.field.left"), <Amount key="left" money={remaining(payment)} />],
        [t("records.field.grade"), payment.grade],
      ];

/** The first date that counts, the one of the law among them (X43). */
const dueText = (
  { refundCase, payment, profile }: CaseFile,
  { format, calendar }: Writing,
): string | undefined => {
  const first = earliest(dueDates({ refundCase, payment, profile, calendar }));
  if (first === undefined) return undefined;
  return [t(`todo.due.${first.kind}`), format.time(first.until)].join(t("word.separator"));
};

/** A tap calls a number; what is no number is only read. */
const reachText = (reach: string | undefined): ComponentChildren => {
  if (reach === undefined) return undefined;
  const shown = <bdi>{visibleText(reach).text}</bdi>;
  return /^\+?[\d -]{5,}$/.test(reach) ? (
    <a class="case-link" href={`tel:${reach}`}>
      {shown}
    </a>
  ) : (
    shown
  );
};

const casePairs = (file: CaseFile, writing: Writing): readonly Pair[] => {
  const { format } = writing;
  const { refundCase, people } = file;
  const { erased } = refundCase;
  const { batchId } = latestAttempt(refundCase);
  const due = dueOf(refundCase);
  return [
    [t("word.reason"), reasonText(refundCase.reason)],
    [t("records.field.type"), typeText(refundCase)],
    ...given(
      t("records.field.destination"),
      refundCase.money && t(`records.destination.${refundCase.destination}`),
    ),
    [t("records.field.by"), nameOf(people, refundCase.requestedBy)],
    ...given(t("refund.exchange.collect"), due && <Amount key="due" money={due} />),
    ...given(t("todo.contact.reach"), reachText(reachOf(refundCase))),
    ...given(t("workflow.identity"), identityText(refundCase)),
    ...given(t("workflow.more.invoice"), invoiceText(refundCase)),
    ...given(t("workflow.due"), dueText(file, writing)),
    ...given(t("records.field.window"), refundCase.window && format.day(refundCase.window)),
    ...given(
      t("records.field.note"),
      refundCase.note === undefined ? undefined : (
        <ForeignText key="note">{visibleText(refundCase.note, longestText).text}</ForeignText>
      ),
    ),
    ...given(
      t("erasure.field"),
      erased && t("erasure.erased_at", { time: format.time(erased.at) }),
    ),
    ...given(
      t("records.field.batch"),
      batchId === undefined || refundCase.elsewhere ? undefined : (
        <a key="batch" class="case-link" href={linkTo("upload", { batch: batchId })}>
          <span class="u-mono">{batchId}</span>
        </a>
      ),
    ),
  ];
};

/** The numbers that are quoted and copied, then every other fact of the refund and its payment. */
export const CaseFacts = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { shop } = useShell();
  const { refundCase, payment } = file;
  const attempt = latestAttempt(refundCase);
  const number = payment && numberOf(payment);
  return (
    <>
      <div class="case-numbers">
        <CopyNumber label={t("refund.recorded.number")} number={attempt.refundNo} />
        {attempt.channelRefundNo !== undefined && (
          <CopyNumber label={t("records.field.channel_no")} number={attempt.channelRefundNo} />
        )}
        {number !== undefined && (
          <CopyNumber label={t("records.field.payment_no")} number={number} />
        )}
      </div>
      <Card>
        <KeyValues
          pairs={[
            ...casePairs(file, { format, calendar: shop.calendar }),
            ...paymentPairs(file, format),
          ]}
        />
      </Card>
    </>
  );
};
