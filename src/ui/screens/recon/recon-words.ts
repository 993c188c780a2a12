import { matchClasses, type MatchClass } from "../../../domain/reconcile/difference.ts";
import type { Money } from "../../../domain/money.ts";
import { sumsOf, sumUp, type LinesLeft } from "../../../domain/reconcile/comparison.ts";
import type { Reconciliation, ReconLine } from "../../../usecases/read-reconciliation.ts";

/** The lines of one class that are here, and how many it has in all. */
export type ClassGroup = {
  readonly class: MatchClass;
  readonly lines: readonly ReconLine[];
  readonly count: number;
  readonly sums: readonly Money[];
};

/** By what a line is called in a list. */
export const headOf = ({ ours, theirs: [one] }: ReconLine) => {
  if (ours !== undefined)
    return {
      key: ours.refundNo,
      number: ours.refundNo,
      acquirer: ours.acquirer,
      at: ours.recordedAt,
    };
  if (one === undefined) throw new Error("a line has a side");
  const { key, acquirer, at } = one;
  return { key, number: one.refundNo ?? one.channelRefundNo ?? one.transactionId, acquirer, at };
};

/** Whether somebody has to look: it neither agrees, nor waits, nor is settled. */
export const needsEyes = ({ class: kind, settled }: ReconLine): boolean =>
  !settled && kind !== "matched" && kind !== "waiting";

const nothing: LinesLeft = { count: 0, open: 0, sums: [] };

/** Lines by class, in the order in which they need a person; `left` are refunds that nobody recorded here. */
export const groupLines = ({ lines, left }: Reconciliation): readonly ClassGroup[] =>
  matchClasses.flatMap((kind) => {
    const own = lines.filter((line) => line.class === kind);
    const more = kind === "missing_here" ? left : nothing;
    const sums = sumUp([...sumsOf(own), ...more.sums]);
    return own.length === 0
      ? []
      : [{ class: kind, lines: own, count: own.length + more.count, sums }];
  });

/** How many lines somebody has to look at. */
export const openCount = ({ lines, left }: Reconciliation): number =>
  lines.filter(needsEyes).length + left.open;
