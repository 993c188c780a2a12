import { identityPapers } from "../../../domain/evidence.ts";
import type { StaffId } from "../../../domain/ids.ts";
import { system } from "../../../domain/ids.ts";
import { isZero, money, type Money } from "../../../domain/money.ts";
import { findReason, findRefusal } from "../../../domain/reasons.ts";
import type { Payment } from "../../../domain/payment.ts";
import { latestAttempt, type RefundCase } from "../../../domain/refund/case.ts";
import type { HistoryEntry } from "../../../domain/refund/history.ts";
import type { Staff } from "../../../domain/staff.ts";
import { stateShown } from "../../components/badge.tsx";
import { t } from "../../language.ts";

/** The chip's word of a reason code. */
export const reasonText = (code: string): string => t(`reason.${findReason(code) ?? "other"}`);

/** What the customer still pays in an exchange; undefined where nothing is due. */
export const dueOf = ({ due, amount }: RefundCase): Money | undefined =>
  due === undefined || due === 0 ? undefined : money(due, amount.currency);

/** The amount that counts: what goes back, or what the customer pays on top. */
export const amountOf = (refundCase: RefundCase): Money =>
  dueOf(refundCase) ?? latestAttempt(refundCase).amount;

/** What kind of refund it is. */
export const typeText = (refundCase: RefundCase): string => {
  const { mode, amount } = latestAttempt(refundCase);
  if (mode !== "referenced") return t(`workflow.mode.${mode === "void" ? "void" : "unreferenced"}`);
  if (refundCase.type !== "exchange" || !isZero(amount))
    return t(`records.type.${refundCase.type}`);
  return t(
    dueOf(refundCase) === undefined
      ? "records.type.exchange_even"
      : "records.type.exchange_collect",
  );
};

/** A refund that may not leave yet, because nothing proves its payment (refund-model.md §5.1). */
export const weakGrade = (
  refundCase: RefundCase,
  payment: Payment | undefined,
): "D" | "E" | undefined => {
  if (refundCase.training || stateShown(refundCase) !== "ready") return undefined;
  return payment?.grade === "D" || payment?.grade === "E" ? payment.grade : undefined;
};

/** The kind of paper that was seen; its number is never kept (R33). */
export const identityText = ({ identity }: RefundCase): string | undefined =>
  identity === undefined
    ? undefined
    : t(`workflow.paper.${identityPapers.find((one) => one === identity) ?? "other"}`);

/** What was told of the invoice, and its red one (X42). */
export const invoiceText = ({ invoice }: RefundCase): string | undefined => {
  if (invoice === undefined) return undefined;
  const red = invoice["red_no"];
  const parts = [invoice["no"], red === undefined ? undefined : t("workflow.invoice.red", { red })];
  const known = parts.filter((part) => part !== undefined);
  if (known.length > 0) return known.join(t("word.separator"));
  return t(`workflow.invoice.${invoice["issued"] === "yes" ? "issued" : "none"}`);
};

/** Who did it, by name where one is known. */
export const nameOf = (people: readonly Staff[], staff: StaffId): string => {
  if (staff === system) return t("records.who.system");
  return people.find((person) => person.staff === staff)?.name ?? staff;
};

/** The chip's word of a reason to decline. */
export const refusalText = (code: string): string => t(`refusal.${findRefusal(code) ?? "other"}`);

type Told<Kind extends HistoryEntry["told"]["kind"]> = Extract<
  HistoryEntry["told"],
  { kind: Kind }
>;

const decisionText = ({ about, result, reason }: Told<"decided">): string => {
  if (about === "conflict") return t("merge.history.kept");
  if (about === "reopen" && result === "approve") return t("workflow.history.reopened");
  if (about === "recall") return t(`workflow.history.recall.${result}`);
  if (result === "approve") return t("workflow.history.approved");
  return t("workflow.history.rejected", { reason: refusalText(reason ?? "other") });
};

const contactText = (told: Told<"contact">): string => {
  const { tags, via } = told;
  if (tags.includes("identity_seen")) return t("workflow.history.identity");
  if (tags.includes("new_evidence")) return t("workflow.history.evidence", { n: told.files });
  if (tags.some((tag) => tag.startsWith("recon."))) return t("recon.history");
  if (told.score !== undefined) return t("workflow.history.feedback", { n: told.score });
  return t("workflow.history.contact", {
    with: t(`workflow.with.${told.with}`),
    via: t(`workflow.contact_via.${via}`),
  });
};

const noticeText = (told: Told<"notice">): string => {
  const via = t(`records.via.${told.via}`);
  if (told.to !== "customer") return t(`workflow.history.notice_to.${told.to}`, { via });
  if (told.copy !== undefined && told.copy > 1)
    return t("records.history.notice_copy", { via, copy: told.copy });
  return t(`records.history.notice.${told.state}`, { via });
};

const moneyText = ({ state, out }: Told<"money">): string => {
  switch (state) {
    case "exported":
      return t(`records.history.exported.${out ?? "prepared"}`);
    case "submitted":
      return t("records.history.submitted");
    case "ready":
      return t("records.history.recalled");
    case "retracted":
      return t("records.history.retracted");
    case "processing":
    case "needs_action":
    case "unknown":
    case "abnormal":
    case "succeeded":
    case "failed":
    case "closed":
    case "reversed":
      return t("records.history.result", { state: t(`state.${state}`) });
  }
};

/** What one record of the case said, in words. */
export const historyText = ({ told }: HistoryEntry): string => {
  switch (told.kind) {
    case "recorded":
      return told.attempt === 1
        ? t("records.history.recorded")
        : t("records.history.attempt", { n: told.attempt });
    case "withdrawn":
      return t("records.history.withdrawn", { why: t(`records.withdrawn.${told.why}`) });
    case "decided":
      return decisionText(told);
    case "goods":
      return t(`workflow.history.goods.${told.state}`);
    case "contact":
      return contactText(told);
    case "notice":
      return noticeText(told);
    case "money":
      return moneyText(told);
    case "erased":
      return t("erasure.history", { seq: told.record.seq, why: t(`erasure.why.${told.why}`) });
  }
};

/** Where a result comes from, or how somebody proved who they are; nothing for what we did ourselves. */
export const evidenceText = ({ told }: HistoryEntry): string | undefined => {
  if (told.kind === "decided" && told.method !== undefined)
    return t(`workflow.method.${told.method}`);
  if (told.kind !== "money") return undefined;
  const ours = ["exported", "submitted", "ready", "retracted"].includes(told.state);
  return ours ? undefined : t(`records.by.${told.by}`);
};
