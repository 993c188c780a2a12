import type { RefundCase } from "./refund/case.ts";

/** What a newcomer tries once, in this order. */
export const practiceTasks = [
  "full",
  "partial",
  "return",
  "decline",
  "approve",
  "withdraw",
  "tell",
] as const;

export type PracticeTask = (typeof practiceTasks)[number];

const shows: Readonly<Record<Exclude<PracticeTask, "decline">, (one: RefundCase) => boolean>> = {
  full: ({ type, mode }) => type === "full" && mode === "referenced",
  partial: ({ type }) => type === "partial",
  return: ({ goods }) => goods === "received",
  approve: ({ approval }) => approval === "approved",
  withdraw: ({ money }) => money === "withdrawn",
  tell: ({ notice }) => notice !== "none",
};

/** The tasks that what was recorded shows to be done. */
export const doneTasks = (
  cases: readonly RefundCase[],
  hasDeclined: boolean,
): ReadonlySet<PracticeTask> =>
  new Set(
    practiceTasks.filter((task) => (task === "decline" ? hasDeclined : cases.some(shows[task]))),
  );
