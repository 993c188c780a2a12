import * as fc from "fast-check";
import type { DeviceId } from "../../../src/domain/ids.ts";
import type { Recorded } from "../../../src/domain/journal-event.ts";
import type { RefundCase } from "../../../src/domain/refund/case.ts";
import { isLateSuccess, isOverRefunded } from "../../../src/domain/refund/case-state.ts";
import { seed } from "../../support/deep.ts";
import { anyPlot, type Plot } from "./act.ts";
import type { Check } from "./check-balance.ts";
import { begin, step, type Step } from "./step.ts";
import type { Shop, Walk } from "./walk.ts";

/** The first device of a shop. */
export const aShopAt = (training = false): Shop => ({
  device: "device-a" as DeviceId,
  prefix: "R7K2Q4",
  training,
});

/** Walks through a plot and shows every step. */
const walkThrough = ({ training, acts }: Plot, look: (seen: Step) => void): void => {
  let walk = begin(aShopAt(training));
  for (const act of acts) {
    const seen = step(walk, act);
    look(seen);
    walk = seen.after;
  }
};

export type Survey = {
  readonly steps: number;
  /** In how many walks each thing was met. */
  readonly met: ReadonlyMap<string, number>;
  /** What failed first of a check, on whichever walk. */
  readonly failed: ReadonlyMap<string, unknown>;
};

const wordsOfEvent = ({ event }: Recorded): readonly string[] => {
  if (event.kind === "money") return [`money ${event.state}`];
  if (event.kind !== "refund") return [];
  const again = event.attempt > 1 ? ["a new attempt"] : [];
  const carried = event.approval === undefined ? [] : ["a consent carried over"];
  return [`${event.mode} ${event.type}`, `to ${event.destination}`, ...again, ...carried];
};

const wordsOfCase = (refundCase: RefundCase, { books }: Walk): readonly string[] => {
  const { money, goods, paymentId, attempts } = refundCase;
  const payment = paymentId === undefined ? undefined : books.payments.get(paymentId);
  return [
    `stands ${money ?? "without money"}`,
    `goods ${goods}`,
    ...(isOverRefunded(refundCase, payment) ? ["more refunded than paid"] : []),
    ...(isLateSuccess(refundCase) ? ["money that came late"] : []),
    ...(attempts.some(({ reopened }) => reopened) ? ["reopened"] : []),
  ];
};

/** What a step was about, so that nobody takes walks for proof that never left the house. */
const wordsOf = ({ act, fault, recorded, after }: Step): readonly string[] => [
  fault === undefined ? `did ${act.kind}` : `refused ${act.kind}`,
  ...recorded.flatMap(wordsOfEvent),
  ...[...after.books.cases.values()].flatMap((refundCase) => wordsOfCase(refundCase, after)),
];

/** Walks so many times and asks every check after every step; what failed is not asked again. */
export const survey = (checks: Readonly<Record<string, Check>>, numRuns: number): Survey => {
  const met = new Map<string, number>();
  const failed = new Map<string, unknown>();
  let steps = 0;
  const ask = (seen: Step): void => {
    for (const [name, check] of Object.entries(checks))
      if (!failed.has(name)) {
        try {
          check(seen);
        } catch (error) {
          failed.set(name, error);
        }
      }
  };
  for (const plot of fc.sample(anyPlot, { numRuns, seed })) {
    const words = new Set<string>();
    walkThrough(plot, (seen) => {
      steps++;
      for (const word of wordsOf(seen)) words.add(word);
      ask(seen);
    });
    for (const word of words) met.set(word, (met.get(word) ?? 0) + 1);
  }
  return { steps, met, failed };
};

/** Fails with a walk that breaks a check, the shortest that a minute finds. */
export const showShortest = (check: Check, numRuns: number): void => {
  fc.assert(
    fc.property(anyPlot, (plot) => walkThrough(plot, check)),
    { numRuns, seed, interruptAfterTimeLimit: 60_000 },
  );
};
