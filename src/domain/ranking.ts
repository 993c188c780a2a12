import { add, compare, zero, type Money } from "./money.ts";

/** One line of a ranking: what it is about, how many refunds and how much. */
export type Ranked = { readonly key: string; readonly count: number; readonly sum: Money };

/** Adds up refunds by what they are about. */
export const newRanking = () => {
  const ranking = new Map<string, Ranked>();
  return {
    put: (key: string, amount: Money): void => {
      const known = ranking.get(key) ?? { key, count: 0, sum: zero(amount.currency) };
      ranking.set(key, { key, count: known.count + 1, sum: add(known.sum, amount) });
    },
    byMoney: (): readonly Ranked[] =>
      [...ranking.values()].sort(
        (one, other) => compare(other.sum, one.sum) || (one.key < other.key ? -1 : 1),
      ),
    inOrder: (keys: readonly string[]): readonly Ranked[] =>
      keys.flatMap((key) => ranking.get(key) ?? []),
  };
};
