import { instantFromMs } from "../../../domain/instant.ts";
import { attentionOf } from "../../../domain/refund/case-state.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import type { RecordCheck } from "../../../usecases/check-record.ts";
import { AmountHead } from "../../components/amount.tsx";
import { CaseBadge, iconOf, stateShown, Tag, toneOf } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Track } from "../../components/track.tsx";
import { useDeps } from "../../deps.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { Why } from "../approval/why.tsx";
import { AnswerAdvice } from "./answer-advice.tsx";
import { CaseActions, ElsewhereActions } from "./case-actions.tsx";
import { CaseEvidence } from "./case-evidence.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { Attempts, CaseGoods } from "./case-parts.tsx";
import { CaseHistory, OtherRefunds } from "./case-history.tsx";
import { CaseNext } from "./case-next.tsx";
import { ConflictPart, Elsewhere } from "./conflict-part.tsx";
import { CasePage } from "./case-page.tsx";
import { stepsOf } from "./case-steps.ts";
import { amountOf, dueOf, reasonText, typeText, weakGrade } from "./case-words.ts";
import { adviceOf } from "./next-step.ts";
import { OneTapFeedback } from "./one-tap-feedback.tsx";
import { SignatureTag, useRecordCheck } from "./signature-row.tsx";
import { useCaseFile } from "./use-case-file.ts";

const told = [
  "ready",
  "exported",
  "needs_action",
  "unknown",
  "abnormal",
  "failed",
  "closed",
  "reversed",
] as const satisfies readonly MoneyState[];

/** What waits here for a person, before any money moves. */
const waiting = ["pending_approval", "at_terminal", "waits_for_goods", "to_pay_out"] as const;

const Waits = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const shown = stateShown(refundCase);
  if (refundCase.money === undefined)
    return (
      <Banner tone="neutral" icon="repeat-2" title={t("workflow.truth.exchanged")}>
        <Due refundCase={refundCase} />
      </Banner>
    );
  if (shown === "refused")
    return (
      <Banner tone="neutral" icon="ban" title={t("workflow.truth.refused")}>
        {t("workflow.truth_more.refused")}
      </Banner>
    );
  const state = waiting.find((one) => one === shown);
  if (state === undefined) return undefined;
  return (
    <Banner tone="warn" icon={iconOf(state)} title={t(`workflow.truth.${state}`)}>
      {t(`workflow.truth_more.${state}`)}
      {state === "pending_approval" && <Why refundCase={refundCase} />}
    </Banner>
  );
};

/** What the customer still pays in an exchange. */
const Due = ({ refundCase }: { readonly refundCase: RefundCase }) => {
  const format = useFormat();
  const due = dueOf(refundCase);
  if (due === undefined) return undefined;
  return <p>{t("workflow.truth.collect", { amount: format.money(due) })}</p>;
};

/** The sentence that must be read: a changed record first, else what the state asks for. */
const Truth = ({ file, check }: { file: CaseFile; check: RecordCheck | undefined }) => {
  if (check?.kind === "signature_bad") {
    const [before, after] = check.between;
    return (
      <Banner tone="danger" title={t("records.signature.changed")}>
        {t("records.signature.between", { before, after })}
      </Banner>
    );
  }
  const weak = weakGrade(file.refundCase, file.payment);
  if (weak !== undefined)
    return (
      <Banner tone="warn" title={t("workflow.truth.unproven")}>
        {t(`workflow.truth_more.unproven.${weak}`)}
      </Banner>
    );
  const shown = stateShown(file.refundCase);
  const state = told.find((one) => one === shown);
  if (state === undefined) return <Waits refundCase={file.refundCase} />;
  const early = state === "ready" || state === "exported";
  const advice = adviceOf(file);
  return (
    <Banner
      tone={early ? "warn" : toneOf(state)}
      {...(early ? {} : { icon: iconOf(state) })}
      title={t(`records.truth.${state}`)}
    >
      {advice === undefined || early ? (
        t(`records.truth_more.${state}`)
      ) : (
        <AnswerAdvice advice={advice} />
      )}
    </Banner>
  );
};

/** What asks for an eye whatever the state says: late, twice, more than was paid, a clock set back. */
const Attention = ({ file }: { readonly file: CaseFile }) => {
  const deps = useDeps();
  const flags = attentionOf(file.refundCase, file.payment, instantFromMs(deps.now())).filter(
    (flag) => flag !== "unknown" && flag !== "abnormal",
  );
  if (flags.length === 0) return undefined;
  return (
    <ul class="case-attention">
      {flags.map((flag) => (
        <li key={flag}>
          <Tag icon="triangle-alert" tone={flag === "clock_back" ? "warn" : "danger"}>
            {t(`workflow.attention.${flag}`)}
          </Tag>
        </li>
      ))}
    </ul>
  );
};

const RefundView = ({ file }: { readonly file: CaseFile }) => {
  const format = useFormat();
  const { refundCase, payment, people } = file;
  const attempt = latestAttempt(refundCase);
  const check = useRecordCheck(attempt.record);
  return (
    <>
      <div class="case-head">
        <AmountHead money={amountOf(refundCase)}>
          <Facts
            facts={[
              refundCase.type === "exchange" && typeText(refundCase),
              payment?.lines && <bdi key="goods">{goodsOf(payment)}</bdi>,
              payment && channelText(payment.channel),
              reasonText(refundCase.reason),
            ]}
          />
        </AmountHead>
        <CaseBadge refundCase={refundCase} />
      </div>
      <Attention file={file} />
      <Elsewhere file={file} />
      <ConflictPart file={file} />
      <Truth file={file} check={check} />
      <Track steps={stepsOf(refundCase, { format, people })} />
      {refundCase.elsewhere ? <ElsewhereActions file={file} /> : <CaseActions file={file} />}
      <OneTapFeedback refundCase={refundCase} />
      <CaseFacts file={file} />
      <p class="case-signature">
        <SignatureTag check={check} />
        {check?.kind === "signature_good" && (
          <span class="u-small">{t("records.signature.good_more")}</span>
        )}
      </p>
      <CaseGoods refundCase={refundCase} />
      <CaseEvidence refundCase={refundCase} />
      <Attempts refundCase={refundCase} />
      <OtherRefunds others={file.others} />
      <CaseHistory refundCase={refundCase} people={people} />
      <CaseNext file={file} />
    </>
  );
};

/** D1: one refund, what happened to it, what proves it and what can be done. */
export const RefundScreen = ({ route }: { readonly route: RouteOf<"refund"> }) => {
  const format = useFormat();
  const live = useCaseFile(route.args.id);
  const amount = readyValue(live)?.refundCase.amount;
  const title = t("records.detail.title");
  return (
    <>
      <PageHeader
        title={title}
        back={linkTo("records")}
        {...(amount === undefined
          ? {}
          : { documentTitle: t("refund.title_amount", { amount: format.money(amount) }) })}
      />
      <CasePage live={live}>{(file) => <RefundView file={file} />}</CasePage>
    </>
  );
};
