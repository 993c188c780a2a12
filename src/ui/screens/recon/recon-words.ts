import { matchClasses, type MatchClass } from "../../../domain/reconcile/difference.ts";
import { add, zero, type Money } from "../../../domain/money.ts";
import type { ReconLine } from "../../../usecases/read-reconciliation.ts";

/** All lines of one class. */
export type ClassGroup = {
  readonly class: MatchClass;
  readonly lines: readonly ReconLine[];
  readonly sums: readonly Money[];
};

/** What a line is about in money: our amount, else theirs. */
export const amountOf = ({ ours, theirs }: ReconLine): Money | undefined =>
  ours?.amount ?? theirs[0]?.amount;

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

const sumsOf = (lines: readonly ReconLine[]): readonly Money[] => {
  const byCurrency = new Map<string, Money>();
  for (const amount of lines.flatMap((line) => amountOf(line) ?? [])) {
    const known = byCurrency.get(amount.currency) ?? zero(amount.currency);
    byCurrency.set(amount.currency, add(known, amount));
  }
  return [...byCurrency.values()];
};

/** Whether somebody has to look: it neither agrees, nor waits, nor is settled. */
export const needsEyes = ({ class: kind, settled }: ReconLine): boolean =>
  !settled && kind !== "matched" && kind !== "waiting";

/** Lines by class, in the order in which they need a person. */
export const groupLines = (lines: readonly ReconLine[]): readonly ClassGroup[] =>
  matchClasses.flatMap((kind) => {
    const own = lines.filter((line) => line.class === kind);
    return own.length === 0 ? [] : [{ class: kind, lines: own, sums: sumsOf(own) }];
  });
