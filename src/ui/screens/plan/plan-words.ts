import type { MoneyReason } from "../../../domain/planner/available.ts";
import type { FloatPlan, PlannedRefund, StepReason } from "../../../domain/planner/float-plan.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";

/** Why so much money is counted with, one line. */
export const moneyReasonText = (reason: MoneyReason, format: Format): string => {
  switch (reason.kind) {
    case "balance":
      return t("plan.why.balance", {
        amount: format.money(reason.amount),
        time: format.time(reason.at),
      });
    case "balance_settled":
      return t("plan.why.balance_settled", { time: format.time(reason.at) });
    case "takings":
    case "voids":
      return t(`plan.why.${reason.kind}`, { amount: format.money(reason.amount) });
    case "under_way":
      return t("plan.why.under_way", { n: reason.count, amount: format.money(reason.amount) });
    case "balance_old":
    case "no_balance":
    case "no_float":
    case "takings_gone":
    case "takings_apart":
    case "settlement_unknown":
    case "source_unknown":
    case "ask_first":
    case "not_counted":
      return t(`plan.why.${reason.kind}`);
  }
};

/** Why a refund stands where it stands, one line. */
export const stepReasonText = (reason: StepReason, format: Format): string => {
  switch (reason.kind) {
    case "fits":
    case "short":
      return t(`plan.item.${reason.kind}`, { amount: format.money(reason.rest) });
    case "spacing":
    case "hours":
      return t(`plan.item.${reason.kind}`, { time: format.time(reason.from) });
    case "daily_refunds":
    case "daily_amount":
    case "above_daily":
      return t(`export.blocked.${reason.kind}`, { most: format.number(reason.most) });
    case "void":
    case "no_promise":
    case "too_late":
    case "d0_blocked":
      return t(`plan.item.${reason.kind}`);
  }
};

/** By when it must go, or that this was missed. */
export const endText = (
  { ends }: PlannedRefund,
  format: Format,
  now: Instant,
): string | undefined =>
  ends &&
  t(ends.until < now ? "todo.say.deadline_past" : "todo.say.deadline", {
    what: t(`todo.due.${ends.kind}`),
    time: format.time(ends.until),
  });

const failsText = ({ queue, firstFailure }: FloatPlan, format: Format): string | undefined => {
  const first = queue.find(({ refund }) => refund.caseId === firstFailure)?.refund;
  return (
    first &&
    t("plan.fails", { tail: format.tail(first.refundNo), amount: format.money(first.amount) })
  );
};

/** The advice in a few sentences: what would fail, what helps, what ends today. */
export const adviceTexts = (plan: FloatPlan, format: Format): readonly string[] => {
  const { available, topUp, tomorrow, endsToday } = plan;
  const fails = failsText(plan, format);
  const enough = available === undefined ? t("plan.no_promise") : t("plan.fits");
  const amount = topUp && format.money(topUp);
  return [
    ...(fails === undefined ? [enough] : [fails]),
    ...(fails !== undefined && available === undefined ? [enough] : []),
    ...(amount === undefined ? [] : [t(tomorrow ? "plan.top_up_or" : "plan.top_up", { amount })]),
    ...(endsToday.length === 0 ? [] : [t("plan.today", { n: endsToday.length })]),
  ];
};
