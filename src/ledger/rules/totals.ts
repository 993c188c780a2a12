import type { Fact, FactOf } from "./fact.ts";
import type { Rule, State } from "./state.ts";

/** Both say the same; a currency without refunds may be left out. */
const isSame = (
  own: ReadonlyMap<string, number>,
  told: Readonly<Record<string, number>>,
): boolean =>
  [...own].every(([currency, sum]) => (told[currency] ?? 0) === sum) &&
  Object.entries(told).every(([currency, sum]) => (own.get(currency) ?? 0) === sum);

const compare = (state: State, fact: Fact): void => {
  const told = fact.ctx?.tot;
  if (told === undefined) return;
  if (state.totals !== undefined && !isSame(state.totals, told)) state.report("E_TOTAL", fact.seq);
  // after a hole, or a wrong sum once told, what is told now is where adding goes on
  state.totals = new Map(Object.entries(told));
};

/** Re-adds the gross sum of all real refunds and compares it with `ctx.tot`. */
export const checkTotals = (state: State, fact: FactOf<"refund">): void => {
  const { amt, cur } = fact.core;
  if (!fact.training) {
    state.totals?.set(cur, (state.totals.get(cur) ?? 0) + amt);
    if (state.refundsSinceClose !== undefined) state.refundsSinceClose++;
  }
  compare(state, fact);
};

/** Rules of a day close: its count, and the running sum. */
export const checkClose: Rule<"close"> = (state, fact) => {
  const counted = state.refundsSinceClose;
  if (counted !== undefined && counted !== fact.core.n) state.report("E_TOTAL", fact.seq);
  state.refundsSinceClose = 0;
  compare(state, fact);
};
