import type { Instant } from "../../../domain/instant.ts";
import { latestAttempt } from "../../../domain/refund/case.ts";
import type { TodoItem, TodoKind } from "../../../domain/todo.ts";
import type { Format } from "../../format.ts";
import { t } from "../../language.ts";
import { linkTo } from "../../routes.ts";

/** Lines that only the clock makes: their step is that of the task behind them. */
const timed: ReadonlySet<TodoKind> = new Set(["overdue", "deadline", "untouched"]);

/** The page on which a line is worked off. */
export const hrefOf = ({ kind, task, refundCase }: TodoItem): string => {
  const id = refundCase.caseId;
  const { batchId: batch } = latestAttempt(refundCase);
  const step = timed.has(kind) ? task : kind;
  if (step === "submit" && batch !== undefined) return linkTo("upload", { batch });
  if (step === "approve") return linkTo("approval", { id });
  if (step === "goods") return linkTo("goods", { id });
  return step === "terminal" ? linkTo("terminal", { id }) : linkTo("refund", { id });
};

const dueText = ({ due, at }: TodoItem, format: Format, now: Instant): string => {
  const what = t(`todo.due.${due?.kind ?? "acquirer"}`);
  const time = format.time(at);
  return at < now
    ? t("todo.say.deadline_past", { what, time })
    : t("todo.say.deadline", { what, time });
};

/** One sentence: why it is on the list, and what to do. */
export const sayOf = (item: TodoItem, format: Format, now: Instant): string => {
  const { kind, at, refundCase } = item;
  switch (kind) {
    case "overdue":
      return refundCase.money === "exported"
        ? t("todo.say.overdue_submit")
        : t("todo.say.overdue", { time: format.time(at) });
    case "deadline":
      return dueText(item, format, now);
    case "contact":
      return t("todo.say.contact", { time: format.time(at) });
    case "untouched":
      return t("todo.say.untouched", { time: format.time(at) });
    case "conflict":
    case "late_success":
    case "over_refund":
    case "unknown":
    case "abnormal":
    case "needs_action":
    case "approve":
    case "terminal":
    case "submit":
    case "pay_out":
    case "goods":
    case "invoice":
    case "tell":
    case "merchant_copy":
    case "overpaid":
    case "backup":
      return t(`todo.say.${kind}`);
  }
};

/** The step that a date or nobody's hand makes urgent; of other lines the head says it already. */
export const stepText = ({ kind, task }: TodoItem): string | undefined =>
  task !== undefined && (kind === "deadline" || kind === "untouched")
    ? t(`todo.kind.${task}`)
    : undefined;
