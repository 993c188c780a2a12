import type { FactOf } from "./fact.ts";
import { findAttempt, findOwn, type Rule, type State } from "./state.ts";

type Claim = FactOf<"claim">;

const order = ["found", "notice_posted", "claimed", "verified"];
const ends: ReadonlySet<string> = new Set(["refund_case", "handed_back", "dismissed"]);

/** A claim only moves on, may skip steps, and ends once. */
const mayFollow = (before: string, next: string): boolean =>
  !ends.has(before) &&
  next !== "found" &&
  (ends.has(next) || order.indexOf(next) >= order.indexOf(before));

const checkSale = (state: State, fact: Claim): void => {
  const sale = state.sales.get(fact.core.sale);
  if (sale === undefined) {
    if (!state.incomplete) state.report("E_REF", fact.seq);
    return;
  }
  if (sale.latest.training !== fact.training) state.report("E_TRAINING", fact.seq);
  if (sale.latest.cur !== fact.core.cur) state.report("E_REF", fact.seq);
};

const checkStep = (state: State, fact: Claim): void => {
  const { core, seq } = fact;
  const known = state.claims.get(core.sale);
  if (core.re !== undefined) findOwn(state, fact, core.re, ["claim"]);
  if (known === undefined) {
    if (core.re !== undefined && !state.incomplete) state.report("E_REF", seq);
    return;
  }
  // a settled claim may be followed by a new one
  if (core.re === undefined && ends.has(known.st)) return;
  if (core.re !== known.seq) state.report("E_REF", seq);
  else if (!mayFollow(known.st, core.st)) state.report("E_STATE", seq);
};

/** Rules of a claim record, refundlog.md §4. */
export const checkClaim: Rule<"claim"> = (state, fact) => {
  const { core, det, seq } = fact;
  checkSale(state, fact);
  checkStep(state, fact);
  if (det?.ref !== undefined) findAttempt(state, fact, det.ref);
  state.claims.set(core.sale, { seq, st: core.st });
};
