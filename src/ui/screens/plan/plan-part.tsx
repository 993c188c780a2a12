import { planSteps, sumOfStep, type PlanStep } from "../../../domain/planner/float-plan.ts";
import type { AcquirerPlan } from "../../../usecases/read-float-plans.ts";
import { Banner } from "../../components/banner.tsx";
import { Card, KeyValues } from "../../components/key-values.tsx";
import { mostListed, NotListed } from "../../components/not-listed.tsx";
import { DayGroup, Row } from "../../components/row.tsx";
import { useFormat } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";
import { useShell } from "../../shell-context.tsx";
import { profileName } from "../acquirers/acquirer-words.ts";
import { BalanceForm } from "./balance-form.tsx";
import { adviceTexts, endText, moneyReasonText, stepReasonText } from "./plan-words.ts";

const Step = ({ plan, step }: { readonly plan: AcquirerPlan; readonly step: PlanStep }) => {
  const format = useFormat();
  const now = useShell().now();
  const items = plan.queue.filter((one) => one.step === step);
  if (items.length === 0) return undefined;
  const amount = format.money(sumOfStep(plan, step));
  return (
    <>
      <DayGroup title={t(`plan.step.${step}`, { n: items.length, amount })}>
        {items.slice(0, mostListed).map((item) => (
          <Row
            key={item.refund.caseId}
            title={t("word.tail", { tail: format.tail(item.refund.refundNo) })}
            facts={[
              endText(item, format, now),
              ...item.because.map((reason) => stepReasonText(reason, format)),
            ]}
            amount={item.refund.amount}
            href={linkTo(item.refund.isVoid ? "terminal" : "refund", { id: item.refund.caseId })}
          />
        ))}
      </DayGroup>
      <NotListed of={items.length} />
    </>
  );
};

/** The advice for one acquirer: what follows first, then what it rests on, line by line. */
export const PlanPart = ({
  plan,
  onNoted,
}: {
  readonly plan: AcquirerPlan;
  readonly onNoted: () => void;
}) => {
  const format = useFormat();
  const { shop } = useShell();
  const { available, because, currency, firstFailure, profile } = plan;
  const [first, ...rest] = adviceTexts(plan, format);
  const isOwn = currency === shop.currency;
  const name = profileName(profile);
  return (
    <section class="u-stack">
      <h2>{isOwn ? name : `${name} ${currency}`}</h2>
      <Banner tone={firstFailure === undefined ? "info" : "warn"} title={first}>
        {rest.length > 0 && rest.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </Banner>
      <Card>
        <KeyValues
          pairs={[
            [
              t("plan.available"),
              available === undefined ? t("plan.unknown") : format.money(available),
            ],
          ]}
        />
        <p class="u-small">{t("plan.why")}</p>
        <ul class="plan-why">
          {because.map((reason) => (
            <li key={reason.kind}>{moneyReasonText(reason, format)}</li>
          ))}
        </ul>
      </Card>
      {isOwn && <BalanceForm plan={plan} onNoted={onNoted} />}
      {planSteps.map((step) => (
        <Step key={step} plan={plan} step={step} />
      ))}
    </section>
  );
};
