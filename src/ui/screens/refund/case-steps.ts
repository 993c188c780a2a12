import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import { goodsAreSettled } from "../../../domain/refund/decide-goods.ts";
import type { HistoryEntry } from "../../../domain/refund/history.ts";
import type { MoneyState } from "../../../domain/refund/money-track.ts";
import type { Staff } from "../../../domain/staff.ts";
import type { TrackStep } from "../../components/track.tsx";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { evidenceText, nameOf, refusalText } from "./case-words.ts";

type Told = HistoryEntry["told"];

const lastEntry = (
  { history }: RefundCase,
  isMeant: (told: Told) => boolean,
): HistoryEntry | undefined => [...history].reverse().find(({ told }) => isMeant(told));

const moneyEntry = (refundCase: RefundCase, states: readonly string[]): HistoryEntry | undefined =>
  lastEntry(refundCase, (told) => told.kind === "money" && states.includes(told.state));

type Writer = { readonly format: Format; readonly people: readonly Staff[] };

const factsOf = (entry: HistoryEntry, { people }: Writer): NonNullable<TrackStep["facts"]> => {
  const { told } = entry;
  const reference = told.kind === "money" ? told.reference : undefined;
  return [nameOf(people, entry.staff), evidenceText(entry), reference, entry.text];
};

const passed = (label: string, entry: HistoryEntry, writer: Writer): TrackStep => ({
  label,
  standing: "done",
  time: writer.format.time(entry.at),
  facts: factsOf(entry, writer),
});

const onTheWay: readonly MoneyState[] = ["processing", "needs_action", "unknown", "abnormal"];
const atTheEnd: ReadonlySet<MoneyState> = new Set(["succeeded", "failed", "closed", "reversed"]);

const endOf = (refundCase: RefundCase, writer: Writer): TrackStep => {
  const { money } = latestAttempt(refundCase);
  const entry = moneyEntry(refundCase, [money]);
  const label = t(`state.${money}`);
  const arrived = money === "succeeded";
  const standing = arrived ? "arrived" : "failed";
  return entry === undefined ? { label, standing } : { ...passed(label, entry, writer), standing };
};

const processing = (refundCase: RefundCase, writer: Writer): TrackStep => {
  const { money } = latestAttempt(refundCase);
  const entry = moneyEntry(refundCase, onTheWay);
  const stands = onTheWay.includes(money);
  const label = stands ? t(`state.${money}`) : t("records.step.processing");
  if (entry === undefined) return { label, standing: money === "submitted" ? "now" : "later" };
  const standing = money === "abnormal" ? "failed" : "now";
  return { ...passed(label, entry, writer), standing: stands ? standing : "done" };
};

const commandStep = (
  refundCase: RefundCase,
  [state, now]: readonly ["exported" | "submitted", "ready" | "exported"],
  writer: Writer,
): TrackStep => {
  const { money } = latestAttempt(refundCase);
  const entry = moneyEntry(refundCase, [state]);
  const waits = money === "ready" || money === "pending_approval" || money === now;
  if (entry !== undefined && !waits) return passed(t(`records.step.${state}`), entry, writer);
  const label = t(state === "exported" ? "records.step.to_export" : "records.step.to_submit");
  const open = state === "submitted" || goodsAreSettled(refundCase);
  return { label, standing: money === now && open ? "now" : "later" };
};

const approvalSteps = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const { approval } = latestAttempt(refundCase);
  if (approval === "not_required" || approval === "closed") return [];
  const entry = lastEntry(refundCase, (told) => told.kind === "decided" && told.about === "refund");
  if (approval === "pending" || entry === undefined)
    return [{ label: t("workflow.step.to_approve"), standing: "now" }];
  if (approval === "approved") return [passed(t("workflow.step.approved"), entry, writer)];
  const { told } = entry;
  const why = told.kind === "decided" ? told.reason : undefined;
  const rejected = passed(t("workflow.step.rejected"), entry, writer);
  const facts = [why === undefined ? undefined : refusalText(why), ...(rejected.facts ?? [])];
  return [{ ...rejected, facts, standing: "failed" }];
};

const goodsSteps = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const { goods, money, type, replacementGiven } = refundCase;
  const entry = lastEntry(refundCase, (told) => told.kind === "goods");
  if (goods === "none" && type !== "exchange") return [];
  const open = goods === "awaiting" || (type === "exchange" && !replacementGiven);
  if (entry === undefined || goods === "awaiting") {
    const standing = money === "pending_approval" ? "later" : "now";
    return open ? [{ label: t(`workflow.step.goods_of.${wayOfGoods(refundCase)}`), standing }] : [];
  }
  const step = passed(t(`workflow.step.goods.${goods}`), entry, writer);
  const given = open ? [{ label: t("workflow.step.to_give"), standing: "now" } as const] : [];
  return [{ ...step, standing: goods === "lost" ? "failed" : "done" }, ...given];
};

const wayOfGoods = ({ goods }: RefundCase): "back" | "out" => (goods === "none" ? "out" : "back");

/** No acquirer takes part when cash or credit is given at the counter. */
const paidOut = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const entry = moneyEntry(refundCase, ["succeeded"]);
  if (entry !== undefined)
    return [{ ...passed(t("workflow.step.paid_out"), entry, writer), standing: "arrived" }];
  const standing = refundCase.money === "pending_approval" ? "later" : "now";
  return [{ label: t("workflow.step.to_pay_out"), standing }];
};

const atTerminal = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const { money } = latestAttempt(refundCase);
  if (atTheEnd.has(money)) return [endOf(refundCase, writer)];
  const standing = money === "pending_approval" ? "later" : "now";
  return [{ label: t("workflow.step.at_terminal"), standing }];
};

const throughAcquirer = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const between = [
    commandStep(refundCase, ["exported", "ready"], writer),
    commandStep(refundCase, ["submitted", "exported"], writer),
    processing(refundCase, writer),
  ];
  if (atTheEnd.has(latestAttempt(refundCase).money))
    return [...between.filter((step) => step.standing === "done"), endOf(refundCase, writer)];
  return [...between, { label: t("records.step.arrived"), standing: "later" }];
};

const moneySteps = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  if (refundCase.money === undefined) return [];
  if (refundCase.destination !== "original") return paidOut(refundCase, writer);
  return latestAttempt(refundCase).mode === "void"
    ? atTerminal(refundCase, writer)
    : throughAcquirer(refundCase, writer);
};

/** The way of a refund: who did each step, when, on what evidence; a final state shows only what happened. */
export const stepsOf = (refundCase: RefundCase, writer: Writer): readonly TrackStep[] => {
  const { money, approval } = latestAttempt(refundCase);
  const opened = lastEntry(refundCase, (told) => told.kind === "recorded");
  const withdrawn = lastEntry(refundCase, (told) => told.kind === "withdrawn");
  const recorded = opened === undefined ? [] : [passed(t("records.step.recorded"), opened, writer)];
  const decided = [...recorded, ...approvalSteps(refundCase, writer)];
  if (money === "withdrawn" && approval === "rejected") return decided;
  if (money === "withdrawn" && withdrawn !== undefined)
    return [...decided, passed(t("state.withdrawn"), withdrawn, writer)];
  return [...decided, ...goodsSteps(refundCase, writer), ...moneySteps(refundCase, writer)];
};
