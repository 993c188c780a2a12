import { latestAttempt } from "../../../domain/refund/case.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import type { CaseFile } from "../../../usecases/read-case.ts";
import type { RecordCheck } from "../../../usecases/check-record.ts";
import { AmountHead } from "../../components/amount.tsx";
import { iconOf, StateBadge, toneOf } from "../../components/badge.tsx";
import { Banner } from "../../components/banner.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Track } from "../../components/track.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { readyValue } from "../../live.ts";
import { linkTo, type RouteOf } from "../../routes.ts";
import { channelText, goodsOf } from "../new-refund/order.tsx";
import { CaseActions, CaseNext } from "./case-actions.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { CaseHistory, OtherRefunds } from "./case-history.tsx";
import { CasePage } from "./case-page.tsx";
import { stepsOf } from "./case-steps.ts";
import { reasonText } from "./case-words.ts";
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

/** The sentence that must be read: a changed record first, else what the state asks for. */
const Truth = ({ money, check }: { money: MoneyState; check: RecordCheck | undefined }) => {
  if (check?.kind === "signature_bad") {
    const [before, after] = check.between;
    return (
      <Banner tone="danger" title={t("records.signature.changed")}>
        {t("records.signature.between", { before, after })}
      </Banner>
    );
  }
  const state = told.find((one) => one === money);
  if (state === undefined) return undefined;
  const waiting = state === "ready" || state === "exported";
  return (
    <Banner
      tone={waiting ? "warn" : toneOf(state)}
      {...(waiting ? {} : { icon: iconOf(state) })}
      title={t(`records.truth.${state}`)}
    >
      {t(`records.truth_more.${state}`)}
    </Banner>
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
        <AmountHead money={attempt.amount}>
          <Facts
            facts={[
              payment?.lines && <bdi key="goods">{goodsOf(payment)}</bdi>,
              payment && channelText(payment.channel),
              reasonText(refundCase.reason),
            ]}
          />
        </AmountHead>
        <StateBadge state={attempt.money} />
      </div>
      <Truth money={attempt.money} check={check} />
      <Track steps={stepsOf(refundCase, { format, people })} />
      <CaseActions file={file} />
      <CaseFacts file={file} />
      <p class="case-signature">
        <SignatureTag check={check} />
        {check?.kind === "signature_good" && (
          <span class="u-small">{t("records.signature.good_more")}</span>
        )}
      </p>
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
