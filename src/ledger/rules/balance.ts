import { countsAgainst, foldMoney, type Step } from "./money-fold.ts";
import type { Attempt, Group, Sale, State } from "./state.ts";

/** What one payment, or several that are one, can still give (refundlog.md §5.1). */
export type Balance = { readonly paid: number; readonly ext: number; readonly reserved: number };

export const newGroup = (sale: Sale): Group => ({
  members: new Set([sale]),
  imported: undefined,
  lowest: Number.MAX_SAFE_INTEGER,
  ext: 0,
  reserved: 0,
  complete: true,
  flagged: false,
});

const newerImport = (one: Group["imported"], other: Group["imported"]): Group["imported"] => {
  if (one === undefined || other === undefined) return one ?? other;
  return one.seq > other.seq ? one : other;
};

/** Makes two groups one: the limits join, the refunds add up. */
export const joinGroups = (into: Group, from: Group): void => {
  if (into === from) return;
  for (const sale of from.members) {
    into.members.add(sale);
    sale.group = into;
  }
  into.reserved += from.reserved;
  into.imported = newerImport(into.imported, from.imported);
  into.lowest = Math.min(into.lowest, from.lowest);
  into.ext = Math.max(into.ext, from.ext);
  into.complete &&= from.complete;
};

export const balanceOf = ({ imported, lowest, ext, reserved }: Group): Balance => ({
  paid: imported?.amt ?? lowest,
  ext,
  reserved,
});

export const left = ({ paid, ext, reserved }: Balance): number =>
  Math.max(0, paid - ext - reserved);

/** Lets an attempt begin to count. */
export const openClaim = (attempt: Attempt): void => {
  if (attempt.sale !== undefined && countsAgainst(attempt.money))
    attempt.sale.group.reserved += attempt.fact.core.amt;
};

/** Adds a step to an attempt, or takes one out, and moves its money with it. */
export const changeSteps = (attempt: Attempt, steps: readonly Step[]): void => {
  const money = foldMoney(attempt.start, steps);
  const change = Number(countsAgainst(money)) - Number(countsAgainst(attempt.money));
  if (attempt.sale !== undefined) attempt.sale.group.reserved += change * attempt.fact.core.amt;
  attempt.steps = steps;
  attempt.money = money;
};

/** After a payment or a result: refunds that add up to more than was paid are for people to look at. */
export const flagOverrefund = (state: State, group: Group, seq: number): void => {
  const { paid, ext, reserved } = balanceOf(group);
  const over = reserved > 0 && ext + reserved > paid;
  if (over && !group.flagged) state.report("F_SALE_OVERREFUND", seq);
  group.flagged = over;
};
