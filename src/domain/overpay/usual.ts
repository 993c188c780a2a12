/** How many sales show what is usual, and how few of them show nothing. */
export const salesKept = 200;
export const salesNeeded = 20;

/** Where a number stands, or would stand, among sorted ones. */
const placeOf = (sorted: readonly number[], minor: number): number => {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < minor) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** The last sales of a stall in one currency, kept sorted: each new one is taken and judged in a few steps. */
export const newUsual = (before: readonly number[]) => {
  const order: number[] = [];
  const sorted: number[] = [];
  const counts = new Map<number, number>();
  const enter = (minor: number): void => {
    sorted.splice(placeOf(sorted, minor), 0, minor);
    counts.set(minor, (counts.get(minor) ?? 0) + 1);
  };
  const leave = (minor: number): void => {
    sorted.splice(placeOf(sorted, minor), 1);
    counts.set(minor, (counts.get(minor) ?? 0) - 1);
    if (counts.get(minor) === 0) counts.delete(minor);
  };
  const take = (minor: number): void => {
    enter(minor);
    order.push(minor);
    if (order.length > salesKept) leave(order.shift() ?? 0);
  };
  before.slice(-salesKept).forEach(take);
  return {
    take,
    size: (): number => sorted.length,
    /** How many of them had this very amount. */
    seen: (minor: number): number => counts.get(minor) ?? 0,
    /** The amount below which so many per cent of them lie. */
    percentile: (percent: number): number =>
      sorted[Math.floor((percent / 100) * (sorted.length - 1))] ?? 0,
    /** Asks something of all of them but one. */
    without: <T>(minor: number, ask: () => T): T => {
      leave(minor);
      const answer = ask();
      enter(minor);
      return answer;
    },
    amounts: (): readonly number[] => [...order],
  };
};

export type Usual = ReturnType<typeof newUsual>;
