import { dueDates, earliest, type DueDate, type DueFacts } from "./due-dates.ts";
import { given } from "./given.ts";
import { addSeconds, type Instant } from "./instant.ts";
import type { Payment } from "./payment.ts";
import { caseState, isOverRefunded, overdueSince } from "./refund/case-state.ts";
import type { RefundCase } from "./refund/case.ts";
import { tasksOf, type TaskKind } from "./tasks.ts";

/** What the list asks a person for, ordered by what is lost by waiting: money, then dates, then the rest. */
export const todoKinds = [
  "conflict",
  "late_success",
  "over_refund",
  "unknown",
  "abnormal",
  "overdue",
  "needs_action",
  "deadline",
  "contact",
  "overpaid",
  "backup",
  "untouched",
  "approve",
  "terminal",
  "submit",
  "pay_out",
  "goods",
  "invoice",
  "tell",
  "merchant_copy",
] as const;

export type TodoKind = (typeof todoKinds)[number];

/** One line of the list: a case and what about it cannot wait. */
export type TodoItem = {
  readonly kind: TodoKind;
  readonly refundCase: RefundCase;
  readonly payment: Payment | undefined;
  /** Since when it waits; of a deadline, until when it is due. */
  readonly at: Instant;
  /** The date that comes first. */
  readonly due?: DueDate;
  /** The step that a date, or nobody's hand, makes urgent. */
  readonly task?: TaskKind;
};

/** A date that ends within three days is on the list. */
const soonSeconds = 3 * 86_400;

/** A request that nobody touched for that long is on the list (R22). */
const untouchedSeconds = 48 * 3600;

const lastTouched = ({ history, createdAt }: RefundCase): Instant =>
  history.at(-1)?.at ?? createdAt;

const isOpen = (refundCase: RefundCase): boolean => {
  const state = caseState(refundCase);
  return state !== "done" && state !== "reconciled";
};

/**
 * The date that presses most: the next one that can still be kept, else the first that was missed; of two on one day
 * that of the law. What was over when the refund was recorded has been let through already; when money should arrive is
 * told by `overdue`.
 */
const pressingDate = (facts: DueFacts, now: Instant): DueDate | undefined => {
  const { refundCase } = facts;
  if (!isOpen(refundCase)) return undefined;
  const horizon = addSeconds(now, soonSeconds);
  const pressing = dueDates(facts)
    .filter(
      ({ kind, until }) => kind !== "acquirer" && until >= refundCase.createdAt && until <= horizon,
    )
    .reverse();
  return earliest(pressing.filter(({ until }) => until >= now)) ?? earliest(pressing);
};

const isUntouched = (refundCase: RefundCase, now: Instant): boolean => {
  const state = caseState(refundCase);
  return (
    (state === "open" || state === "waiting_customer") &&
    addSeconds(lastTouched(refundCase), untouchedSeconds) < now
  );
};

type Step = Pick<TodoItem, "kind" | "at" | "due">;

/** What only the clock, or the balance of the payment, makes a step of. */
const foundSteps = (facts: DueFacts, now: Instant): readonly Step[] => {
  const { refundCase, payment } = facts;
  if (refundCase.elsewhere) return [];
  const at = lastTouched(refundCase);
  const late = overdueSince(refundCase);
  const due = pressingDate(facts, now);
  return [
    ...(isOverRefunded(refundCase, payment) ? [{ kind: "over_refund", at } as const] : []),
    ...(late !== undefined && late < now ? [{ kind: "overdue", at: late } as const] : []),
    ...(due === undefined ? [] : [{ kind: "deadline", at: due.until, due } as const]),
    ...(isUntouched(refundCase, now) ? [{ kind: "untouched", at } as const] : []),
  ];
};

const isTodoKind = (task: TaskKind): task is TaskKind & TodoKind =>
  todoKinds.some((kind) => kind === task);

/** The most urgent thing that holds for a case, in the order of the list. */
const stepOf = (facts: DueFacts, own: readonly TaskKind[], now: Instant): Step | undefined => {
  const at = lastTouched(facts.refundCase);
  const steps: readonly Step[] = [
    ...foundSteps(facts, now),
    ...own.filter(isTodoKind).map((kind) => ({ kind, at })),
  ];
  const places = steps.map(({ kind }) => todoKinds.indexOf(kind));
  return steps[places.indexOf(Math.min(...places))];
};

/** What stands on the list beside the step of its case: to speak with somebody when it was promised, to tell how it ended. */
const besides: ReadonlySet<TaskKind> = new Set(["contact", "tell", "merchant_copy"]);

/** A case stands once on the list, at its most urgent step; whom to speak with stands there besides. */
export const todoOf = (facts: DueFacts, now: Instant): readonly TodoItem[] => {
  const { refundCase, payment } = facts;
  const tasks = tasksOf(refundCase);
  const own = tasks.filter((task) => !besides.has(task));
  const step = stepOf(facts, own, now);
  const next = tasks.includes("contact") ? refundCase.nextContact : undefined;
  const about = { refundCase, payment };
  const spoken: readonly TodoItem[] = [
    ...(next !== undefined && next <= now
      ? [{ kind: "contact" as const, at: next, ...about }]
      : []),
    ...(tasks.includes("tell")
      ? [{ kind: "tell" as const, at: lastTouched(refundCase), ...about }]
      : []),
  ];
  if (step === undefined) return spoken;
  return [{ ...step, ...given("task", own[0]), ...about }, ...spoken];
};

/** The order inside a group: what is due or waits longest comes first. */
export const byTime = (one: TodoItem, other: TodoItem): number =>
  Number(one.at > other.at) - Number(one.at < other.at);
