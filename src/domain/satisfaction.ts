import { given } from "./given.ts";
import type { CaseId } from "./ids.ts";
import type { Instant } from "./instant.ts";
import type { RefundCase } from "./refund/case.ts";

/** How satisfied a customer was with a refund. */
export type Feedback = {
  readonly caseId: CaseId;
  readonly at: Instant;
  readonly score: number;
  readonly text?: string;
};

/** How satisfied customers were with the refunds of one reason (R28). */
export type Satisfaction = { readonly key: string; readonly count: number; readonly mean: number };

/** What was said of one refund. */
export const feedbackOf = ({ caseId, history }: RefundCase): readonly Feedback[] =>
  history.flatMap(({ at, told, text }) =>
    told.kind === "contact" && told.score !== undefined
      ? [{ caseId, at, score: told.score, ...given("text", text) }]
      : [],
  );

/** The worst first, of one score the newest. */
export const worstFirst = (one: Feedback, other: Feedback): number =>
  one.score - other.score || (one.at > other.at ? -1 : 1);

/** Adds up what was said by what the refunds were for. */
export const newSatisfaction = () => {
  const scores = new Map<string, readonly number[]>();
  return {
    put: (key: string, told: readonly Feedback[]): void => {
      if (told.length === 0) return;
      scores.set(key, [...(scores.get(key) ?? []), ...told.map(({ score }) => score)]);
    },
    worstFirst: (): readonly Satisfaction[] =>
      [...scores]
        .map(([key, all]) => ({
          key,
          count: all.length,
          mean: all.reduce((sum, score) => sum + score, 0) / all.length,
        }))
        .sort((one, other) => one.mean - other.mean || (one.key < other.key ? -1 : 1)),
  };
};
