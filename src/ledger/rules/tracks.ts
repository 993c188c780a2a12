import { changeSteps } from "./balance.ts";
import { findAttempt, findOwn, type Rule } from "./state.ts";

const goodsSteps: Readonly<Record<string, readonly string[]>> = {
  none: ["awaiting", "received", "waived", "lost", "given"],
  awaiting: ["received", "waived", "lost"],
  received: ["given"],
  waived: ["given", "received"],
  lost: ["received", "waived"],
  given: ["received"],
};

/** Transitions of the goods, refundlog.md §5.4. */
export const checkGoods: Rule<"goods"> = (state, fact) => {
  const { core, seq } = fact;
  if (core.dev !== undefined) return;
  const attempt = findAttempt(state, fact, core.ref);
  if (attempt === undefined) return;
  if (goodsSteps[attempt.goods]?.includes(core.st) !== true) state.report("E_STATE", seq);
  attempt.goods = core.st;
};

const settled: ReadonlySet<string> = new Set([
  "succeeded",
  "failed",
  "closed",
  "reversed",
  "withdrawn",
]);

/** Nobody is told a result that no evidence gave. */
export const checkNotice: Rule<"notice"> = (state, fact) => {
  const { core, seq } = fact;
  if (core.dev !== undefined) return;
  if (findOwn(state, fact, core.ref, ["refund", "claim"]) === undefined) return;
  const attempt = state.attempts.get(core.ref);
  if (attempt === undefined || attempt.opaque || core.st !== "result") return;
  if (!settled.has(attempt.money)) state.report("E_STATE", seq);
};

export const checkContact: Rule<"contact"> = (state, fact) => {
  const { ref, dev } = fact.core;
  if (ref !== undefined && dev === undefined)
    findOwn(state, fact, ref, ["refund", "payment", "claim"]);
};

/** Our own record is taken back only before it leaves. */
export const checkWithdraw: Rule<"withdraw"> = (state, fact) => {
  const { core, seq } = fact;
  const attempt = findAttempt(state, fact, core.ref);
  if (attempt === undefined || attempt.opaque) return;
  const mayLeave = attempt.money === "pending_approval" || attempt.money === "ready";
  if (!mayLeave) state.report("E_STATE", seq);
  if (attempt.approval === "pending") attempt.approval = "closed";
  changeSteps(attempt, [...attempt.steps, { kind: "set", seq, to: "withdrawn" }]);
};
