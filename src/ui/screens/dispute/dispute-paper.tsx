import type { ComponentChildren } from "preact";

import { writeRef } from "../../../domain/ids.ts";
import { visibleText } from "../../../domain/codes/visible-text.ts";
import { remaining } from "../../../domain/payment.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import { longestText } from "../../../domain/typed-text.ts";
import type { FormFile } from "../../../usecases/read-form.ts";
import { stateShown } from "../../components/badge.tsx";
import { useFormat } from "../../format.ts";
import { language, t } from "../../language.ts";
import { useShell } from "../../shell-context.tsx";
import { useWords } from "../../use-words.ts";
import { channelText, numberOf } from "../new-refund/order.tsx";
import { policyLines } from "../policy/policy-lines.ts";
import { useVersion } from "../policy/policy-said.tsx";
import { evidenceText, historyText, nameOf, reasonText, typeText } from "../refund/case-words.ts";

/** What stands on the paper: a refund, whether the customer's words too, and whose key vouches for it. */
export type DisputeContent = {
  readonly file: FormFile;
  readonly customer: boolean;
  readonly rootFingerprint: string | undefined;
};

const Part = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) => (
  <section>
    <h3 class="form-block">{title}</h3>
    {children}
  </section>
);

type Pair = readonly [name: string, value: string | undefined];

const useFacts = ({ file, customer }: DisputeContent): readonly Pair[] => {
  const format = useFormat();
  const { shop } = useShell();
  const { refundCase, payment, people } = file;
  const { amount, refundNo, channelRefundNo } = latestAttempt(refundCase);
  const note = customer ? refundCase.note : undefined;
  return [
    [t("forms.field.shop"), visibleText(shop.name).text],
    [t("forms.field.refund_no"), refundNo],
    [t("forms.field.channel_refund_no"), channelRefundNo],
    [t("forms.field.amount"), format.money(amount)],
    [t("forms.field.type"), typeText(refundCase)],
    [t("forms.field.reason"), reasonText(refundCase.reason)],
    [t("forms.field.state"), t(`state.${stateShown(refundCase)}`)],
    [t("forms.field.operator"), nameOf(people, refundCase.requestedBy)],
    [t("forms.field.date"), format.fullTime(refundCase.createdAt)],
    [t("records.field.payment_no"), payment && numberOf(payment)],
    [t("forms.field.channel"), payment && channelText(payment.channel)],
    [t("forms.field.paid_at"), payment?.paidAt && format.fullTime(payment.paidAt)],
    [t("forms.field.paid"), payment && format.money(payment.amount)],
    [t("forms.field.left"), payment && format.money(remaining(payment))],
    [t("forms.field.words"), note === undefined ? undefined : visibleText(note, longestText).text],
  ];
};

const Record = (content: DisputeContent) => (
  <dl class="dispute-facts">
    {useFacts(content).map(
      ([name, value]) =>
        value !== undefined && (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
    )}
  </dl>
);

const Timeline = ({ file: { refundCase, people }, customer }: DisputeContent) => {
  const format = useFormat();
  return (
    <ol class="dispute-list">
      {refundCase.history.map((entry) => (
        <li key={writeRef(entry.ref)}>
          {[
            format.fullTime(entry.at),
            historyText(entry),
            evidenceText(entry),
            nameOf(people, entry.staff),
            t("records.history.place", { seq: entry.ref.seq }),
          ]
            .filter((part) => part !== undefined)
            .join(t("word.separator"))}
          {customer && entry.text !== undefined && (
            <bdi class="dispute-words">{visibleText(entry.text, longestText).text}</bdi>
          )}
        </li>
      ))}
    </ol>
  );
};

/** Pictures of papers go along only with what the customer said. */
const Evidence = ({ file: { refundCase }, customer }: DisputeContent) => {
  const format = useFormat();
  const files = refundCase.evidence.filter(
    ({ personalTo }) => customer || personalTo === undefined,
  );
  if (files.length === 0) return <p>{t("forms.dispute.no_evidence")}</p>;
  return (
    <ol class="dispute-list">
      {files.map(({ kind, sha256, size, type }) => (
        <li key={sha256}>
          {t(`evidence.kind.${kind}`)} · {type} · {format.number(size)} B
          <span class="u-mono dispute-words">SHA-256 {sha256}</span>
        </li>
      ))}
    </ol>
  );
};

const PolicyPart = ({ current }: { readonly current: NonNullable<FormFile["policy"]> }) => {
  const say = useWords(language.value);
  const versionIn = useVersion(current);
  if (say === undefined) return undefined;
  const spoken = language.value === "zh-CN" ? "zh" : "en";
  return (
    <>
      <p>{versionIn(say)}</p>
      {policyLines(current.policy, spoken, say).map((line, index) => (
        <p key={index}>
          <bdi dir="auto">{line}</bdi>
        </p>
      ))}
    </>
  );
};

/** What the customer was shown counts; where that is not known, what it was judged by. */
const Policy = ({ file: { policy, policyShown } }: DisputeContent) => {
  const current = policyShown ?? policy;
  if (current === undefined) return <p>{t("forms.dispute.no_policy")}</p>;
  return (
    <>
      <p>{t(policyShown === undefined ? "forms.dispute.not_shown" : "forms.dispute.shown")}</p>
      <PolicyPart current={current} />
    </>
  );
};

const Steps = ({ file, rootFingerprint }: DisputeContent) => {
  const { record } = latestAttempt(file.refundCase);
  const others = file.refundCase.history.filter(({ ref }) => ref.device !== record.device);
  return (
    <ol class="dispute-list dispute-steps">
      <li>{t("forms.dispute.step_file")}</li>
      <li>{t("forms.dispute.step_open")}</li>
      <li>
        {t("forms.dispute.step_key")} <span class="u-mono">{rootFingerprint ?? "–"}</span>
      </li>
      <li>
        {t("forms.dispute.step_verdict", { seq: record.seq, short: file.codes?.short ?? "–" })}
      </li>
      {others.length > 0 && <li>{t("forms.dispute.step_others", { n: others.length })}</li>}
    </ol>
  );
};

/** The printed half of a dispute pack: for eyes; the file beside it is what can be checked. */
export const DisputePaper = (content: DisputeContent) => (
  <article class="paper-form on-paper" data-paper>
    <h2 class="form-title">{t("action.dispute")}</h2>
    {content.file.refundCase.training && <p class="form-training">{t("records.slip.practice")}</p>}
    <Part title={t("forms.block.refund")}>
      <Record {...content} />
    </Part>
    <Part title={t("forms.dispute.timeline")}>
      <Timeline {...content} />
    </Part>
    <Part title={t("forms.dispute.evidence")}>
      <Evidence {...content} />
    </Part>
    <Part title={t("policy.title")}>
      <Policy {...content} />
    </Part>
    <Part title={t("forms.dispute.verify")}>
      <Steps {...content} />
    </Part>
  </article>
);
